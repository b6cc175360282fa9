import fc from 'fast-check';
import { expect, test } from 'vitest';
import { widthOf } from '../../../../functions/documents/typesetting/shape.ts';
import { type TextStyle, wrap } from '../../../../functions/documents/typesetting/wrap.ts';

const LONG = process.env.LONG === '1';
const STYLE: TextStyle = { weight: 'regular', size: 10 };

const at = (text: string, fits: string) => wrap(text, STYLE, widthOf(fits, STYLE.weight, STYLE.size) + 0.1);

test.each([
  ['between words', 'Ethernet Line', 'Ethernet Li', ['Ethernet', 'Line']],
  ['behind a hyphen between words', 'Telekom-Reseller', 'Telekom-Res', ['Telekom-', 'Reseller']],
  ['behind a slash between words', 'Monat/Kanal', 'Monat/Ka', ['Monat/', 'Kanal']],
  ['not inside a mandate', 'Mandat NG-M-2023-00871', 'Mandat NG-M-2023-0', ['Mandat', 'NG-M-2023-00871']],
  ['not inside a service id', 'Line FRA/HAM/LE-102237', 'Line FRA/HAM/LE-102', ['Line', 'FRA/HAM/LE-102237']],
  ['not inside a Japanese postcode', '東京 〒100-0000', '東京 〒100-000', ['東京', '〒100-0000']],
  ['behind a hyphen all the same where the identifier is wider than the line', 'AAAA-BBBB-CCCC', 'AAAA-BBBB-', ['AAAA-BBBB-', 'CCCC']],
  ['anywhere where nothing else does', 'WWWWWW', 'WWWW', ['WWWW', 'WW']],
])('a line ends %s', (_, text, fits, lines) => {
  expect(at(text, fits)).toEqual(lines);
});

test('letters that meet where a word is broken are kerned like any others', () => {
  expect(wrap('/Wa', STYLE, 18).map((line) => widthOf(line, STYLE.weight, STYLE.size) <= 18)).toEqual([true, true]);
});

test('no line is wider than its column, and nothing is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'W', 'ß', '1', ' ', '-', '/', '東', '、'), maxLength: 120 });
  fc.assert(
    fc.property(text, fc.integer({ min: 15, max: 200 }), (own, width) => {
      const lines = wrap(own, STYLE, width);
      for (const line of lines) expect(widthOf(line, STYLE.weight, STYLE.size)).toBeLessThanOrEqual(width + 1e-6);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(own.replaceAll(/\s/g, ''));
    }),
    { numRuns: LONG ? 20_000 : 300 },
  );
});
