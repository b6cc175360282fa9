import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../../functions/calendars/dates.ts';
import { monthsOf, ownedBy, type Stretch, shared, uncovered } from '../../../functions/invoice-checks/owned-time.ts';
import { contracted } from '../../../functions/invoice-checks/price.ts';
import { VAT_IDS } from '../../../functions/invoice-checks/vat-ids.ts';
import { service } from '../documents/samples.ts';

const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2026-09-01', n));
const stretch = fc.tuple(day, fc.integer({ min: 1, max: 60 })).map(([start, days]): Stretch => ({ start, end: addDays(start, days) }));

test('every day of a stretch is either covered or in a gap', () => {
  fc.assert(
    fc.property(stretch, fc.array(stretch, { maxLength: 5 }), (wanted, others) => {
      const gaps = uncovered(wanted, others);
      for (let n = 0; n < daysBetween(wanted.start, wanted.end); n += 1) {
        const date = addDays(wanted.start, n);
        const within = ({ start, end }: Stretch) => start <= date && date < end;
        expect(gaps.filter(within).length).toBe(others.some(within) ? 0 : 1);
      }
    }),
  );
});

test('what two stretches share is in both, whichever comes first', () => {
  fc.assert(
    fc.property(stretch, stretch, (a, b) => {
      const both = shared(a, b);
      expect(both).toEqual(shared(b, a));
      if (both) expect(uncovered(both, [a])).toEqual([]);
    }),
  );
});

describe('ownership', () => {
  test.each([
    ['an open end', [{ bcn: 'B1', from: '2026-01-01' }], [['2026-01-01', '9999-12-31']]],
    ['its last day', [{ bcn: 'B1', from: '2026-01-01', to: '2026-10-15' }], [['2026-01-01', '2026-10-16']]],
    [
      'a day of the move that both have: the newer one has it',
      [
        { bcn: 'B1', from: '2026-01-01', to: '2026-10-16' },
        { bcn: 'B2', from: '2026-10-16' },
      ],
      [['2026-01-01', '2026-10-16']],
    ],
    [
      'a move without an end',
      [
        { bcn: 'B1', from: '2026-01-01' },
        { bcn: 'B2', from: '2026-10-16' },
      ],
      [['2026-01-01', '2026-10-16']],
    ],
    ['another account', [{ bcn: 'B2', from: '2026-01-01' }], []],
  ] as const)('%s', (_, ownership, expected) => {
    expect(ownedBy(service({ ownership }), 'B1').map(({ start, end }) => [start, end])).toEqual(expected);
  });
});

describe('prices', () => {
  const priced = (over: object, ...more: object[]) =>
    service({ prices: [{ from: '2026-01-01', amount: '310.00', interval: 'month', inAdvance: true, ...over }, ...more] });
  const october = { start: '2026-10-01', end: '2026-11-01' };

  test.each([
    ['a month', priced({}), october, 31000n],
    ['27 of 31 days', priced({}), { start: '2026-10-05', end: '2026-11-01' }, 27000n],
    ['half of February', priced({}), { start: '2026-02-15', end: '2026-03-01' }, 15500n],
    ['parts of two months', priced({}), { start: '2026-10-31', end: '2026-11-16' }, 16500n],
    ['a third of a month, to the cent', priced({ amount: '100.00' }), { start: '2026-11-01', end: '2026-11-11' }, 3333n],
    ['half a cent', priced({ amount: '0.01' }), { start: '2026-11-01', end: '2026-11-16' }, 1n],
    ['a quarter', priced({ interval: 'quarter' }), { start: '2026-10-01', end: '2027-01-01' }, 31000n],
    ['a month of a yearly price', priced({ interval: 'year', amount: '1200.00' }), october, 10000n],
    ['the price of the day', priced({}, { from: '2026-10-01', amount: '400.00', interval: 'month', inAdvance: true }), october, 40000n],
    ['no price yet', priced({ from: '2026-11-01' }), october, undefined],
    ['an interval that nobody knows', priced({ interval: 'fortnight' }), october, undefined],
  ] as const)('%s', (_, of, time, expected) => {
    expect(contracted(of, time, 'EUR')?.minor).toBe(expected);
  });

  test('whole months count one each, whatever their days', () => {
    expect(monthsOf({ start: '2026-01-01', end: '2027-01-01' }).toNumber()).toBe(12);
  });
});

test.each([
  ['DE', 'DE123456789', 'DE12345678'],
  ['GB', 'GB123456789', 'DE123456789'],
  ['FR', 'FRXX123456789', 'FR1234567890123'],
  ['NL', 'NL123456789B01', 'NL123456789001'],
  ['BE', 'BE0123456789', 'BE2123456789'],
  ['AT', 'ATU12345678', 'AT12345678'],
  ['GR', 'EL123456789', 'GR123456789'],
  ['IE', 'IE1234567FA', 'IE12345'],
  ['ES', 'ESX1234567X', 'ES123'],
  ['JP', 'T1234567890123', '1234567890123'],
  ['CH', 'CHE123456789MWST', 'CH123456789'],
])('a VAT ID of %s: %s, and not %s', (country, right, wrong) => {
  expect([right, wrong].map((vatId) => VAT_IDS[country]?.pattern.test(vatId))).toEqual([true, false]);
});
