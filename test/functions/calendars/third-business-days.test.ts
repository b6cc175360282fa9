import { describe, expect, test } from 'vitest';
import { addBusinessDays, businessDayOf, isBusinessDay } from '../../../functions/calendars/business-days.ts';
import { CALENDARS, type CalendarCode, isCalendar } from '../../../functions/calendars/calendars.ts';
import { addDays, daysIn, firstDay } from '../../../functions/calendars/dates.ts';
import { holidaysOf } from '../../../functions/calendars/holidays.ts';
import { overrides } from '../../../functions/calendars/overrides/overrides.ts';

/**
 * Typed by hand from the named lists: start from the third weekday of each month and strike out the listed holidays.
 * Never copy what the code answers into this table.
 */
const PUBLISHED: readonly [CalendarCode, string, ...[number, string][]][] = [
  [
    'GB-ENG',
    'gov.uk/bank-holidays, England and Wales',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 6 3 5 4 3 5 3 3'],
    [2028, '6 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'GB-SCT',
    'gov.uk/bank-holidays, Scotland (2 January and its substitute day, no Easter Monday, August on the first Monday)',
    [2026, '7 4 4 6 6 3 3 6 3 5 4 3'],
    [2027, '7 3 3 5 6 3 5 5 3 5 3 3'],
    [2028, '7 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'DE',
    'Holidays that all sixteen states have (bmi.bund.de)',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 3 5'],
  ],
  [
    'DE-BY',
    'stmi.bayern.de, gesetzliche Feiertage (Epiphany, Corpus Christi, All Saints)',
    [2026, '7 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 6 5'],
  ],
  [
    'DE-HE',
    'innen.hessen.de, gesetzliche Feiertage (Corpus Christi)',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 3 5'],
  ],
  [
    'FR',
    'service-public.fr, jours fériés (Code du travail L3133-1)',
    [2026, '6 4 4 3 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 4 6 5 3 5 4 6 5'],
  ],
  [
    'IT',
    'governo.it, festività nazionali (Epiphany, 2 June, from 2026 also 4 October)',
    [2026, '7 4 4 3 6 4 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 4 5 4 3 6 4 3'],
    [2028, '5 3 3 5 4 6 5 3 5 5 6 5'],
  ],
  [
    'ES',
    'BOE, fiestas laborales de ámbito nacional (Good Friday, no Easter Monday)',
    [2026, '7 4 4 6 6 3 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 4 5 5 3 5 4 6 5'],
  ],
  [
    'CH-ZH',
    'zh.ch, öffentliche Ruhetage (1 May, 1 August, Whit Monday; no Berchtoldstag)',
    [2026, '6 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 4 5 4 3 5'],
  ],
  [
    'NL',
    'rijksoverheid.nl, officiële feestdagen (no Good Friday, no 1 May)',
    [2026, '6 4 4 3 5 3 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 3 6 5 3 5 4 3 5'],
  ],
  [
    'IE',
    'citizensinformation.ie, public holidays (first Mondays of February, May, June and August)',
    [2026, '6 5 4 3 6 4 3 6 3 5 4 3'],
    [2027, '6 4 3 5 6 3 5 5 3 5 3 3'],
    [2028, '5 3 3 5 4 6 5 3 5 4 3 5'],
  ],
  [
    'SE',
    'Lag 1989:253 om allmänna helgdagar (Epiphany, 1 May)',
    [2026, '7 4 4 7 6 3 3 5 3 5 4 3'],
    [2027, '7 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'US',
    'opm.gov, federal holidays with observed days',
    [2026, '6 4 4 3 5 3 6 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 6 4 3 5 3 3'],
    [2028, '5 3 3 5 3 5 6 3 6 4 3 5'],
  ],
  [
    'JP',
    'Cabinet Office, 国民の祝日について (Golden Week, 3 November)',
    [2026, '6 4 4 3 8 3 3 5 3 5 5 3'],
    [2027, '6 3 3 5 10 3 5 4 3 5 4 3'],
    [2028, '5 3 3 5 8 5 5 3 5 4 6 5'],
  ],
  [
    'HK',
    'gov.hk, general holidays (Ching Ming and Easter 2026; 1 July; 1 October; 2 and 4 October 2028)',
    [2026, '6 4 4 8 6 3 6 5 3 6 4 3'],
    [2027, '6 3 3 6 5 3 6 4 3 6 3 3'],
    [2028, '5 3 3 6 5 5 5 3 5 6 3 5'],
  ],
  [
    'SG',
    'mom.gov.sg, public holidays (1 June 2026 for Vesak Day on a Sunday)',
    [2026, '6 4 4 6 6 4 3 5 3 5 4 3'],
    [2027, '6 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 4 5 5 3 5 4 3 5'],
  ],
  [
    'IN',
    'dopt.gov.in, compulsory holidays (Buddha Purnima 1 May 2026, 2 October, Guru Nanak 2 November 2028; 1 January works)',
    [2026, '5 4 4 6 6 3 3 5 3 6 4 3'],
    [2027, '5 3 3 5 5 3 5 4 3 5 3 3'],
    [2028, '5 3 3 5 3 5 5 3 5 5 6 5'],
  ],
  [
    'KR',
    'law.go.kr, Public Holidays Act (Labour Day from 2026, elections 3 June 2026, substitute days; Chuseok 2 to 5 October 2028)',
    [2026, '6 4 5 3 7 4 3 5 3 6 4 3'],
    [2027, '6 3 4 5 7 3 5 4 3 6 3 3'],
    [2028, '5 3 6 5 8 5 5 3 5 11 3 5'],
  ],
];

const ROWS = PUBLISHED.flatMap(([calendar, source, ...years]) => years.map(([year, days]) => ({ calendar, source, year, days })));

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
  expect([...holidaysOf('KR', 2026).keys()].filter((date) => date < '2026-03-10')).toEqual([
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

test("a year's holidays are computed once", () => {
  holidaysOf('JP', 2026);
  expect(holidaysOf('JP', 2026)).toBe(holidaysOf('JP', 2026));
});
