import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALENDARS, isCalendar } from '../../../functions/calendars/calendars.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  daysIn,
  instantOf,
  isDate,
  isPeriod,
  lastDay,
  localDate,
  periodOf,
  weekday,
} from '../../../functions/calendars/dates.ts';

const zone = fc.constantFrom(...new Set(Object.values(CALENDARS).map(({ timeZone }) => timeZone)));
const date = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

describe('instants in a zone', () => {
  test.each([
    ['2026-11-04', '07:00', 'Europe/Berlin', '2026-11-04T06:00:00.000Z'],
    ['2026-07-03', '07:00', 'Europe/London', '2026-07-03T06:00:00.000Z'],
    ['2026-11-05', '07:00', 'Asia/Tokyo', '2026-11-04T22:00:00.000Z'],
    ['2026-11-05', '07:00', 'Asia/Kolkata', '2026-11-05T01:30:00.000Z'],
    ['2027-11-03', '07:00', 'America/New_York', '2027-11-03T11:00:00.000Z'],
    ['2027-03-28', '07:00', 'Europe/Berlin', '2027-03-28T05:00:00.000Z'],
    ['2026-10-25', '07:00', 'Europe/Berlin', '2026-10-25T06:00:00.000Z'],
    // The skipped hour counts from the offset before it, the repeated one is meant the first time.
    ['2027-03-28', '02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
    ['2027-03-28', '01:30', 'Europe/London', '2027-03-28T01:30:00.000Z'],
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('%s %s in %s is %s', (day, time, timeZone, instant) => {
    expect(instantOf(day, time, timeZone).toISOString()).toBe(instant);
  });

  test('07:00 of any day is on that day in its zone', () => {
    fc.assert(fc.property(date, zone, (day, timeZone) => localDate(instantOf(day, '07:00', timeZone), timeZone) === day));
  });

  test('a second before local midnight is still the day before', () => {
    fc.assert(
      fc.property(date, zone, (day, timeZone) => {
        const midnight = instantOf(day, '00:00', timeZone).getTime();
        expect(localDate(new Date(midnight), timeZone)).toBe(day);
        expect(localDate(new Date(midnight - 1000), timeZone)).toBe(addDays(day, -1));
      }),
    );
  });

  test('what does not exist is refused', () => {
    expect(() => instantOf('2026-02-29', '07:00', 'Europe/Berlin')).toThrow('"2026-02-29" is no date such as "2026-10-31"');
    expect(() => instantOf('2026-02-28', '24:00', 'Europe/Berlin')).toThrow('"24:00" is no time of day such as "07:00"');
  });
});

describe('dates and periods', () => {
  test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
  ])('%s and %i days is %s', (day, n, expected) => expect(addDays(day, n)).toBe(expected));

  test.each([
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-10', -22, '2024-12'],
    ['2026-10', 0, '2026-10'],
  ])('%s and %i months is %s', (period, n, expected) => expect(addMonths(period, n)).toBe(expected));

  test.each([
    ['2028-02', 29],
    ['2026-02', 28],
    ['2026-12', 31],
    ['2026-11', 30],
  ])('%s has %i days', (period, days) => {
    expect(daysIn(period)).toBe(days);
    expect(lastDay(period)).toBe(`${period}-${days}`);
  });

  test.each([
    ['2026-10-31', true],
    ['2026-10-32', false],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-1-1', false],
    ['../../etc', false],
    ['', false],
  ])('%j is a date: %j', (text, right) => expect(isDate(text)).toBe(right));

  test.each([
    ['2026-10', true],
    ['2026-13', false],
    ['2026-00', false],
    ['2026-1', false],
    ['2026-10-01', false],
  ])('%j is a period: %j', (text, right) => expect(isPeriod(text)).toBe(right));

  test('2026-11-22 is a Sunday', () => {
    expect(weekday('2026-11-22')).toBe(7);
    expect(weekday('2026-11-23')).toBe(1);
  });

  test('days added are days between', () => {
    fc.assert(fc.property(date, fc.integer({ min: -4000, max: 4000 }), (day, n) => daysBetween(day, addDays(day, n)) === n));
  });

  test('a date lies in its period', () => {
    fc.assert(fc.property(date, (day) => day >= `${periodOf(day)}-01` && day <= lastDay(periodOf(day))));
  });
});

test('codes outside the table are no calendars', () => {
  expect(isCalendar('DE')).toBe(true);
  expect(isCalendar('XX')).toBe(false);
  expect(isCalendar('toString')).toBe(false);
});
