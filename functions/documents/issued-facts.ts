import { toDecimal } from '../money/money.ts';
import type { Invoice } from './invoice.ts';
import type { InvoiceKind } from './portal-key.ts';

/** What register, records and emails say about a document: all of it comes from the document itself. Amounts are decimal strings. */
export interface IssuedFacts {
  readonly number: string;
  readonly type: InvoiceKind;
  readonly billId: string;
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
  readonly period: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly net: string;
  readonly vat: readonly { readonly category: string; readonly rate: string; readonly base: string; readonly amount: string }[];
  readonly gross: string;
  /** Zero for a credit note and for a total of nothing. */
  readonly payable: string;
  readonly paymentReference: string;
  readonly corrects?: readonly { readonly number: string; readonly issueDate: string }[];
}

export function issuedFacts(invoice: Invoice): IssuedFacts {
  const { kind, totals, vat, corrects } = invoice;
  const { number, billId, bcn, ocn, legalEntityId, period, issueDate, dueDate, currency, paymentReference } = invoice;
  return {
    number,
    type: kind,
    billId,
    bcn,
    ocn,
    legalEntityId,
    period,
    issueDate,
    dueDate,
    currency,
    net: toDecimal(totals.net),
    vat: vat.map(({ category, rate, base, amount }) => ({ category, rate, base: toDecimal(base), amount: toDecimal(amount) })),
    gross: toDecimal(totals.gross),
    payable: toDecimal(totals.payable),
    paymentReference,
    ...(corrects && corrects.invoices.length > 0 && { corrects: corrects.invoices }),
  };
}
