import { MAX_CIRCUITS } from '../../../templates/works/facts.ts';
import { formatDate, formatMoney, formatPeriod, type Language } from '../../money/format.ts';
import { askedOn } from '../answer-day.ts';
import { movingAmount } from '../compose-documents.ts';
import type { Invitation } from '../invitation.ts';
import { type FirstInvoiceMessage, isAboutDocuments, isAboutFirstInvoice, isAboutWorks, type NewMessage } from '../message.ts';
import type { MailFacts } from '../message-content.ts';
import { windowWords } from '../window-words.ts';
import { oneLine } from '../words.ts';
import type { Candidate } from './candidate.ts';

type Source = Pick<Candidate, 'message' | 'language' | 'timeZone' | 'invitation' | 'today'>;

/**
 * The facts that no email may lack, by name, as its reader reads them. They are told anew from where they come from, not from what was
 * handed to the template: a figure that went wrong on its way there is missing here.
 */
export function requiredFacts({ message, language, timeZone, invitation, today }: Source): Record<string, string> {
  if (isAboutDocuments(message)) return documentFacts(message, language);
  if (isAboutFirstInvoice(message)) return firstInvoiceFacts(message, language, today);
  if (!isAboutWorks(message)) return { customerNumber: message.ocn };
  return invitation ? worksFacts(message, invitation, timeZone, language) : {};
}

/** Every amount that an email about a document may name. */
export function amountsOf({ gross, payable, currency }: Pick<MailFacts, 'gross' | 'payable' | 'currency'>, language: Language): string[] {
  if (currency === undefined) return [];
  return [gross, payable].flatMap((amount) => (amount === undefined ? [] : [formatMoney(amount, currency, language)]));
}

function documentFacts({ ocn, bcn, facts }: Extract<NewMessage, { attachments: unknown }>, language: Language): Record<string, string> {
  const always = { customerNumber: ocn, accountNumber: bcn, period: formatPeriod(facts.period, language) };
  if (facts.documentKind === undefined) return always;
  const { currency, number, gross, issueDate, dueDate, correction } = facts;
  const money = (amount: string | undefined) =>
    amount === undefined || currency === undefined ? undefined : formatMoney(amount, currency, language);
  const date = (day: string | undefined) => (day === undefined ? undefined : formatDate(day, language));
  return defined({
    ...always,
    number: number && oneLine(number),
    total: money(gross),
    payable: money(movingAmount(facts)),
    issueDate: date(issueDate),
    dueDate: date(dueDate),
    corrected: correction && oneLine(correction.corrected),
    creditNote: correction && oneLine(correction.creditNote),
  });
}

function firstInvoiceFacts({ ocn, bcn, facts }: FirstInvoiceMessage, language: Language, today: string): Record<string, string> {
  const { period, gross, currency } = facts;
  const { answerBy } = 'about' in facts ? askedOn(today, facts) : {};
  return defined({
    customerNumber: ocn,
    accountNumber: bcn,
    period: formatPeriod(period, language),
    total: formatMoney(gross, currency, language),
    answerBy: answerBy === undefined ? undefined : formatDate(answerBy, language),
  });
}

function worksFacts({ kind, ocn }: NewMessage, invitation: Invitation, timeZone: string, language: Language): Record<string, string> {
  const window = windowWords(new Date(invitation.start), new Date(invitation.end), timeZone, language);
  const told = kind === 'works-answer' ? [] : invitation.circuits.slice(0, MAX_CIRCUITS);
  const circuits = Object.fromEntries(told.map(({ serviceId }) => [`circuit ${serviceId}`, serviceId]));
  return { customerNumber: ocn, worksId: invitation.worksId, windowLocal: window.local, windowUtc: window.utc, ...circuits };
}

function defined(facts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
