import { getBillingAccount, getCustomer, getLegalEntity } from '../directory/read.ts';
import { PermanentError } from '../events/failure.ts';
import { draftInvoices } from '../first-invoice/draft-invoices.ts';
import { askedDocuments } from '../first-invoice/draft-lines.ts';
import { documentSection } from '../first-invoice/draft-section.ts';
import type { Review } from '../first-invoice/review.ts';
import { type Html, html } from '../pages/html.ts';

/** Drafts of more services are shown without the ends of their circuits. */
const MOST_SERVICES = 100;

/** The draft line by line, as its customer is asked to check it, in English. */
export async function draftPart(review: Review): Promise<Html> {
  const [account, customer, legalEntity] = await Promise.all([
    getBillingAccount(review.bcn),
    getCustomer(review.ocn),
    getLegalEntity(review.legalEntityId),
  ]);
  if (!account || !customer || !legalEntity) return nothing('the directory does not know its account any more.');
  try {
    const documents = askedDocuments(await draftInvoices(review, { account, customer, legalEntity }, MOST_SERVICES));
    return html`<h2>The draft</h2>${documents.map((document) => documentSection({ language: 'en' }, document, undefined))}`;
  } catch (error) {
    if (error instanceof PermanentError) return nothing(error.message);
    throw error;
  }
}

function nothing(why: string): Html {
  return html`<h2>The draft</h2><p class="quiet">It cannot be shown: ${why}</p>`;
}
