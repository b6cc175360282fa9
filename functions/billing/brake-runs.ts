import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { isCalendar } from '../calendars/calendars.ts';
import { isPeriod } from '../calendars/dates.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { holdRun, openRuns, type Person, releaseRun, stopRun } from './brake.ts';
import { openMonth, publishingDay } from './open-run.ts';
import type { Run } from './run.ts';

/** What a person may do to the runs of a month. */
export const RUN_BRAKES = { hold: holdRun, stop: stopRun, release: releaseRun, resume: releaseRun } as const;

export type RunBrakeName = keyof typeof RUN_BRAKES;

/**
 * Does what a person says about every open run of a period and calendar: a month can be held before its run has begun.
 * @returns the runs that changed
 * @throws PermanentError with the reasons, when none did; for something that is no month
 */
export async function brakeRuns(period: string, calendar: string, name: RunBrakeName, person: Person, now: Date): Promise<Run[]> {
  if (!isPeriod(period)) throw new PermanentError(`period is ${JSON.stringify(period)}: a month such as 2026-10 is expected`, 'period');
  const cause = `${name} by ${person.by}: ${person.reason}`;
  const changed: Run[] = [];
  const refused: string[] = [];
  for (const { runId } of await runsMeant(period, calendar, name, cause, now)) {
    try {
      changed.push(await RUN_BRAKES[name](runId, person, now));
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      refused.push(error.message);
    }
  }
  if (changed.length === 0) throw new PermanentError(refused.join('\n') || `There is no open bill run of ${period} for ${calendar}.`);
  if (RUN_BRAKES[name] === releaseRun) await goOn(changed, cause, now);
  return changed;
}

async function runsMeant(period: string, calendar: string, name: RunBrakeName, cause: string, now: Date): Promise<Run[]> {
  const open = await openRuns(period, calendar);
  if (open.length > 0 || !isCalendar(calendar) || (name !== 'hold' && name !== 'stop')) return open;
  return [await openMonth(period, calendar, publishingDay(calendar, period), cause, now)];
}

/** Billing's own function does what comes next; here it is only said. */
async function goOn(runs: readonly Run[], cause: string, now: Date): Promise<void> {
  for (const { runId, revision } of runs) {
    await sendEvent(queueUrlOf('billing'), { event: ownEvent('billing.run.settle', `${runId}/${revision}`, { runId, cause }, now) });
  }
}
