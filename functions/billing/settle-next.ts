import { getRun, listRuns } from './run-store.ts';
import { settle } from './settle.ts';

/** Takes a run as far as it can go, and then the late batches that may have waited for it. */
export async function settleWithNext(runId: string, cause: string, now: Date): Promise<void> {
  await settle(runId, cause, now);
  const { period, calendar, sequence } = await getRun(runId);
  for await (const next of listRuns(period, calendar)) {
    if (next.sequence > sequence && next.stage === 'waiting-for-input') await settle(next.runId, `${cause} (${runId} went on)`, now);
  }
}
