import type { CalendarCode } from '../calendars/calendars.ts';
import { accountsOfCustomer } from '../directory/read.ts';
import { PermanentError } from '../events/failure.ts';
import { byCalendar } from './changes.ts';
import { parkedAccounts } from './chunk.ts';
import type { RunRequested } from './events.ts';
import { batchRun } from './open-run.ts';
import { changesOf, noteChanges } from './passes.ts';
import { isPublished, type Run, type RunRequest, runIdOf } from './run.ts';
import { createRun, findRun, getRun, listRuns, rememberEvent } from './run-store.ts';
import { settle } from './settle.ts';

const BATCH = 500;
/** The sequence of the month's own run. */
const IN_THE_MONTH = '1';

/**
 * Somebody asks for a rerun. In a month that is not published the parked or named accounts are prepared again. In a published
 * one a late batch prepares what was not issued and publishes it; what was issued stays as it is.
 * @param eventId `(source, id)` of the event: asked twice, it is done once
 * @throws PermanentError when there is nothing to run again, with the reason
 */
export async function requestRerun(asked: RunRequested, eventId: string, now: Date): Promise<void> {
  const { period, reason, requestedBy, resend } = asked;
  const bcns = await accountsAsked(asked);
  const scopes = bcns ? await byCalendar(bcns) : await calendarsOf(period, asked.calendar);
  const unknown = (bcns ?? []).filter((bcn) => ![...scopes.values()].some((known) => known?.includes(bcn)));
  if (unknown.length > 0) throw new PermanentError(strangers(unknown), 'bcns');
  const wanted = [...scopes].filter(([calendar]) => asked.calendar === undefined || asked.calendar === calendar);
  if (wanted.length === 0) throw new PermanentError(nothingIn(asked), asked.calendar ? 'calendar' : 'period');
  const months = await Promise.all(wanted.map(async ([calendar, of]) => ({ calendar, of, month: await monthOf(period, calendar) })));
  for (const { calendar, of, month } of months) {
    const cause = `rerun by ${requestedBy}: ${reason} (${eventId})`;
    const request: RunRequest = { eventId, bcns: of, reason, requestedBy, resend };
    const key = `${eventId} ${calendar}`;
    const taken = !isPublished(month.stage) && (await prepareAgain(month, of, cause, now));
    // From here on the event is done, also when it comes again after the publication.
    if (taken) await rememberEvent(key, IN_THE_MONTH, now);
    else await startBatch(month, key, request, cause, now);
  }
}

/** BCNs that the request names, directly or by customer; undefined when it means everything. */
async function accountsAsked({ bcns, ocns }: RunRequested): Promise<string[] | undefined> {
  if (!bcns && !ocns) return undefined;
  const ofCustomers = await Promise.all((ocns ?? []).map(async (ocn) => (await accountsOfCustomer(ocn)).map(({ bcn }) => bcn)));
  return [...new Set([...(bcns ?? []), ...ofCustomers.flat()])];
}

async function calendarsOf(period: string, calendar: CalendarCode | undefined): Promise<Map<CalendarCode, undefined>> {
  const calendars = new Map<CalendarCode, undefined>();
  for await (const run of listRuns(period, calendar)) calendars.set(run.calendar, undefined);
  return calendars;
}

async function monthOf(period: string, calendar: CalendarCode): Promise<Run> {
  const month = await findRun(runIdOf(period, calendar, 1));
  if (month && month.stage !== 'waiting-for-input') return month;
  throw new PermanentError(
    month
      ? `period is "${period}": the run of ${calendar} has not begun, it still waits for its input; a rerun needs a run`
      : `period is "${period}": there is no bill run of ${calendar} for it; a period that was prepared is expected`,
    'period',
  );
}

/** The batch's place in line is decided once for each event, whatever comes in between. */
async function startBatch(month: Run, eventId: string, request: RunRequest, cause: string, now: Date): Promise<void> {
  for (;;) {
    const next = await rememberEvent(eventId, String((await lastSequence(month)) + 1), now);
    if (next === IN_THE_MONTH) return;
    const runId = runIdOf(month.period, month.calendar, Number(next));
    const isNew = await createRun(batchRun(month, Number(next), request, now), cause, now);
    const run = isNew ? undefined : await findRun(runId);
    if (run && run.request?.eventId !== request.eventId) {
      eventId = `${eventId}+`;
      continue;
    }
    return settle(runId, cause, now);
  }
}

async function lastSequence({ period, calendar }: Run): Promise<number> {
  let last = 1;
  for await (const { sequence } of listRuns(period, calendar)) last = Math.max(last, sequence);
  return last;
}

/**
 * Before publication: the named accounts, or all parked ones, go through the run again.
 * @returns false when the month was published before it looked at them
 */
async function prepareAgain(month: Run, bcns: readonly string[] | undefined, cause: string, now: Date): Promise<boolean> {
  if (bcns) await noteChanges(month.runId, bcns, cause, true);
  else {
    let parked: string[] = [];
    for await (const { bcn } of parkedAccounts(month.runId)) {
      parked.push(bcn);
      if (parked.length < BATCH) continue;
      await noteChanges(month.runId, parked, cause, true);
      parked = [];
    }
    await noteChanges(month.runId, parked, cause, true);
  }
  await settle(month.runId, cause, now);
  if (!isPublished((await getRun(month.runId)).stage)) return true;
  for await (const { token } of changesOf(month.runId)) if (token === cause) return false;
  return true;
}

function strangers(bcns: readonly string[]): string {
  return `bcns are ${JSON.stringify(bcns.slice(0, 5))}: accounts that the directory knows, with a billing calendar, are expected`;
}

function nothingIn({ period, calendar, bcns, ocns }: RunRequested): string {
  if (bcns || ocns)
    return `bcns/ocns are ${JSON.stringify([...(bcns ?? []), ...(ocns ?? [])].slice(0, 5))}: the directory knows no such account${calendar ? ` of ${calendar}` : ''}`;
  return `period is "${period}": there is no bill run${calendar ? ` of ${calendar}` : ''} for it; a period that was prepared is expected`;
}
