import { expect, test } from 'vitest';
import { durationText, moneyText, percentText, spanText } from '../../../functions/documents/languages/language.ts';
import { languageOf } from '../../../functions/documents/languages/languages.ts';
import { parseMoney } from '../../../functions/money/money.ts';

test.each([
  ['en', 'EUR', '1234567.5', '€1,234,567.50'],
  ['en', 'GBP', '-0.01', '-£0.01'],
  ['en', 'CHF', '12', 'CHF\u00a012.00'],
  ['en', 'JPY', '1798475', '¥1,798,475'],
  ['de', 'EUR', '1234567.5', '1.234.567,50\u00a0€'],
  ['de', 'CHF', '-1234.5', '-1.234,50\u00a0CHF'],
  ['fr', 'EUR', '1234567.5', '1\u202f234\u202f567,50\u00a0€'],
  ['fr', 'KRW', '1000', '1\u202f000\u00a0KRW'],
])('in %s, %s %s is written %s', (code, currency, value, written) => {
  expect(moneyText(parseMoney(value, currency), languageOf(code))).toBe(written);
});

test.each([
  ['en', '1 November 2026', '1 Nov 2026', '1 Nov 2026 – 30 Nov 2026', '7.7%'],
  ['de', '1. November 2026', '01.11.2026', '01.11.2026 – 30.11.2026', '7,7\u00a0%'],
  ['fr', '1er novembre 2026', '01/11/2026', '01/11/2026 – 30/11/2026', '7,7\u00a0%'],
])('in %s, dates, periods and percentages are written as people there write them', (code, long, short, span, percent) => {
  const language = languageOf(code);
  expect(language.longDate('2026-11-01')).toBe(long);
  expect(language.shortDate('2026-11-01')).toBe(short);
  expect(spanText({ start: '2026-11-01', end: '2026-11-30' }, language)).toBe(span);
  expect(percentText('7.7', language)).toBe(percent);
});

test('a duration is told in hours, minutes and seconds', () => {
  expect(durationText(55784, languageOf('en'))).toBe('15:29:44');
  expect(durationText(3_600_000 + 5, languageOf('en'))).toBe('1,000:00:05');
});

test.each(['ja', '', 'constructor'])('a language that we do not print (%j) falls back to English', (code) => {
  expect(languageOf(code).code).toBe('en');
});
