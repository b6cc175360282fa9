import { draw } from './drawing/draw.ts';
import type { Invoice } from './invoice.ts';
import { layoutInvoice } from './layout/invoice-pages.ts';

/**
 * The PDF of an invoice, credit note, self-billed invoice or outpayment statement.
 * The same document is the same bytes, in every process.
 */
export function renderInvoice(invoice: Invoice): Promise<Buffer> {
  return draw(layoutInvoice(invoice));
}
