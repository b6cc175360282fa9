import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A row of `payments/<date>.csv`, as export.md names its fields. */
interface PaymentRow {
  readonly document: string;
  readonly bcn: string;
  readonly status: string;
  readonly paid: string;
  readonly currency: string;
  readonly asOf: string;
}

/** How `carrierpost documents` tells it: `closed, 12.50 EUR paid, as of 2026-11-05`. */
export function paymentText({ status, paid, currency, asOf }: PaymentRow): string {
  return [status, ...(Number(paid) > 0 ? [`${paid} ${currency} paid`] : []), `as of ${asOf}`].join(', ');
}

/** What counts of all payments files of an export, by document: the row with the latest day. Rows of one document rise by day. */
export function paymentsIn(folder: string): Map<string, PaymentRow> {
  const latest = new Map<string, PaymentRow>();
  for (const name of readdirSync(join(folder, 'payments')).sort()) {
    const rows = parse(readFileSync(join(folder, 'payments', name), 'utf8'), { columns: true }) as PaymentRow[];
    for (const row of rows) {
      const known = latest.get(row.document);
      if (!known || known.asOf <= row.asOf) latest.set(row.document, row);
    }
  }
  return latest;
}
