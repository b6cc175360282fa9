import { expect, test } from 'vitest';
import { parseExtraHolidays } from '../../../functions/calendars/extra-holidays.ts';

const right = { calendar: 'DE', date: '2026-11-04', name: 'Day of mourning', source: 'Federal Government' };

test('the setting holds a list', () => {
  expect(parseExtraHolidays(undefined)).toEqual([]);
  expect(parseExtraHolidays(JSON.stringify([right]))).toEqual([right]);
});

test.each([
  ['{', 'EXTRA_HOLIDAYS is no JSON'],
  ['{}', 'the list: '],
  [JSON.stringify([right, { ...right, calendar: 'XX' }]), '1.calendar: one of GB-ENG, '],
  [JSON.stringify([{ ...right, date: '2026-11-31' }]), '0.date: a date such as 2026-11-04 is expected'],
  [JSON.stringify([{ ...right, source: '' }]), '0.source: who announced it is expected'],
])('%s is refused with its place', (json, reason) => {
  expect(() => parseExtraHolidays(json)).toThrow(reason);
});
