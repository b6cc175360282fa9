import type { CalendarCode } from './calendars.ts';
import { addDays, firstDay, periodOf, weekday } from './dates.ts';
import type { ExtraHoliday } from './extra-holidays.ts';
import { holidaysOf } from './holidays.ts';

/**
 * True when offices work on that local date: Monday to Friday and no holiday.
 * @param extra holidays that are not deployed yet; those of other calendars are ignored
 */
export function isBusinessDay(calendar: CalendarCode, date: string, extra: readonly ExtraHoliday[] = []): boolean {
  if (weekday(date) > 5) return false;
  if (extra.some((holiday) => holiday.calendar === calendar && holiday.date === date)) return false;
  return !holidaysOf(calendar, Number(date.slice(0, 4))).has(date);
}

/**
 * The n-th business day (from 1) of the month that `period` names.
 * @throws RangeError when the month has fewer
 */
export function businessDayOf(calendar: CalendarCode, period: string, n: number, extra: readonly ExtraHoliday[] = []): string {
  let found = 0;
  for (let date = firstDay(period); periodOf(date) === period; date = addDays(date, 1)) {
    if (isBusinessDay(calendar, date, extra)) found += 1;
    if (found === n) return date;
  }
  throw new RangeError(`${period} has ${found} business days in ${calendar}, not ${n}`);
}

/**
 * The n-th business day after a date (before it when negative); 0 answers the date itself, whatever day it is.
 */
export function addBusinessDays(calendar: CalendarCode, date: string, n: number, extra: readonly ExtraHoliday[] = []): string {
  const step = Math.sign(n);
  let at = date;
  for (let left = Math.abs(n); left > 0; ) {
    at = addDays(at, step);
    if (isBusinessDay(calendar, at, extra)) left -= 1;
  }
  return at;
}

/**
 * How many business days come after a date up to another, that one included: 0 when it is not later.
 * @param most where counting ends
 */
export function businessDaysBetween(calendar: CalendarCode, from: string, to: string, most: number): number {
  let found = 0;
  for (let at = addDays(from, 1); at <= to && found < most; at = addDays(at, 1)) if (isBusinessDay(calendar, at)) found += 1;
  return found;
}
