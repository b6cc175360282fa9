import { addMonths, daysBetween, firstDay, instantOf, lastDay, localDate, periodOf } from '../../calendars/dates.ts';
import type { CallRecord } from './record.ts';
import { textOf } from './row.ts';

/** Whose calls a file may hold. */
export interface UsagePeriod {
  readonly period: string;
  /** Calls up to so many days before the period are late, earlier ones do not belong here. */
  readonly lateUsageDays: number;
  /** The calendar's zone: decides to which day a start with an offset belongs. Without it the date counts as written. */
  readonly timeZone: string | undefined;
  readonly firstDay: string;
  /** YYYYMMDD as numbers. A start on these days or outside of them may be on another day in the zone. */
  readonly first: number;
  readonly last: number;
  /** From the first instant to the one after the last, in ms. */
  readonly begins: number;
  readonly ends: number;
}

export function usagePeriod(period: string, lateUsageDays: number, timeZone: string | undefined): UsagePeriod {
  const zone = timeZone ?? 'UTC';
  return {
    period,
    lateUsageDays,
    timeZone,
    firstDay: firstDay(period),
    first: asNumber(firstDay(period)),
    last: asNumber(lastDay(period)),
    begins: instantOf(firstDay(period), '00:00', zone).getTime(),
    ends: instantOf(firstDay(addMonths(period, 1)), '00:00', zone).getTime(),
  };
}

/**
 * The period a call belongs to, as the published file tells it.
 * @returns '' for the file's own period, the earlier period of late usage, undefined when the call does not belong in the file
 */
export function latePeriodOf(record: CallRecord, usage: UsagePeriod): string | undefined {
  if (record.day > usage.first && record.day < usage.last) return '';
  const day = localDay(record, usage);
  if (day === '' || periodOf(day) === usage.period) return '';
  if (day > usage.firstDay || daysBetween(day, usage.firstDay) > usage.lateUsageDays) return undefined;
  return periodOf(day);
}

/** What a record's day is called in a reason. */
export function dayOf(record: CallRecord): string {
  return asText(record.day);
}

/** '' when the instant lies in the period. */
function localDay(record: CallRecord, { timeZone, begins, ends }: UsagePeriod): string {
  if (!record.zoned || timeZone === undefined) return asText(record.day);
  const instant = Date.parse(textOf(record.row, record.start).replace(' ', 'T'));
  return instant >= begins && instant < ends ? '' : localDate(new Date(instant), timeZone);
}

function asNumber(date: string): number {
  return Number(date.replaceAll('-', ''));
}

function asText(day: number): string {
  const digits = String(day);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
