import * as z from 'zod';
import { currency, date, fields, id, instant, line, oneOf } from '../directory/fields.ts';
import { newRow, splitRow, textOf } from '../documents/cdr/row.ts';
import { PAYMENT_STATES } from '../documents/payment-status.ts';
import { decimalsOf } from '../money/currencies.ts';
import type { Line } from './lines.ts';
import type { ReadLine } from './pieces.ts';

export const PAYMENT_COLUMNS = ['document', 'bcn', 'status', 'paid', 'currency', 'asOf'] as const;

const AMOUNT = /^\d{1,18}(\.\d{1,12})?$/;
const paid = z
  .string({ error: 'an amount is expected, such as "0.00"' })
  .regex(AMOUNT, { error: 'an amount that is not negative is expected, such as "1234.50"' });
const asOf = z.union([date, instant], { error: 'a date or an instant with offset is expected, such as "2026-11-05"' });

/** A row of `payments/<date>.csv`. */
export const paymentRow = fields({ document: line, bcn: id, status: oneOf(...PAYMENT_STATES), paid, currency, asOf }).superRefine(
  (row, context) => {
    const decimals = (row.paid.split('.')[1] ?? '').replace(/0+$/, '').length;
    if (decimals <= decimalsOf(row.currency)) return;
    context.addIssue({
      code: 'custom',
      path: ['paid'],
      message: `at most ${decimalsOf(row.currency)} decimals are expected in ${row.currency}`,
    });
  },
);

export type PaymentRow = z.output<typeof paymentRow>;

/** The names of a file's columns, or what its first line should be. */
export function columnsOf(header: string): { columns: readonly string[] } | { expected: string } {
  const columns = cellsOf(header)?.map((name) => name.trim()) ?? [];
  if (PAYMENT_COLUMNS.every((name) => columns.includes(name))) return { columns };
  return { expected: `a header row is expected: ${PAYMENT_COLUMNS.join(',')}` };
}

/** Reads rows below a header as records: the header itself and blank lines are none. */
export function rowReader(columns: readonly string[]): ReadLine {
  return ({ line, text, expected, bytes }: Line) => {
    if (line === 1) return {};
    if (text === undefined) return { unread: { line, value: `${bytes} bytes`, expected: expected ?? 'a row of CSV is expected' } };
    if (text.trim() === '') return {};
    const cells = cellsOf(text);
    if (cells?.length !== columns.length) {
      const found = cells ? `${cells.length} cells` : JSON.stringify(text.slice(0, 100));
      return { unread: { line, value: found, expected: `a row of ${columns.length} cells is expected, as the header has` } };
    }
    return { given: { line, given: Object.fromEntries(columns.map((name, index) => [name, cells[index]])) } };
  };
}

/** The cells of one line; undefined when a quote is not closed. */
function cellsOf(text: string): string[] | undefined {
  const row = newRow();
  if (splitRow(Buffer.from(text), 0, row) < 0) return undefined;
  return Array.from({ length: Math.min(row.count, row.starts.length) }, (_, index) => textOf(row, index));
}
