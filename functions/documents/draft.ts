import type { Invoice } from './invoice.ts';

/** The document as a draft: what only an issued one has (number, payment reference, a way to pay) is taken off. */
export function draftOf(invoice: Invoice): Invoice {
  return { ...invoice, number: '', paymentReference: '', payment: { method: 'draft' } };
}

/** True for a document that is shown before it counts: it has no number and no dates of issue and payment. */
export function isDraft({ payment }: Pick<Invoice, 'payment'>): boolean {
  return payment.method === 'draft';
}
