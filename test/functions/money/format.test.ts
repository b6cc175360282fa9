import { describe, expect, test } from 'vitest';
import { formatDate, formatMoney, formatPeriod, languageOf } from '../../../functions/money/format.ts';

describe('money as people read it', () => {
  test.each([
    ['1234.56', 'EUR', 'en', '1,234.56 EUR'],
    ['1234.56', 'EUR', 'de', '1.234,56 EUR'],
    ['1234.56', 'EUR', 'fr', '1 234,56 EUR'],
    ['1234567', 'JPY', 'en', '1,234,567 JPY'],
    ['12.5', 'EUR', 'en', '12.50 EUR'],
    ['0', 'GBP', 'en', '0.00 GBP'],
    ['-0.05', 'EUR', 'de', '−0,05 EUR'],
    ['999999999999.99', 'EUR', 'en', '999,999,999,999.99 EUR'],
    ['1.234', 'KWD', 'fr', '1,234 KWD'],
  ] as const)('%s %s in %s: %s', (amount, currency, language, expected) => {
    expect(formatMoney(amount, currency, language).replace(/[\u00a0\u202f]/g, ' ')).toBe(expected);
  });

  test('what is no amount is refused', () => {
    expect(() => formatMoney('NaN', 'EUR', 'en')).toThrow('no decimal amount');
  });
});

describe('dates and periods', () => {
  test.each([
    ['2026-12-04', 'en', '4 Dec 2026'],
    ['2026-12-04', 'de', '4. Dez. 2026'],
    ['2026-12-04', 'fr', '4 déc. 2026'],
    ['2027-05-01', 'fr', '1er mai 2027'],
    ['2027-03-10', 'de', '10. März 2027'],
  ] as const)('%s in %s: %s', (date, language, expected) => {
    expect(formatDate(date, language)).toBe(expected);
  });

  test.each([
    ['2026-10', 'en', 'October 2026'],
    ['2026-03', 'de', 'März 2026'],
    ['2026-02', 'fr', 'février 2026'],
  ] as const)('%s in %s: %s', (period, language, expected) => {
    expect(formatPeriod(period, language)).toBe(expected);
  });

  test.each(['2026-13-01', '2026-00-01', '4 Dec 2026', '2026-12-32'])('%s is refused', (date) => {
    expect(() => formatDate(date, 'en')).toThrow('is no date');
  });
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['FR_fr', 'fr'],
  ['ja', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('who reads %s gets %s', (code, language) => {
  expect(languageOf(code)).toBe(language);
});
