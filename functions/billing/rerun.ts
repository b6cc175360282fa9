import { OWN_SOURCE } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { chunksOf } from './chunk.ts';
import type { RunRequested } from './events.ts';
import { batchRun } from './open-run.ts';
import { changesOf, noteChanges } from './passes.ts';
import { type MonthAsked, monthsAsked } from './rerun-accounts.ts';
import { holderOf, takeScope } from './rerun-scope.ts';
import { isPublished, type Run, type RunRequest, runIdOf } from './run.ts';
import { createRun, findRun, getRun, IN_THE_MONTH, lastSequence, rememberEvent } from './run-store.ts';
import { settle } from './settle.ts';

const BATCH = 500;

/**
 * Somebody asks for a rerun. In a month that is not published the accounts are prepared again, when what is under way is done. In a
 * published one a late batch prepares what was not issued and publishes it; what was issued stays as it is.
 * @param eventId `(source, id)` of the event: asked twice, it is done once
 * @throws PermanentError when there is nothing to run again, or the same is under way already, with the reason
 */
export async function requestRerun(asked: RunRequested, eventId: string, now: Date): Promise<void> {
  const { reason, requestedBy, resend } = asked;
  const months = await monthsAsked(asked, eventId);
  // What billing asks itself (a release, new data for a draft) is never turned away, and waits for nobody.
  const waits = eventId.startsWith(`${OWN_SOURCE} `) ? undefined : true;
  const requests = months.map(({ month, bcns }) => ({ month, request: { eventId, bcns, reason, requestedBy, resend, waits } }));
  for (const { month, request } of requests) await refuseSecond(month, request);
  for (const { month, request } of requests) {
    const cause = causeOf(request);
    const key = `${eventId} ${month.calendar}`;
    const taken = !isPublished(month.stage) && (await prepareAgain({ month, bcns: request.bcns }, cause, now));
    // From here on the event is done, also when it comes again after the publication.
    if (taken) await rememberEvent(key, IN_THE_MONTH, now);
    else await startBatch(month, key, request, cause, now);
  }
}

function causeOf({ requestedBy, reason, eventId }: RunRequest): string {
  return `rerun by ${requestedBy}: ${reason} (${eventId})`;
}

/** Of two requests for the same accounts one runs, and the other is told so. */
async function refuseSecond(month: Run, request: RunRequest): Promise<void> {
  if (!request.waits) return;
  if (isPublished(month.stage)) return void (await holderOf(month, request));
  const { bcns } = request;
  const waiting = new Map(
    (await Array.fromAsync(changesOf(month.runId))).flatMap((change) => (change.force ? [[change.bcn, change]] : [])),
  );
  const asked = bcns ?? (await bcnsOfRun(month.runId));
  const first = waiting.get(asked[0] ?? '');
  if (!first || first.token === causeOf(request) || !asked.every((bcn) => waiting.has(bcn))) return;
  throw new PermanentError(
    `The same accounts of ${month.period} ${month.calendar} wait already for the run to prepare them again, which was asked for as ${first.token}`,
  );
}

/**
 * Starts a late batch, once for an event. The batch's place in line is decided once, whatever comes in between.
 * @throws PermanentError when the same accounts are under way for another request
 */
export async function startBatch(month: Run, eventId: string, request: RunRequest, cause: string, now: Date): Promise<void> {
  for (;;) {
    const holder = request.waits ? await holderOf(month, request) : undefined;
    const next = await rememberEvent(eventId, String((await lastSequence(month)) + 1), now);
    if (next === IN_THE_MONTH) return;
    const runId = runIdOf(month.period, month.calendar, Number(next));
    const scope = request.waits ? [takeScope(month, request, runId, holder)] : [];
    const known = await findRun(runId);
    if (
      known?.request?.eventId === request.eventId ||
      (!known && (await createRun(batchRun(month, Number(next), request, now), cause, now, scope)))
    )
      return settle(runId, cause, now);
    // The place is somebody else's: this event takes another one.
    if (await findRun(runId)) eventId = `${eventId}+`;
  }
}

/**
 * Before publication the accounts go through the run again.
 * @returns false when the month was published before it looked at them
 */
async function prepareAgain({ month, bcns }: MonthAsked, cause: string, now: Date): Promise<boolean> {
  const asked = bcns ?? (await bcnsOfRun(month.runId));
  for (let from = 0; from < asked.length; from += BATCH) await noteChanges(month.runId, asked.slice(from, from + BATCH), cause, true);
  await settle(month.runId, cause, now);
  if (!isPublished((await getRun(month.runId)).stage)) return true;
  for await (const { token } of changesOf(month.runId)) if (token === cause) return false;
  return true;
}

async function bcnsOfRun(runId: string): Promise<string[]> {
  const bcns: string[] = [];
  for await (const { accounts } of chunksOf(runId)) bcns.push(...accounts.map(({ bcn }) => bcn));
  return bcns;
}
