import type { IssuedFacts } from '../documents/issued-facts.ts';
import { documentIdOf, type InvoiceKind } from '../documents/portal-key.ts';
import type { NumberRecord } from './numbers.ts';

/** One line of `issued/<period>/<calendar>-<n>.jsonl`, fields and order as the carrier's ledger reads them. */
export function issuedLine(facts: IssuedFacts, sha256: string, publishedAt: string): string {
  const { number, type, billId, bcn, ocn, legalEntityId, period, issueDate, dueDate, currency, net, vat, gross, paymentReference } = facts;
  const head = { number, type, billId, bcn, ocn, legalEntityId, period, issueDate, dueDate, currency, net, vat, gross, paymentReference };
  return `${JSON.stringify({ ...head, corrects: facts.corrects ?? null, voided: null, sha256, publishedAt })}\n`;
}

export const SERIES_HEADER = 'number,type,status,document,bcn,ocn,period,billId,boundAt,voidedAt,reason\n';

/**
 * One line of a series file: every number with its document, or with its reason in the void register.
 * @param published whether the run that bound it has been published; until then the number is reserved
 */
export function seriesLine(record: NumberRecord, published: boolean): string {
  const { number, kind, bcn, ocn, period, billId, boundAt, voided } = record;
  const status = voided ? 'void' : published ? 'issued' : 'reserved';
  const document = voided ? '' : documentOf(kind, record);
  const cells = [number, kind, status, document, bcn, ocn, period, billId, boundAt, voided?.at ?? '', voided?.reason ?? ''];
  return `${cells.map(cell).join(',')}\n`;
}

function documentOf(kind: InvoiceKind, { ocn, bcn, period, number }: NumberRecord): string {
  return documentIdOf({ ocn, bcn, period, kind, number, format: 'pdf' });
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
