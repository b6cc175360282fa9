import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, neutralised, numberCell } from '../../../functions/spreadsheets/cells.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+44', "'+44"],
  ['-3', "'-3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['a=1', 'a=1'],
  ['', ''],
])('%j as free text is %j', (text, expected) => expect(neutralised(text)).toBe(expected));

test.each([
  ['+441614960000', '+441614960000'],
  ['112', '112'],
  ['+44=1', "'+44=1"],
  ['+1234567890123456', "'+1234567890123456"],
])('%j as a telephone number is %j', (text, expected) => expect(numberCell(text)).toBe(expected));

test('any cells are read back as they were', () => {
  const cells = fc.array(fc.string({ unit: fc.constantFrom(...'ab,"\n\r 日') }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(cells, (row) => {
      expect(parse(csvLine(row), { record_delimiter: '\n' })).toEqual([row]);
    }),
  );
});
