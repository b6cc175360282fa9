import { machineTime } from '../aws/stopwatch.ts';
import { businessDayOf } from '../calendars/business-days.ts';
import { CALENDARS, type CalendarCode } from '../calendars/calendars.ts';
import { addMonths, instantOf, localDate } from '../calendars/dates.ts';
import type { ExtraHoliday } from '../calendars/extra-holidays.ts';
import { type Run, type RunRequest, runIdOf } from './run.ts';
import { changeRun, createRun, findRun } from './run-store.ts';

const PUBLISHING_DAY = 3;
const PREPARE_AT = '02:00';
const PUBLISH_AT = '07:00';

/** The local date on which a period is published: the third business day of the month after it. */
export function publishingDay(calendar: CalendarCode, period: string, extra: readonly ExtraHoliday[] = []): string {
  return businessDayOf(calendar, addMonths(period, 1), PUBLISHING_DAY, extra);
}

/** The period that is published on a local date; undefined when the date is no publishing day. */
export function periodPublishedOn(calendar: CalendarCode, date: string, extra: readonly ExtraHoliday[] = []): string | undefined {
  const period = addMonths(date.slice(0, 7), -1);
  return publishingDay(calendar, period, extra) === date ? period : undefined;
}

/** A month's run as it begins: waiting for its input. */
export function monthRun(period: string, calendar: CalendarCode, dueOn: string, now: Date): Run {
  const { timeZone } = CALENDARS[calendar];
  return {
    runId: runIdOf(period, calendar, 1),
    period,
    calendar,
    sequence: 1,
    stage: 'waiting-for-input',
    revision: 0,
    pass: 0,
    passKind: 'plan',
    dueOn,
    prepareFrom: instantOf(dueOn, PREPARE_AT, timeZone).toISOString(),
    publishFrom: instantOf(dueOn, PUBLISH_AT, timeZone).toISOString(),
    issueDate: dueOn,
    createdAt: now.toISOString(),
    enteredAt: machineTime(),
    took: {},
  };
}

/** A late batch as it begins: for accounts of a month that is published, itself published as soon as it is ready. */
export function batchRun(month: Run, sequence: number, request: RunRequest, now: Date): Run {
  const at = now.toISOString();
  const today = localDate(now, CALENDARS[month.calendar].timeZone);
  const run = monthRun(month.period, month.calendar, month.dueOn, now);
  return {
    ...run,
    runId: runIdOf(month.period, month.calendar, sequence),
    sequence,
    request,
    publishFrom: at,
    prepareFrom: at,
    issueDate: today,
  };
}

/** The month's run, created when there is none. A day that moved meanwhile (a new holiday) moves the run that still waits. */
export async function openMonth(period: string, calendar: CalendarCode, dueOn: string, cause: string, now: Date): Promise<Run> {
  const fresh = monthRun(period, calendar, dueOn, now);
  for (;;) {
    if (await createRun(fresh, cause, now)) return fresh;
    const known = await findRun(fresh.runId);
    if (!known) continue;
    if (known.stage !== 'waiting-for-input' || known.dueOn === dueOn) return known;
    const { prepareFrom, publishFrom, issueDate } = fresh;
    const moved = await changeRun(known, { ...known, dueOn, prepareFrom, publishFrom, issueDate }, `${cause}: the day moved`, now);
    if (moved) return moved;
  }
}
