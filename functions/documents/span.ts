import { addDays, firstDay, lastDay } from '../calendars/dates.ts';

/** A period with its first and its last day, as people read it. */
export interface Span {
  readonly start: string;
  readonly end: string;
}

/** TMF678's end is exclusive: the last day is the one before. */
export function inclusive(period: { startDateTime: string; endDateTime: string }): Span {
  return { start: period.startDateTime, end: addDays(period.endDateTime, -1) };
}

/** The days of a billing period `YYYY-MM`. */
export function monthSpan(period: string): Span {
  return { start: firstDay(period), end: lastDay(period) };
}
