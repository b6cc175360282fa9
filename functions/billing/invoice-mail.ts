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

/** One email for each numbered document and mailbox; call records and number lists are links in it. */
export function invoiceMails(mailing: Mailing): NewMessage[] {
  const readers = mailboxes(mailing.readers);
  return mailing.bills.flatMap((bill) => readers.map((contact) => mailOf(mailing, bill, contact)));
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

function mailOf(mailing: Mailing, bill: AccountBill, contact: Contact): NewMessage {
  const document = mailing.documents.find(({ documentId }) => documentId === bill.documentId);
  if (!document || !bill.mail) throw new Error(`Bill ${bill.billId} of ${mailing.account.bcn} was published without its document`);
  const attached = mailing.account.delivery.attach && !mailing.linksOnly.has(contact.contactId) && document.bytes <= LARGEST_ATTACHMENT;
  const links = [document, ...linked(mailing.documents)].map(({ documentId, kind }) => ({ documentId, kind }));
  return {
    ...addressed(mailing, contact),
    kind: attached ? 'invoice' : 'documents-ready',
    subject: `${document.documentId}#${document.version}`,
    facts: bill.mail,
    attachments: attached ? [attachmentOf(document)] : [],
    links,
  };
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
