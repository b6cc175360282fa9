import { facts as queryReceivedFacts } from '../../templates/first-invoice-query-received/facts.ts';
import { facts as reviewFacts } from '../../templates/first-invoice-review/facts.ts';
import { localDate } from '../calendars/dates.ts';
import { formatDate, formatMoney, formatPeriod } from '../money/format.ts';
import { askedOn } from './answer-day.ts';
import { type Composed, parsed, type Surroundings, sellerOf } from './composed.ts';
import { type LetterInput, renderLetter } from './letter.ts';
import { reviewUrl } from './links.ts';
import type { FirstInvoiceMessage } from './message.ts';
import { waysOut } from './ways-out.ts';
import { oneLine } from './words.ts';

/** Composes an email about the draft of a first invoice; see compose.ts. */
export function composeFirstInvoice(message: FirstInvoiceMessage, surroundings: Surroundings): Composed {
  const { language, publicOrigin } = surroundings;
  const input = letterInput(message, surroundings);
  const letter = renderLetter(input, language, publicOrigin);
  const neutral = renderLetter(withPlainNames(input), language, publicOrigin);
  return { ...letter, neutral, language, attachments: [], files: [] };
}

type FirstInvoiceInput = Extract<LetterInput, { kind: FirstInvoiceMessage['kind'] }>;

function withPlainNames(input: FirstInvoiceInput): FirstInvoiceInput {
  const plain = { contactName: 'Contact', customerName: 'Customer', accountName: 'Account' };
  if (input.kind === 'first-invoice-review') return { kind: input.kind, facts: { ...input.facts, ...plain } };
  return { kind: input.kind, facts: { ...input.facts, ...plain } };
}

function letterInput(message: FirstInvoiceMessage, surroundings: Surroundings): FirstInvoiceInput {
  const shared = sharedFacts(message, surroundings);
  if (message.kind === 'first-invoice-query-received') return { kind: message.kind, facts: parsed(queryReceivedFacts, shared) };
  const { about, answerBy } = askedOn(localDate(surroundings.now, surroundings.timeZone), message.facts);
  const asked = { variant: about, answerBy: answerBy === undefined ? undefined : formatDate(answerBy, surroundings.language) };
  return { kind: message.kind, facts: parsed(reviewFacts, { ...shared, ...asked }) };
}

function sharedFacts(message: FirstInvoiceMessage, surroundings: Surroundings) {
  const { ocn, bcn, facts } = message;
  const { contact, legalEntity, language, timeZone, publicOrigin, linkKeys, now } = surroundings;
  const { period, version, gross, currency } = facts;
  const { settingsUrl } = waysOut(message, surroundings);
  const grant = { ocn, bcn, period, contactId: contact.contactId, version, on: localDate(now, timeZone) };
  return {
    contactName: oneLine(contact.name),
    customerName: oneLine(facts.customerName),
    accountName: oneLine(facts.accountName),
    ocn,
    bcn,
    period: formatPeriod(period, language),
    total: formatMoney(gross, currency, language),
    reviewUrl: reviewUrl(publicOrigin, grant, linkKeys),
    seller: sellerOf(legalEntity),
    settingsUrl,
  };
}
