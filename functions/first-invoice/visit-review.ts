import { addDays, localDate } from '../calendars/dates.ts';
import { getBillingAccount, getContact, getCustomer, getLegalEntity } from '../directory/read.ts';
import { PermanentError } from '../events/failure.ts';
import { type ReviewGrant, reviewGrant } from '../messages/links.ts';
import { languageOf } from '../money/format.ts';
import { maySeeInvoices } from '../preferences/invoice-access.ts';
import { preferenceOf } from '../preferences/preferences.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';
import { draftInvoices } from './draft-invoices.ts';
import { type AskedDocument, askedDocuments } from './draft-lines.ts';
import type { Review } from './review.ts';
import type { Reviewer } from './review-notices.ts';
import { getReview } from './review-store.ts';

/** A link to a draft opens it for so long; after that it offers a new one. */
const OPENS_DAYS = 90;

/** Somebody with a genuine link, and what it opens now. */
export type Visit = { readonly reviewer: Reviewer; readonly review: Review } & (
  | { readonly opens: 'draft'; readonly documents: readonly AskedDocument[] }
  /** The draft was replaced, the link is too old, data are being corrected, or it is an invoice by now. */
  | { readonly opens: 'newer' | 'too-old' | 'corrected' | 'issued' }
);

/**
 * What a link to a draft opens now.
 * @returns undefined when it opens nothing: not ours, somebody else's, of a contact who may not see the account's invoices any more
 */
export async function visitReview(token: string, keys: TokenKeys, now: Date): Promise<Visit | undefined> {
  const grant = reviewGrant(token, keys);
  const [reviewer, review] = grant ? await Promise.all([reviewerOf(grant, now), getReview(grant.bcn, grant.period)]) : [];
  // An account may have become another customer's.
  if (!grant || !reviewer || !review || review.ocn !== grant.ocn || reviewer.account.ocn !== grant.ocn) return undefined;
  const opens = whatOpens(grant, review, now);
  if (opens !== 'draft') return { reviewer, review, opens };
  const documents = await documentsOf(review, reviewer);
  return documents ? { reviewer, review, opens, documents } : { reviewer, review, opens: 'corrected' };
}

function whatOpens({ version, on }: ReviewGrant, { state, version: newest }: Review, now: Date): Visit['opens'] {
  if (state === 'issued') return 'issued';
  if (state === 'blocked' || state === 'rejected') return 'corrected';
  if (version !== newest) return 'newer';
  return localDate(now, 'UTC') > addDays(on, OPENS_DAYS) ? 'too-old' : 'draft';
}

async function reviewerOf({ ocn, bcn, contactId }: ReviewGrant, now: Date): Promise<Reviewer | undefined> {
  const [contact, customer, account] = await Promise.all([getContact(ocn, contactId), getCustomer(ocn), getBillingAccount(bcn)]);
  if (!contact || !customer || !account || !(await maySeeInvoices(contact, bcn, now))) return undefined;
  const [legalEntity, preference] = await Promise.all([getLegalEntity(customer.legalEntityId), preferenceOf(ocn, contactId, bcn)]);
  if (!legalEntity) return undefined;
  const language = languageOf(preference.language ?? contact.language);
  return { contact, customer, account, legalEntity, language, timeZone: preference.timeZone ?? contact.timeZone };
}

/** Undefined when a bill is not there as it was drafted: a newer one has arrived, and the next draft is on its way. */
async function documentsOf(review: Review, reviewer: Reviewer): Promise<AskedDocument[] | undefined> {
  try {
    return askedDocuments(await draftInvoices(review, reviewer));
  } catch (error) {
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}
