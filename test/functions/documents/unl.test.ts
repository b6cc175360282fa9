import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NumberRange } from '../../../functions/directory/records.ts';
import { buildUnl, unlCsv } from '../../../functions/documents/unl.ts';

const ACCOUNT = { ocn: 'O100', bcn: 'B4711', name: 'Müller & Söhne' };

function range(over: Partial<NumberRange>): NumberRange {
  return {
    bcn: 'B4711',
    from: '+441614960000',
    country: 'GB',
    type: 'geographic',
    status: 'active',
    assignedOn: '2024-01-01',
    ...over,
  };
}

describe('the list', () => {
  test('holds numbers and ranges in their order, with sizes and totals', () => {
    const unl = buildUnl(
      ACCOUNT,
      [
        range({
          from: '+442079460100',
          to: '+442079460199',
          serviceId: 'SIP-889',
          portedIn: '2025-05-01',
          address: '1 High Street, London',
        }),
        range({ from: '+441614960007', portedIn: true, status: 'reserved' }),
        range({ from: '+49302312500', to: '+49302312500', country: 'DE' }),
      ],
      '2026-10',
    );
    expect(unl).toMatchObject({
      ocn: 'O100',
      bcn: 'B4711',
      accountName: 'Müller & Söhne',
      period: '2026-10',
      asOf: '2026-10-31',
      problems: [],
    });
    expect(unl.rows.map(({ from, to, size, portedIn }) => [from, to, size, portedIn])).toEqual([
      ['+49302312500', undefined, 1, undefined],
      ['+441614960007', undefined, 1, 'yes'],
      ['+442079460100', '+442079460199', 100, '2025-05-01'],
    ]);
    expect(unl.totals).toEqual({ ranges: 3, numbers: 102 });
    expect(unl.byStatus).toEqual({ active: { ranges: 2, numbers: 101 }, reserved: { ranges: 1, numbers: 1 } });
  });

  test.each<[string, Partial<NumberRange>, boolean]>([
    ['assigned on the last day', { assignedOn: '2026-10-31' }, true],
    ['assigned after the period', { assignedOn: '2026-11-01' }, false],
    ['ceased in the period', { status: 'ceased', endedOn: '2026-10-01' }, true],
    ['ported out before the period', { status: 'ported-out', endedOn: '2026-09-30' }, false],
    ['ends after the period', { endedOn: '2027-01-31' }, true],
    ['ceased, nobody says when', { status: 'ceased' }, true],
    ["another account's", { bcn: 'B9' }, false],
  ])('%s: %j is listed: %j', (_, over, listed) => {
    expect(buildUnl(ACCOUNT, [range(over)], '2026-10').rows).toHaveLength(listed ? 1 : 0);
  });

  test('follows a service to its new owner', () => {
    const moved = [range({ bcn: 'B-OLD', serviceId: 'SIP-1' }), range({ from: '+441614960001', serviceId: 'SIP-2' })];
    const ownerOf = ({ serviceId }: NumberRange, date: string) => (serviceId === 'SIP-1' && date >= '2026-10-15' ? 'B4711' : 'B-OLD');
    expect(buildUnl(ACCOUNT, moved, '2026-10', ownerOf).rows.map(({ from }) => from)).toEqual(['+441614960000']);
    expect(buildUnl({ ...ACCOUNT, bcn: 'B-OLD' }, moved, '2026-10', ownerOf).rows.map(({ from }) => from)).toEqual(['+441614960001']);
  });
});

describe('problems', () => {
  test.each<[string, Partial<NumberRange>[], string[]]>([
    [
      'ranges that overlap',
      [{ from: '+441614960000', to: '+441614960099' }, { from: '+441614960050' }],
      ['+441614960050 and +441614960000 to +441614960099 share numbers: each number must stand in one row only'],
    ],
    ['neighbours', [{ from: '+441614960000', to: '+441614960049' }, { from: '+441614960050' }], []],
    ['the same digits in another length', [{ from: '+4416149600', to: '+4416149699' }, { from: '+441614960050' }], []],
    ['a number given back and assigned again', [{ status: 'ceased', endedOn: '2026-10-10' }, { assignedOn: '2026-10-10' }], []],
    [
      'a number held twice',
      [{}, { assignedOn: '2026-10-10' }],
      ['+441614960000 and +441614960000 share numbers: each number must stand in one row only'],
    ],
    [
      'an end before the start',
      [{ from: '+441614960009', to: '+441614960000' }],
      ['The range +441614960009 to +441614960000 ends before it starts: its end must not be below its start'],
    ],
    [
      'ends of different length',
      [{ from: '+441614960000', to: '+4416149600099' }],
      ['The range +441614960000 to +4416149600099 has ends of different length: both must have as many digits'],
    ],
  ])('%s', (_, ranges, reasons) => {
    const unl = buildUnl(ACCOUNT, ranges.map(range), '2026-10');
    expect(unl.problems.map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('the CSV', () => {
  test('has a header row and neutral free text', () => {
    const unl = buildUnl(
      ACCOUNT,
      [range({ to: '+441614960099', address: '=1 High Street, "The Yard"', endedOn: '2026-12-31' })],
      '2026-10',
    );
    expect(unlCsv(unl).toString()).toBe(
      'from,to,size,country,type,status,serviceId,assignedOn,endedOn,portedIn,address\n' +
        '+441614960000,+441614960099,100,GB,geographic,active,,2024-01-01,2026-12-31,,"\'=1 High Street, ""The Yard"""\n',
    );
  });

  test('keeps every digit when a spreadsheet takes numbers for figures, and its sizes sum to those of the records', () => {
    const record = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 6, max: 12 }), fc.nat({ max: 9_999 }), fc.nat({ max: 99_999 }))
      .map(([first, length, start, size]) => {
        const from = BigInt(first) * 10n ** BigInt(length + 1) + BigInt(start);
        return range({ from: `+${from}`, to: size === 0 ? undefined : `+${from + BigInt(size)}` });
      });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const rows: Record<string, string>[] = parse(unlCsv(buildUnl(ACCOUNT, records, '2026-10')), { columns: true });
        // Number() is what a spreadsheet makes of the cell: a double.
        const round = (cell = '') => (cell === '' ? '' : `+${Number(cell)}`);
        expect(rows.map((row) => [round(row.from), round(row.to)])).toEqual(rows.map((row) => [row.from, row.to]));
        const sizes = records.reduce((sum, { from, to = from }) => sum + BigInt(to) - BigInt(from) + 1n, 0n);
        expect(rows.reduce((sum, { size = '' }) => sum + BigInt(size), 0n)).toBe(sizes);
      }),
    );
  });
});
