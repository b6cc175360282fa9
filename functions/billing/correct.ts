import { PermanentError } from '../events/failure.ts';
import { correctable } from './correct-bills.ts';
import type { CorrectionRequested } from './events.ts';
import { startBatch } from './rerun.ts';
import { type Run, type RunRequest, runIdOf } from './run.ts';
import { getRun, listRuns } from './run-store.ts';
import { settle } from './settle.ts';

/**
 * Somebody asks for the correction of what was issued for an account and period: a late batch issues, for each bill that changed since, a
 * credit note and the document that replaces it, both or none.
 * @param eventId `(source, id)` of the event: asked twice, it is done once
 * @throws PermanentError when nothing changed, what changed cannot be corrected, or it is under way already, with the reason
 */
export async function requestCorrection(asked: CorrectionRequested, eventId: string, now: Date): Promise<void> {
  const { period, bcn, reason, requestedBy } = asked;
  const cause = `correction by ${requestedBy}: ${reason} (${eventId})`;
  const known = await runOfEvent(period, eventId);
  if (known) return settle(known.runId, cause, now);
  const request: RunRequest = { eventId, bcns: [bcn], reason, requestedBy, resend: 'never', waits: true, correct: true };
  await startBatch(await monthToCorrect(period, bcn), eventId, request, cause, now);
}

/** The late batch that an event led to. */
export async function runOfEvent(period: string, eventId: string): Promise<Run | undefined> {
  for await (const run of listRuns(period)) if (run.request?.eventId === eventId) return run;
  return undefined;
}

/**
 * The month that issued what is to be corrected: the account may follow another calendar by now.
 * @throws PermanentError as `requestCorrection`
 */
export async function monthToCorrect(period: string, bcn: string): Promise<Run> {
  const [first] = await correctable(period, bcn);
  if (!first) throw new PermanentError(`bcn is "${bcn}": nothing of ${period} is to be corrected`, 'bcn');
  const { calendar } = await getRun(first.standing.runId);
  return getRun(runIdOf(period, calendar, 1));
}
