import { count } from '../aws/log.ts';
import { CALENDARS, type CalendarCode } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import type { ExtraHoliday } from '../calendars/extra-holidays.ts';
import { accountPage } from '../directory/account-pages.ts';
import { noteAsked } from './asked-month.ts';
import { openMonth, periodPublishedOn } from './open-run.ts';
import { completionOf } from './received.ts';
import { isPublished, type Run } from './run.ts';
import { changeRun, getRun } from './run-store.ts';
import { settle } from './settle.ts';

export interface CalendarDay {
  readonly calendar: CalendarCode;
  readonly step: 'prepare' | 'publish';
  /** The schedule's own time: the only today. */
  readonly scheduledAt: Date;
  readonly extra: readonly ExtraHoliday[];
}

/**
 * A calendar's schedule asks "is this the third business day?" and, when it is, begins or publishes the month before.
 * Every other day nothing happens.
 */
export async function calendarDay({ calendar, step, scheduledAt, extra }: CalendarDay, now: Date): Promise<void> {
  const today = localDate(scheduledAt, CALENDARS[calendar].timeZone);
  const period = periodPublishedOn(calendar, today, extra);
  if (!period) return;
  if (!(await isUsed(calendar, period))) return noteAsked(calendar, { period, dueOn: today });
  const cause = `schedule ${calendar} ${step} ${scheduledAt.toISOString()}`;
  // A schedule may fire a moment early; what it was scheduled for has come all the same.
  const at = now < scheduledAt ? scheduledAt : now;
  const run = await openMonth(period, calendar, today, cause, at);
  await settle(run.runId, cause, at);
  if (step === 'publish') await noteLateness(run.runId, cause, at);
}

/** Not published at its hour: the alarm says so in the morning, not when it is over. Who held it knows without an alarm. */
async function noteLateness(runId: string, cause: string, now: Date): Promise<void> {
  for (;;) {
    const run: Run = await getRun(runId);
    if (isPublished(run.stage) || run.lateSince) return;
    if (!(await changeRun(run, { ...run, lateSince: now.toISOString() }, `${cause}: not ready at its hour`, now))) continue;
    if (!run.brake) count('LatePublication', 1);
    return;
  }
}

/** Every calendar is scheduled; one that no account follows and nobody delivered for has no run yet. */
async function isUsed(calendar: CalendarCode, period: string): Promise<boolean> {
  if ((await completionOf(period, calendar)) !== undefined) return true;
  let page = await accountPage(calendar);
  while (page.accounts.length === 0 && page.cursor !== undefined) page = await accountPage(calendar, page.cursor);
  return page.accounts.length > 0;
}
