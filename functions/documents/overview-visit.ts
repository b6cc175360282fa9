import { addDays, localDate } from '../calendars/dates.ts';
import { accountsOfCustomer, getContact, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Contact, Customer, LegalEntity } from '../directory/records.ts';
import { overviewGrant } from '../messages/links.ts';
import { languageOf } from '../money/format.ts';
import { maySeeInvoices } from '../preferences/invoice-access.ts';
import { isActive } from '../preferences/invoice-readers.ts';
import type { Preference } from '../preferences/preference.ts';
import { preferencesOf } from '../preferences/preferences.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';
import { customerDocument, customerDocuments, nameInUrl, readCursor } from './customer-documents.ts';
import { overviewPage } from './overview-page.ts';
import { signedDocument } from './page-visit.ts';
import { paymentsOf } from './payment-statuses.ts';
import { DOCUMENT_KINDS } from './portal-key.ts';
import type { VisibleDocument } from './records.ts';

/** A link opens the page for so long; every email leads to the settings, which have a new one. */
const OPENS_DAYS = 90;
const DOCUMENTS_A_PAGE = 60;

interface Visitor {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly legalEntity: LegalEntity;
  readonly preference: Preference;
  /** Whose documents the contact may see. */
  readonly accounts: readonly BillingAccount[];
}

/**
 * The page with all documents that a contact may see.
 * @param after where an earlier page ended
 * @returns undefined when the link opens nothing, for whatever reason
 */
export async function visitOverview(token: string, after: string | undefined, keys: TokenKeys, now: Date): Promise<string | undefined> {
  const visitor = await open(token, keys, now);
  const place = after === undefined ? undefined : readCursor(after);
  if (!visitor || (after !== undefined && place === undefined)) return undefined;
  const { contact, customer, legalEntity, preference, accounts } = visitor;
  const seen = new Set(accounts.map(({ bcn }) => bcn));
  const asked = { ocn: customer.ocn, legalEntity, limit: DOCUMENTS_A_PAGE, after: place, isOf: (bcn: string) => seen.has(bcn) };
  const { documents, next } = await customerDocuments(asked, now);
  const paymentOf = await paymentsOf(documents.map(({ bcn }) => bcn));
  const page = `/documents/${token}`;
  return overviewPage({
    language: languageOf(preference.language ?? contact.language),
    customer,
    legalEntity,
    accounts,
    documents: documents.toSorted(inOrder).map((document) => {
      return { ...document, href: `${page}/${nameInUrl(document)}`, payment: paymentOf(document) };
    }),
    earlier: next === undefined ? undefined : `${page}?after=${next}`,
    newest: after === undefined ? undefined : page,
  });
}

/**
 * A URL that reads exactly one document for a minute, signed at the click.
 * @returns undefined when the link opens nothing, for whatever reason
 */
export async function visitOverviewDocument(token: string, name: string, keys: TokenKeys, now: Date): Promise<string | undefined> {
  const visitor = await open(token, keys, now);
  if (!visitor) return undefined;
  const document = await customerDocument({ ocn: visitor.customer.ocn, legalEntity: visitor.legalEntity }, name, now);
  if (!document || !visitor.accounts.some(({ bcn }) => bcn === document.bcn)) return undefined;
  return signedDocument(document);
}

/** A link is as good as its contact, its number (a new one revokes all before) and its day. */
async function open(token: string, keys: TokenKeys, now: Date): Promise<Visitor | undefined> {
  const grant = overviewGrant(token, keys);
  if (!grant || localDate(now, 'UTC') > addDays(grant.on, OPENS_DAYS)) return undefined;
  const { ocn, contactId, number } = grant;
  const [contact, customer, preferenceFor] = await Promise.all([
    getContact(ocn, contactId),
    getCustomer(ocn),
    preferencesOf(ocn, contactId),
  ]);
  const preference = preferenceFor();
  if (!contact || !customer || preference.documentsLink !== number || !isActive(contact, localDate(now, contact.timeZone)))
    return undefined;
  const [legalEntity, all] = await Promise.all([getLegalEntity(customer.legalEntityId), accountsOfCustomer(ocn)]);
  const may = await Promise.all(all.map(({ bcn }) => maySeeInvoices(contact, bcn, now)));
  const accounts = all.filter((_, index) => may[index]);
  return legalEntity && accounts.length > 0 ? { contact, customer, legalEntity, preference, accounts } : undefined;
}

/** The newest period first, in it by account, numbered documents before call records and number lists. */
function inOrder(a: VisibleDocument, b: VisibleDocument): number {
  if (a.period !== b.period) return a.period < b.period ? 1 : -1;
  if (a.bcn !== b.bcn) return a.bcn < b.bcn ? -1 : 1;
  return DOCUMENT_KINDS.indexOf(a.kind) - DOCUMENT_KINDS.indexOf(b.kind) || (a.documentId < b.documentId ? -1 : 1);
}
