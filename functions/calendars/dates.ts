const DAY = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const PERIOD = /^\d{4}-(0[1-9]|1[0-2])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** True for a month that exists, written `YYYY-MM`. */
export function isPeriod(text: string): boolean {
  return PERIOD.test(text);
}

/** The local date `YYYY-MM-DD` of an instant in an IANA zone. */
export function localDate(at: Date, timeZone: string): string {
  return new Date(wallClock(at.getTime(), timeZone)).toISOString().slice(0, 10);
}

/**
 * The instant at which a zone's clocks show a date and a time (`HH:MM`).
 * A time that clocks skip counts from the offset before the gap (02:30 becomes 03:30); of a repeated one the first is meant (RFC 5545, 3.3.5).
 * @throws RangeError for a date or time that does not exist
 */
export function instantOf(date: string, time: string, timeZone: string): Date {
  if (!TIME.test(time)) throw new RangeError(`${JSON.stringify(time)} is no time of day such as "07:00"`);
  const wall = dayNumber(date) * DAY + Number(time.slice(0, 2)) * 3_600_000 + Number(time.slice(3)) * 60_000;
  const before = wall - offsetAt(wall - DAY, timeZone);
  const after = wall - offsetAt(wall + DAY, timeZone);
  const shown = [before, after].filter((instant) => wallClock(instant, timeZone) === wall);
  return new Date(shown.length > 0 ? Math.min(...shown) : before);
}

/** The date `n` days later (earlier when negative). */
export function addDays(date: string, n: number): string {
  return new Date((dayNumber(date) + n) * DAY).toISOString().slice(0, 10);
}

/** Days from one date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** The period `n` months later (earlier when negative). */
export function addMonths(period: string, n: number): string {
  const months = monthNumber(period) + n;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** How many days the period's month has. */
export function daysIn(period: string): number {
  return daysBetween(`${period}-01`, `${addMonths(period, 1)}-01`);
}

/** The period that a date lies in. */
export function periodOf(date: string): string {
  return date.slice(0, 7);
}

/** The period's first day. */
export function firstDay(period: string): string {
  return `${period}-01`;
}

/** The period's last day, inclusive. */
export function lastDay(period: string): string {
  return `${period}-${daysIn(period)}`;
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function weekday(date: string): number {
  return ((dayNumber(date) + 3) % 7) + 1;
}

function dayNumber(date: string): number {
  if (!isDate(date)) throw new RangeError(`${JSON.stringify(date)} is no date such as "2026-10-31"`);
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

function monthNumber(period: string): number {
  if (!isPeriod(period)) throw new RangeError(`${JSON.stringify(period)} is no month such as "2026-10"`);
  return Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1;
}

function offsetAt(instant: number, timeZone: string): number {
  return wallClock(instant, timeZone) - instant;
}

/** What the zone's clocks show at an instant, as if it were UTC (ms). */
function wallClock(instant: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
