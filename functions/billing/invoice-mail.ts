import { addressKey, billingContactsOf } from '../directory/contact-scope.ts';
import type { BillingAccount, Contact } from '../directory/records.ts';
import { contentTypeOf } from '../documents/portal-key.ts';
import type { MailFacts, NewMessage } from '../messages/outbox.ts';
import type { AccountBill, AccountDocument } from './account.ts';

/** SES takes 10 MB, and base64 makes a third more of every byte. */
const LARGEST_ATTACHMENT = 7 * 1024 * 1024;

/** What an account's emails of one publication are made of. */
export interface Mailing {
  readonly account: Pick<BillingAccount, 'bcn' | 'ocn' | 'delivery'>;
  /** Of the account's customer. */
  readonly contacts: readonly Contact[];
  /** Local date of the publication: who is a contact then is written to. */
  readonly onDate: string;
  readonly bills: readonly AccountBill[];
  readonly documents: readonly AccountDocument[];
  /** Who gets the invoices: billing contacts, or whom they named. */
  readonly readers: readonly Contact[];
  /** Those of the readers who want links only. */
  readonly linksOnly: ReadonlySet<string>;
  /** Why this email exists: `issue` once for each document, or the rerun that sends it again. */
  readonly occasion: string;
  readonly publicationId: string;
  /** How long the legal entity keeps the log of its invoices; undefined where it does not say. */
  readonly keptMonths?: number | undefined;
  readonly cause: string;
}

/**
 * One email for each numbered document and mailbox; call records and number lists are links in it. A credit note goes along with the
 * document that replaces what it takes back.
 */
export function invoiceMails(mailing: Mailing): NewMessage[] {
  const readers = mailboxes(mailing.readers);
  const notes = mailing.bills.filter(({ correction }) => correction?.part === 'credit-note');
  const letters = mailing.bills.filter((bill) => !notes.includes(bill));
  return letters.flatMap((bill) => {
    const note = notes.find(
      ({ correction }) => correction?.billId === bill.correction?.billId && correction?.round === bill.correction?.round,
    );
    return readers.map((contact) => mailOf(mailing, bill, note, contact));
  });
}

/** One email that tells what else is new, for an account whose numbered documents did not change. */
export function documentsMails(mailing: Mailing, facts: MailFacts): NewMessage[] {
  const contacts = mailboxes(billingContactsOf(mailing.contacts, mailing.account.bcn, mailing.onDate));
  const fresh = linked(mailing.documents.filter((document) => document.fresh));
  const [first] = fresh;
  if (!first) return [];
  return contacts.map((contact) => ({
    ...addressed(mailing, contact),
    kind: 'documents-ready',
    subject: `${mailing.account.bcn}/${facts.period}`,
    facts,
    attachments: [],
    links: fresh.map(({ documentId, kind }) => ({ documentId, kind })),
  }));
}

/** A mailbox that is listed twice gets one email: the contact that stands first. */
export function mailboxes(contacts: readonly Contact[]): Contact[] {
  return [...new Map(contacts.toReversed().map((contact) => [addressKey(contact.email), contact])).values()].toReversed();
}

function mailOf(mailing: Mailing, bill: AccountBill, note: AccountBill | undefined, contact: Contact): NewMessage {
  const document = documentOf(mailing, bill);
  const papers = note ? [document, documentOf(mailing, note)] : [document];
  const bytes = papers.reduce((sum, paper) => sum + paper.bytes, 0);
  const attached = mailing.account.delivery.attach && !mailing.linksOnly.has(contact.contactId) && bytes <= LARGEST_ATTACHMENT;
  const links = [...papers, ...linked(mailing.documents)].map(({ documentId, kind }) => ({ documentId, kind }));
  const correction = note?.number && bill.correction && { corrected: bill.correction.corrects.number, creditNote: note.number };
  return {
    ...addressed(mailing, contact),
    kind: attached ? 'invoice' : 'documents-ready',
    subject: `${document.documentId}#${document.version}`,
    facts: { ...mailFactsOf(mailing, bill), ...(correction && { correction }) },
    attachments: attached ? papers.map(attachmentOf) : [],
    links,
  };
}

function documentOf({ account, documents }: Mailing, { billId, documentId }: AccountBill): AccountDocument {
  const document = documents.find((each) => each.documentId === documentId);
  if (!document) throw new Error(`Bill ${billId} of ${account.bcn} was published without its document`);
  return document;
}

function mailFactsOf({ account }: Mailing, { billId, mail }: AccountBill): MailFacts {
  if (!mail) throw new Error(`Bill ${billId} of ${account.bcn} was published without what its email says`);
  return mail;
}

function addressed({ account, occasion, publicationId, cause, keptMonths }: Mailing, { contactId, email }: Contact) {
  const again = occasion === 'issue' ? undefined : true;
  return { occasion, group: publicationId, ocn: account.ocn, bcn: account.bcn, contactId, address: email, cause, again, keptMonths };
}

function attachmentOf({ key, sha256, bytes, format, kind, number }: AccountDocument) {
  return { key, sha256, bytes, filename: `${kind}-${number ?? ''}.${format}`, contentType: contentTypeOf(format) };
}

/** What a contact finds by link: everything but the numbered documents and the manifest. */
function linked(documents: readonly AccountDocument[]) {
  return documents.flatMap((document) => {
    const { kind } = document;
    return kind === 'cdr' || kind === 'unl' ? [{ ...document, kind }] : [];
  });
}
