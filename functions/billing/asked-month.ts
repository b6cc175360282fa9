import { getItem, type Key, putItem } from '../aws/tables.ts';
import type { CalendarCode } from '../calendars/calendars.ts';

// ASKED / <calendar>: the newest month that the calendar's schedule asked for while nobody followed the calendar.

/** A month whose morning came before the calendar had any account or delivery. */
export interface AskedMonth {
  readonly period: string;
  /** Local date of the third business day. */
  readonly dueOn: string;
}

/** Keeps that the morning of a month has come, in case its carrier's first export comes later that day. */
export async function noteAsked(calendar: CalendarCode, asked: AskedMonth): Promise<void> {
  await putItem('billing', { ...keyOf(calendar), ...asked });
}

/**
 * The month, when its morning has come and it is the newest one. Months before it are history that a new carrier brings along: nobody wants
 * their invoices mailed again.
 */
export async function askedMonth(period: string, calendar: CalendarCode): Promise<AskedMonth | undefined> {
  const asked = await getItem<AskedMonth>('billing', keyOf(calendar));
  return asked?.period === period ? asked : undefined;
}

function keyOf(calendar: CalendarCode): Key {
  return { pk: 'ASKED', sk: calendar };
}
