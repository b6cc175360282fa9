import { tallyOf } from './passes.ts';
import { mayMeet, type Run } from './run.ts';
import { listRuns } from './run-store.ts';

/**
 * True when a late batch may begin. One that a person asked for waits until every earlier run that may know one of its accounts has handed
 * its emails over: the month's own run, or another rerun. First invoices that are released wait for nobody.
 */
export async function isItsTurn(run: Run): Promise<boolean> {
  if (!run.request?.waits) return true;
  for await (const earlier of listRuns(run.period, run.calendar)) {
    if (earlier.sequence < run.sequence && mayMeet(run, earlier) && !(await isHandedOver(earlier))) return false;
  }
  return true;
}

/** True when a run is published, and all its emails are in the outbox. */
export async function isHandedOver({ runId, stage }: Pick<Run, 'runId' | 'stage'>): Promise<boolean> {
  if (stage !== 'delivering') return stage === 'delivered';
  const { chunks, delivered } = await tallyOf(runId);
  return delivered >= chunks;
}
