import { facts as documentsReadyFacts } from '../../templates/documents-ready/facts.ts';
import type { VARIANTS } from '../../templates/facts.ts';
import { facts as invoiceFacts } from '../../templates/invoice/facts.ts';
import { formatDate, formatMoney, formatPeriod, type Language } from '../money/format.ts';
import { type Composed, parsed, type Surroundings, sellerOf } from './composed.ts';
import { type LetterInput, renderLetter } from './letter.ts';
import { documentPageUrl, documentUrl } from './links.ts';
import type { DocumentsMessage } from './message.ts';
import type { Attachment, MailFacts } from './message-content.ts';
import { type WaysOut, waysOut } from './ways-out.ts';
import { oneLine } from './words.ts';

/** Attachments go along up to this sum; beyond it the email has links only. */
export const MAX_ATTACHED_BYTES = 7 * 1024 * 1024;

/** Composes an email about billing documents; see compose.ts. */
export function composeDocuments(message: DocumentsMessage, surroundings: Surroundings): Composed {
  const { language, publicOrigin } = surroundings;
  const attachments = attachmentsOf(message, surroundings.linksOnly);
  const { oneClick, ...foot } = waysOut(message, surroundings);
  const input = letterInput(message, attachments, surroundings, foot);
  const letter = renderLetter(input, language, publicOrigin);
  const neutral = renderLetter(withPlainNames(input), language, publicOrigin);
  return { ...letter, neutral, language, attachments, files: [], oneClick };
}

type DocumentsInput = Extract<LetterInput, { kind: DocumentsMessage['kind'] }>;

function withPlainNames(input: DocumentsInput): DocumentsInput {
  const plain = { contactName: 'Contact', customerName: 'Customer', accountName: 'Account' };
  if (input.kind === 'invoice') return { kind: input.kind, facts: { ...input.facts, ...plain } };
  return { kind: input.kind, facts: { ...input.facts, ...plain } };
}

function attachmentsOf({ kind, attachments }: DocumentsMessage, linksOnly: boolean): readonly Attachment[] {
  const bytes = attachments.reduce((sum, attachment) => sum + attachment.bytes, 0);
  return kind === 'invoice' && !linksOnly && bytes <= MAX_ATTACHED_BYTES ? attachments : [];
}

function letterInput(
  message: DocumentsMessage,
  attachments: readonly Attachment[],
  surroundings: Surroundings,
  foot: Pick<WaysOut, 'settingsUrl' | 'unsubscribeUrl'>,
): DocumentsInput {
  const shared = { ...sharedFacts(message, surroundings), ...foot };
  if (message.kind === 'documents-ready') {
    const numbered =
      message.facts.documentKind === undefined ? { variant: 'no-invoice' } : numberedFacts(message.facts, surroundings.language);
    return { kind: message.kind, facts: parsed(documentsReadyFacts, { ...shared, ...numbered }) };
  }
  const enclosed =
    attachments.length > 0 ? { attached: true, attachment: attachments.map(({ filename }) => filename).join(', ') } : { attached: false };
  return {
    kind: message.kind,
    facts: parsed(invoiceFacts, { ...shared, ...numberedFacts(message.facts, surroundings.language), ...enclosed }),
  };
}

function sharedFacts(
  { ocn, bcn, facts, links }: DocumentsMessage,
  { contact, legalEntity, language, publicOrigin, linkKeys }: Surroundings,
) {
  const pageUrl = documentPageUrl(publicOrigin, { ocn, bcn, period: facts.period, contactId: contact.contactId }, linkKeys);
  return {
    contactName: oneLine(contact.name),
    customerName: oneLine(facts.customerName),
    accountName: oneLine(facts.accountName),
    ocn,
    bcn,
    period: formatPeriod(facts.period, language),
    seller: sellerOf(legalEntity),
    pageUrl,
    documents: links.map(({ documentId, kind }) => ({ kind, format: formatOf(documentId), url: documentUrl(pageUrl, documentId) })),
  };
}

function numberedFacts(facts: MailFacts, language: Language) {
  const money = (amount: string | undefined) =>
    amount === undefined || facts.currency === undefined ? undefined : formatMoney(amount, facts.currency, language);
  const date = (day: string | undefined) => (day === undefined ? undefined : formatDate(day, language));
  return {
    variant: variantOf(facts),
    number: facts.number && oneLine(facts.number),
    total: money(facts.gross),
    payable: money(movingAmount(facts)),
    issueDate: date(facts.issueDate),
    dueDate: date(facts.dueDate),
    collectionDate: date(facts.collection?.on),
    mandate: facts.collection && oneLine(facts.collection.mandate),
    corrected: facts.correction && oneLine(facts.correction.corrected),
    creditNote: facts.correction && oneLine(facts.correction.creditNote),
  };
}

/** What the email is about to a reader: of a credit note what comes back, although nothing is payable on it. */
export function movingAmount({ documentKind, payable, gross }: MailFacts): string | undefined {
  return documentKind === 'credit-note' ? gross : (payable ?? gross);
}

/** Which words an email uses. A credit note pays nothing whatever the method; a zero total is never collected. */
export function variantOf({ documentKind, nothingToPay, collection }: MailFacts): (typeof VARIANTS)[number] {
  if (documentKind !== undefined && documentKind !== 'invoice') return documentKind;
  if (nothingToPay) return 'nothing-to-pay';
  return collection ? 'direct-debit' : 'transfer';
}

/** `PDF`, `CSV`: what the reader's computer will open it with. */
function formatOf(documentId: string): string {
  if (documentId.endsWith('.csv.gz')) return 'CSV (gzip)';
  return documentId.slice(documentId.lastIndexOf('.') + 1).toUpperCase();
}
