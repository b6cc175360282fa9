import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountsOf, billsOf, readCarrier } from './carrier.ts';
import { amountText, exact, minorOf, rounded, taxOn } from './decimal.ts';
import { type Expected, judge } from './invoices.ts';
import { dueDateOf, PUBLICATIONS } from './month.ts';
import { numbersHeld, recipientsOf } from './recipients.ts';
import { type IssuedLine, registerFaults, seriesFaults } from './register.ts';
import { saysAmount, saysDate } from './said.ts';
import { cellsOf, usageOf } from './usage.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const PERIOD = '2026-10';
const carrier = readCarrier(SAMPLES);

const judged = Object.entries(PUBLICATIONS[PERIOD] ?? {}).map(([calendar, { issueDate }]) => ({
  calendar,
  issueDate,
  ...judge(carrier, PERIOD, calendar, issueDate),
}));
const issued = judged.flatMap((one) => one.issued);

describe('The judge', () => {
  it.each([
    ['19 % of 1234.50', taxOn(123450n, '19', 'EUR', 'half-up'), 23456n],
    ['20 % of 0.02, half up', taxOn(2n, '20', 'GBP', 'half-up'), 0n],
    ['20 % of 0.025 does not exist; of 0.03 it is', taxOn(3n, '20', 'GBP', 'half-up'), 1n],
    ['19 % of -1234.50 mirrors its charge', taxOn(-123450n, '19', 'EUR', 'half-up'), -23456n],
    ['10 % of 235039 yen, down', taxOn(235039n, '10', 'JPY', 'down'), 23503n],
    ['a sum of five-decimal charges', rounded(exact('284.49500'), 'EUR'), 28450n],
    ['one unit below half', rounded(exact('284.49499'), 'EUR'), 28449n],
  ])('rounds %s', (_, found, right) => {
    expect(found).toBe(right);
  });

  it.each([
    ['1234.50', '1,234.50 GBP', true],
    ['1234.50', '1.234,50 €', true],
    ['1234.50', '1 234,50 €', true],
    ['1234.50', '11,234.50', false],
    ['1234.50', '1,234.505', false],
    ['1234.50', '1,234.5', false],
    ['1798475', 'JPY 1,798,475', true],
    ['1798475', '1,798,475.00', false],
    ['-33.33', 'GBP 33.33', false],
  ])('finds %s in "%s": %s', (amount, text, found) => {
    expect(saysAmount(text, amount)).toBe(found);
  });

  it.each([
    ['2026-12-04', 'due 4 Dec 2026', true],
    ['2026-12-04', 'fällig am 4. Dezember 2026', true],
    ['2026-12-04', 'à payer le 4 décembre 2026', true],
    ['2026-12-04', '04.12.2026', true],
    ['2026-12-04', '14 December 2026', false],
  ])('finds %s in "%s": %s', (date, text, found) => {
    expect(saysDate(text, date)).toBe(found);
  });

  it.each([
    ['2026-11-04', { days: 30 }, '2026-12-04'],
    ['2026-11-04', { days: 30, endOfMonth: true }, '2026-12-31'],
    ['2026-11-04', { days: 45, endOfMonth: true }, '2026-12-31'],
    ['2026-11-04', { days: 14, dayOfMonth: 25 }, '2026-11-25'],
    ['2026-11-04', { days: 30, dayOfMonth: 15 }, '2026-12-15'],
    ['2026-11-20', { days: 14, dayOfMonth: 2 }, '2027-01-02'],
  ])('issued %s with %j is due %s', (issueDate, terms, due) => {
    expect(dueDateOf(issueDate, terms)).toBe(due);
  });

  it('reads quoted cells', () => {
    expect(cellsOf('a,"b, ""c""",,d')).toEqual(['a', 'b, "c"', '', 'd']);
  });

  it('agrees with the control totals of the export, parked bills put aside and first invoices counted', () => {
    for (const { calendar, parked, issued: ofMonth, first } of judged) {
      const documents = [...ofMonth, ...first];
      const { controlTotals } = JSON.parse(readFileSync(join(SAMPLES, 'billing', PERIOD, `complete-${calendar}.json`), 'utf8'));
      for (const { currency, net } of controlTotals) {
        const sum = documents.filter((one) => one.currency === currency).reduce((total, one) => total + signed(one), 0n);
        const aside = parkedNet([...parked.keys()], currency);
        expect(amountText(sum + aside, currency), `${calendar} ${currency}`).toBe(net);
      }
    }
  });

  it('parks the one bill whose VAT is a cent off, holds three first invoices, and issues every other', () => {
    expect(judged.flatMap(({ parked }) => [...parked])).toEqual([['B20016401', ['vat']]]);
    expect(judged.flatMap(({ first }) => first.map(({ bcn }) => bcn)).sort()).toEqual(['B10025202', 'B30013402', 'B40012102']);
    expect(issued).toHaveLength(48);
    expect(issued.filter(({ type }) => type === 'credit-note').map(({ bcn, gross }) => `${bcn} ${gross}`)).toEqual([
      'B10028303 375.00',
      'B10031701 336.48',
    ]);
    expect(issued.find(({ bcn }) => bcn === 'B10030401')?.gross).toBe('0.00');
  });

  it('writes to each mailbox once, and to nobody where nobody is left', () => {
    expect(recipientsOf(carrier, '100283', 'B10028301', '2026-11-04')).toEqual(['ap@pemberton.example']);
    expect(recipientsOf(carrier, '100322', 'B10032201', '2026-11-04')).toEqual([]);
    expect(recipientsOf(carrier, '200118', 'B20011801', '2026-11-04')).toContain('rechnung@xn--mller-zdemir-9ib2f.example');
  });

  it('counts numbers and calls', () => {
    expect(numbersHeld(carrier, 'B10024601', PERIOD)).toBe(5000);
    expect(usageOf(carrier, PERIOD, 'B10022701').rows).toBe(40_000);
  });

  it('sees a register that is a cent off, doubled, or lacks a document', () => {
    const lines = issued.map(lineOf);
    expect(registerFaults(issued, lines)).toEqual([]);
    expect(seriesFaults(carrier.legalEntities, lines)).toEqual([]);
    const [first, ...rest] = lines as [IssuedLine, ...IssuedLine[]];
    expect(registerFaults(issued, [{ ...first, gross: '0.01' }, ...rest])).toHaveLength(1);
    expect(registerFaults(issued, rest)).toHaveLength(1);
    expect(registerFaults(issued, [first, ...lines])).toHaveLength(1);
    expect(seriesFaults(carrier.legalEntities, rest)).toHaveLength(1);
  });
});

function signed({ type, net, currency, billId }: Expected): bigint {
  const mirrored = type === 'credit-note' && !billId.endsWith('-CN');
  return minorOf(net, currency) * (mirrored ? -1n : 1n);
}

function parkedNet(bcns: readonly string[], currency: string): bigint {
  const bills = billsOf(carrier, PERIOD);
  const own = bcns.flatMap((bcn) => bills.get(bcn) ?? []).map(({ customerBill }) => customerBill.taxExcludedAmount);
  return own.filter(({ unit }) => unit === currency).reduce((sum, { value }) => sum + minorOf(value, currency), 0n);
}

/** A register as it would be written: numbers in the order of the documents. */
function lineOf(document: Expected, place: number): IssuedLine {
  const start = carrier.legalEntities
    .find(({ legalEntityId }) => legalEntityId === document.legalEntityId)
    ?.series?.find(({ type, year }) => type === document.type && year === 2026);
  const before = issued
    .slice(0, place)
    .filter(({ type, legalEntityId }) => type === document.type && legalEntityId === document.legalEntityId);
  const number = `${start?.prefix}${String((start?.next ?? 1) + before.length).padStart(start?.width ?? 6, '0')}`;
  return { ...document, number, paymentReference: number, sha256: '', publishedAt: '' };
}

it('covers every account that has a bill', () => {
  const billed = Object.keys(PUBLICATIONS[PERIOD] ?? {}).flatMap((calendar) => accountsOf(carrier, calendar).map(({ bcn }) => bcn));
  expect(new Set(billed)).toEqual(new Set(carrier.accounts.map(({ bcn }) => bcn)));
});
