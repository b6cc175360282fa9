import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { isCalendar } from '../calendars/calendars.ts';
import { isPeriod } from '../calendars/dates.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import { holdRun, openRuns, type Person, releaseRun, stopRun } from './brake.ts';
import { openMonth, publishingDay } from './open-run.ts';
import { tallyOf } from './passes.ts';
import type { Run } from './run.ts';

/** What a person may do to the runs of a month. */
export const RUN_BRAKES = { hold: holdRun, stop: stopRun, release: releaseRun, resume: releaseRun } as const;

export type RunBrakeName = keyof typeof RUN_BRAKES;

/** The runs that a person's word is about. */
export interface RunsMeant {
  readonly period: string;
  readonly calendar: string;
  /** Of the open runs these only; without it all of them. */
  readonly runIds?: readonly string[] | undefined;
}

/** The open runs of a period and calendar, and how many accounts they have: what a release would let go on. */
export async function openExtent(period: string, calendar: string): Promise<{ runIds: string[]; accounts: number }> {
  const runIds = (await openRuns(period, calendar)).map(({ runId }) => runId);
  const tallies = await Promise.all(runIds.map(tallyOf));
  return { runIds, accounts: tallies.reduce((sum, { accounts }) => sum + accounts, 0) };
}

/**
 * Does what a person says about every open run of a period and calendar: a month can be held before its run has begun.
 * @returns the runs that changed
 * @throws PermanentError with the reasons, when none did; for something that is no month
 */
export async function brakeRuns(meant: RunsMeant, name: RunBrakeName, person: Person, now: Date): Promise<Run[]> {
  const { period, calendar } = meant;
  if (!isPeriod(period)) throw new PermanentError(`period is ${JSON.stringify(period)}: a month such as 2026-10 is expected`, 'period');
  const cause = `${name} by ${person.by}: ${person.reason}`;
  const changed: Run[] = [];
  const refused: string[] = [];
  for (const { runId } of await runsOf(meant, name, cause, now)) {
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

async function runsOf({ period, calendar, runIds }: RunsMeant, name: RunBrakeName, cause: string, now: Date): Promise<Run[]> {
  const open = (await openRuns(period, calendar)).filter(({ runId }) => runIds?.includes(runId) ?? true);
  if (open.length > 0 || !isCalendar(calendar) || (name !== 'hold' && name !== 'stop')) return open;
  return [await openMonth(period, calendar, publishingDay(calendar, period), cause, now)];
}

/** Billing's own function does what comes next; here it is only said. */
async function goOn(runs: readonly Run[], cause: string, now: Date): Promise<void> {
  for (const { runId, revision } of runs) {
    await sendEvent(queueUrlOf('billing'), { event: ownEvent('billing.run.settle', `${runId}/${revision}`, { runId, cause }, now) });
  }
}
