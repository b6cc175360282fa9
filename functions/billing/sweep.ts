import { addMonths } from '../calendars/dates.ts';
import { sendWorkAgain } from './hand-chunks.ts';
import { keepMailCount } from './mail-counts.ts';
import { passOf } from './passes.ts';
import { isBeingPrepared, type Run } from './run.ts';
import { runsSince } from './run-store.ts';
import { settle } from './settle.ts';

/** A pass that nothing touched for so long has lost a message, or its workers are failing; saying it again harms nobody. */
const STALLED_AFTER = 30 * 60_000;
/** Months back whose runs may still be open. */
const MONTHS_BACK = 3;

/** Takes every open run as far as it can go: what was published but not queued, and what has stalled. Counts the emails of those that are published. */
export async function sweepRuns(now: Date): Promise<void> {
  const thisMonth = now.toISOString().slice(0, 7);
  const failures: unknown[] = [];
  for await (const run of runsSince(addMonths(thisMonth, -MONTHS_BACK))) {
    await sweepRun(run, now).catch((error: unknown) => failures.push(error));
  }
  // One calendar's trouble must not keep the others waiting; the alarm hears of it all the same.
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} bill runs could not be swept`);
}

async function sweepRun(run: Run, now: Date): Promise<void> {
  await keepMailCount(run, now);
  if (run.stage === 'delivered' || run.brake?.kind === 'stop') return;
  if (await hasStalled(run, now)) await sendWorkAgain(run, now);
  await settle(run.runId, 'sweep', now);
}

async function hasStalled(run: Run, now: Date): Promise<boolean> {
  if (!isBeingPrepared(run)) return false;
  const pass = await passOf(run);
  return pass?.touchedAt !== undefined && now.getTime() - Date.parse(pass.touchedAt) > STALLED_AFTER;
}
