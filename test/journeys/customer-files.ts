import { gunzipSync } from 'node:zlib';
import type { Carrier } from '../oracle/carrier.ts';
import { exact, plus, textOf } from '../oracle/decimal.ts';
import { numbersHeld } from '../oracle/recipients.ts';
import { cellsOf, usageOf } from '../oracle/usage.ts';

const NUMBER = /^\+?\d{3,15}$/;
const AMOUNT = /^-?\d+(\.\d+)?$/;
const MASKED = /^\+?\d+[*xX]{3}$/;

/** How a customer's call records differ from the carrier's: rows, seconds, charge, and cells that a spreadsheet would spoil. */
export function judgeCalls(carrier: Carrier, period: string, bcn: string, packed: Buffer): string[] {
  const rows = records(gunzipSync(packed).toString('utf8'));
  const expected = usageOf(carrier, period, bcn);
  const masked = carrier.accounts.find((account) => account.bcn === bcn)?.itemisation === 'masked';
  const charge = textOf(rows.reduce((sum, row) => plus(sum, exact(row.charge ?? '0')), exact('0')));
  const seconds = rows.reduce((sum, row) => sum + Number(row.durationSeconds), 0);
  const spoilt = rows.filter(({ aNumber = '', bNumber = '', charge: amount = '' }) => {
    const numbersGood = [aNumber, bNumber].every((cell) => cell === '' || NUMBER.test(cell) || (masked && MASKED.test(cell)));
    return !numbersGood || !AMOUNT.test(amount);
  });
  return [
    ...(rows.length === expected.rows ? [] : [`${rows.length} rows, ${expected.rows} are right`]),
    ...(seconds === expected.seconds ? [] : [`${seconds} seconds, ${expected.seconds} are right`]),
    ...(plain(charge) === plain(expected.charge) ? [] : [`charges of ${charge}, ${expected.charge} is right`]),
    ...spoilt.slice(0, 3).map((row) => `a cell is no number: ${JSON.stringify(row)}`),
  ];
}

/** How a customer's number list differs from the carrier's: how many numbers it stands for, and cells that are no numbers. */
export function judgeNumbers(carrier: Carrier, period: string, bcn: string, csv: Buffer): string[] {
  const rows = records(csv.toString('utf8'));
  const held = rows.reduce((sum, { from = '', to = '' }) => sum + (to ? Number(to.slice(1)) - Number(from.slice(1)) + 1 : 1), 0);
  const expected = numbersHeld(carrier, bcn, period);
  const spoilt = rows.flatMap(({ from = '', to = '' }) => [from, to]).filter((cell) => cell !== '' && !NUMBER.test(cell));
  return [...(held === expected ? [] : [`${held} numbers, ${expected} are right`]), ...spoilt.map((cell) => `${cell} is no number`)];
}

function records(csv: string): Record<string, string>[] {
  const [header = '', ...rows] = csv
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const names = cellsOf(header);
  return rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, place) => [names[place] ?? '', cell])));
}

function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
