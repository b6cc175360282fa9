import { draw } from './drawing/draw.ts';
import type { Invoice } from './invoice.ts';
import { layoutDraft } from './layout/draft-pages.ts';
import { layoutInvoice } from './layout/invoice-pages.ts';

/**
 * The PDF of an invoice, credit note, self-billed invoice or outpayment statement.
 * The same document is the same bytes, in every process.
 */
export function renderInvoice(invoice: Invoice): Promise<Buffer> {
  return draw(layoutInvoice(invoice));
}

/**
 * The PDF of a document before it counts: the same pages, marked as a draft in the document's language on each of them,
 * without number, dates of issue and payment, payment reference and bank details.
 * @param invoice built with any placeholder for its number
 */
export function draftPdf(invoice: Invoice): Promise<Buffer> {
  return draw(layoutDraft(invoice));
}
