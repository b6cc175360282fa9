import { expect, test } from 'vitest';
import { CALENDARS, type CalendarCode } from '../../functions/calendars/calendars.ts';
import computed from '../../functions/calendars/public-holidays.json' with { type: 'json' };
import { publicHolidays } from '../../infra/public-holidays.ts';

/** All years that the file has; computing them takes half a minute. */
const YEARS = process.env.LONG === '1' ? Object.keys(computed.DE) : ['2020', '2027', '2100'];

test('the file has every calendar', () => {
  expect(Object.keys(computed)).toEqual(Object.keys(CALENDARS));
});

test.each(YEARS)('the public holidays of %s are those that date-holidays computes: run npm run holidays', (year) => {
  const table = computed as Record<CalendarCode, Record<string, string>>;
  const codes = Object.keys(CALENDARS) as CalendarCode[];
  expect(Object.fromEntries(codes.map((code) => [code, table[code][year]]))).toEqual(
    Object.fromEntries(codes.map((code) => [code, publicHolidays(code, Number(year)).join(' ')])),
  );
});
