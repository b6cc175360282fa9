import { describe, expect, test } from 'vitest';
import { addBusinessDays, businessDayOf, businessDaysBetween, isBusinessDay } from '../../../functions/calendars/business-days.ts';
import { CALENDARS, isCalendar } from '../../../functions/calendars/calendars.ts';
import { addDays, daysIn, firstDay } from '../../../functions/calendars/dates.ts';
import { holidaysOf } from '../../../functions/calendars/holidays.ts';
import { overrides } from '../../../functions/calendars/overrides/overrides.ts';
import { ROWS } from './published-days.ts';

function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`);
}

test('every calendar has its three published years', () => {
  expect(ROWS.map(({ calendar, year }) => `${calendar} ${year}`).sort()).toEqual(
    Object.keys(CALENDARS)
      .flatMap((code) => [2026, 2027, 2028].map((year) => `${code} ${year}`))
      .sort(),
  );
});

test.each(ROWS)('the third business days of $year in $calendar are those of $source', ({ calendar, year, days }) => {
  const expected = days.split(' ').map((day, month) => `${monthsOf(year)[month]}-${day.padStart(2, '0')}`);
  expect(monthsOf(year).map((month) => businessDayOf(calendar, month, 3))).toEqual(expected);
});

test.each(ROWS)('in $calendar exactly one date of each month of $year is the third business day', ({ calendar, year }) => {
  for (const month of monthsOf(year)) {
    const dates = Array.from({ length: daysIn(month) }, (_, day) => addDays(firstDay(month), day));
    const third = dates.filter(
      (date) => isBusinessDay(calendar, date) && dates.filter((d) => d <= date && isBusinessDay(calendar, d)).length === 3,
    );
    expect(third).toEqual([businessDayOf(calendar, month, 3)]);
  }
});

describe('a holiday that was announced late', () => {
  const extra = [{ calendar: 'DE' as const, date: '2026-11-04', name: 'Day of mourning', source: 'Federal Government, 2 November 2026' }];

  test('moves the third business day and what is counted from it', () => {
    expect(businessDayOf('DE', '2026-11', 3)).toBe('2026-11-04');
    expect(businessDayOf('DE', '2026-11', 3, extra)).toBe('2026-11-05');
    expect(addBusinessDays('DE', '2026-11-03', 2)).toBe('2026-11-05');
    expect(addBusinessDays('DE', '2026-11-03', 2, extra)).toBe('2026-11-06');
  });

  test('is of its own calendar only', () => {
    expect(businessDayOf('FR', '2026-11', 3, extra)).toBe('2026-11-04');
    expect(businessDayOf('DE-BY', '2026-11', 3, extra)).toBe('2026-11-04');
  });
});

test('business days are counted in both directions over weekends and holidays', () => {
  expect(addBusinessDays('GB-ENG', '2026-12-24', 1)).toBe('2026-12-29');
  expect(addBusinessDays('GB-ENG', '2026-12-29', -1)).toBe('2026-12-24');
  expect(addBusinessDays('GB-ENG', '2026-12-26', 0)).toBe('2026-12-26');
  expect(addBusinessDays('JP', '2027-04-30', 3)).toBe('2027-05-10');
});

test.each([
  ['over Christmas', '2026-12-24', '2026-12-29', 1],
  ['the first day does not count, the last does', '2026-11-03', '2026-11-05', 2],
  ['from a Saturday to a Sunday', '2026-11-07', '2026-11-08', 0],
  ['the same day', '2026-11-03', '2026-11-03', 0],
  ['backwards', '2026-11-05', '2026-11-03', 0],
  ['no further than asked', '2026-11-03', '2027-11-03', 250],
] as const)('business days between two dates: %s', (_, from, to, days) => {
  expect(businessDaysBetween('GB-ENG', from, to, 250)).toBe(days);
});

test('a month without that many business days is refused', () => {
  expect(() => businessDayOf('DE', '2027-02', 21)).toThrow('2027-02 has 20 business days in DE, not 21');
});

describe('overrides', () => {
  const all = Object.entries(overrides).flatMap(([calendar, rows]) => rows.map((row) => ({ calendar, ...row })));

  test.each(all)('$calendar $date: $change $name is effective and has a source', ({ calendar, change, date, source }) => {
    if (!isCalendar(calendar)) throw new Error(calendar);
    expect(holidaysOf(calendar, Number(date.slice(0, 4))).has(date)).toBe(change === 'add');
    expect(source.length).toBeGreaterThan(10);
  });

  test('one row a day', () => {
    const days = all.map(({ calendar, date }) => `${calendar} ${date}`);
    expect(new Set(days).size).toBe(days.length);
  });
});

test('holidays of several days and substitute days', () => {
  expect([...holidaysOf('KR', 2026)].filter((date) => date < '2026-03-10').sort()).toEqual([
    '2026-01-01',
    '2026-02-16',
    '2026-02-17',
    '2026-02-18',
    '2026-03-01',
    '2026-03-02',
  ]);
  expect(isBusinessDay('US', '2027-12-31')).toBe(false);
  expect(isBusinessDay('DE', '2026-12-24')).toBe(true);
});

test('a year of which nobody knows the holidays is refused', () => {
  expect(() => isBusinessDay('DE', '2101-03-01')).toThrow('The holidays of 2101 in DE are not known: those of 2020 to 2100 are');
});
