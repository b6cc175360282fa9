import { expect, test } from 'vitest';
import { billDifference } from '../../../functions/documents/bill-difference.ts';
import { bill, billRecord, line } from './samples.ts';

const LINES = [line('950.00', { id: '1' }), line('284.50', { id: '2', name: 'SIP Trunk' })];
const BEFORE = bill(billRecord(LINES));

test.each<[string, Parameters<typeof billRecord>]>([
  ['the same bill', [LINES]],
  ['another revision that says the same', [LINES, { revision: 4 }]],
  ['its lines in another order', [LINES.toReversed()]],
  ['a field that means missing', [LINES, { correctionReason: null }]],
])('%s is no difference', (_, [lines, header]) => {
  expect(billDifference(BEFORE, bill(billRecord(lines, header)))).toBeUndefined();
});

test('a line that changed is told field by field, one that came or went as a whole', () => {
  const [first, second] = LINES;
  const after = bill(
    billRecord([{ ...first, taxExcludedAmount: { unit: 'EUR', value: '900.00' } } as typeof first & object, line('5.00', { id: '3' })]),
  );
  const found = billDifference(BEFORE, after);
  expect(found?.header).toEqual([]);
  expect(found?.lines.map(({ lineId, name, change }) => [lineId, name, change])).toEqual([
    ['1', first?.name, 'changed'],
    ['2', second?.name, 'removed'],
    ['3', 'Ethernet Line 1 Gbit/s', 'added'],
  ]);
  expect(found?.lines[0]?.fields).toEqual([{ field: 'taxExcludedAmount.value', before: '950.00', after: '900.00' }]);
});

test('a total that changed is told, too', () => {
  const after = bill(billRecord(LINES, { taxIncludedAmount: { unit: 'EUR', value: '1469.07' } }));
  expect(billDifference(BEFORE, after)).toEqual({
    header: [{ field: 'taxIncludedAmount.value', before: '1469.06', after: '1469.07' }],
    lines: [],
  });
});
