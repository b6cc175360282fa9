import { bucketNamed } from '../aws/environment.ts';
import { signedUrl } from '../aws/objects.ts';
import { getBillingAccount, getContact, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import { type DocumentGrant, documentGrant, documentRef } from '../messages/links.ts';
import { languageOf } from '../money/format.ts';
import { maySeeInvoices } from '../preferences/invoice-access.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';
import { documentsPage } from './page.ts';
import { paymentsOf } from './payment-statuses.ts';
import { type VisibleDocument, visibleDocuments } from './records.ts';
import { isKept } from './retention.ts';

/** A signed URL lives as long as a click needs. */
const SIGNED_SECONDS = 60;

/** Numbered documents first, then call records, then number lists. */
const ORDER = ['invoice', 'credit-note', 'self-billed-invoice', 'outpayment-statement', 'cdr', 'unl'];

/**
 * The page behind a link: what the link's account and period show now, in its contact's language.
 * @returns undefined when the link opens nothing, for whatever reason
 */
export async function visitPage(token: string, keys: TokenKeys, now: Date): Promise<string | undefined> {
  const visit = await open(token, keys, now);
  if (!visit) return undefined;
  const { grant, contact } = visit;
  const [documents, account, customer, paymentOf] = await Promise.all([
    documentsOf(grant, now),
    getBillingAccount(grant.bcn),
    getCustomer(grant.ocn),
    paymentsOf([grant.bcn]),
  ]);
  const legalEntity = customer && (await getLegalEntity(customer.legalEntityId));
  if (!account || !customer || !legalEntity || documents.length === 0) return undefined;
  const linked = documents.map((document) => ({
    ...document,
    href: `/d/${token}/${documentRef(document.documentId)}`,
    payment: paymentOf(document),
  }));
  return documentsPage({ language: languageOf(contact.language), period: grant.period, customer, account, legalEntity, documents: linked });
}

/**
 * A URL that reads exactly one document for a minute, signed at the click.
 * @returns undefined when the link opens nothing, for whatever reason
 */
export async function visitDocument(token: string, ref: string, keys: TokenKeys, now: Date): Promise<string | undefined> {
  const visit = await open(token, keys, now);
  const document = visit && (await documentsOf(visit.grant, now)).find(({ documentId }) => documentRef(documentId) === ref);
  return document && signedDocument(document);
}

/** A URL that reads this document for a minute. */
export function signedDocument({ key }: Pick<VisibleDocument, 'key'>): Promise<string> {
  return signedUrl(bucketNamed('portal'), key, SIGNED_SECONDS);
}

/** A link is as good as its contact: who left, or looks after other accounts now, sees nothing any more. Who was named for the invoices does. */
async function open(token: string, keys: TokenKeys, now: Date): Promise<{ grant: DocumentGrant; contact: Contact } | undefined> {
  const grant = documentGrant(token, keys);
  const contact = grant && (await getContact(grant.ocn, grant.contactId));
  if (!grant || !contact) return undefined;
  return (await maySeeInvoices(contact, grant.bcn, now)) ? { grant, contact } : undefined;
}

/** What is visible now and kept, of this customer alone even if the account once was another's. */
async function documentsOf({ ocn, bcn, period }: DocumentGrant, now: Date): Promise<VisibleDocument[]> {
  const [documents, customer] = await Promise.all([visibleDocuments({ bcn }, period, now), getCustomer(ocn)]);
  const seller = customer && (await getLegalEntity(customer.legalEntityId));
  return documents
    .filter((document) => document.ocn === ocn && isKept(document, seller, now))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}
