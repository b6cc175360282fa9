import { queueUrlOf } from '../aws/environment.ts';
import { type Sending, sendEvent, sendEvents } from '../aws/queues.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { tallyOf } from './passes.ts';
import type { Run } from './run.ts';

/** Messages held in memory while a million accounts' chunks are queued. */
const BATCH = 500;

/** Queues the delivery of every chunk. When it returns, all are queued; a chunk that was delivered already knows it. */
export async function queueDeliveries({ runId, pass, revision }: Run, now: Date): Promise<void> {
  const { chunks } = await tallyOf(runId);
  for (let first = 1; first <= chunks; first += BATCH) {
    const sendings = Array.from({ length: Math.min(BATCH, chunks - first + 1) }, (_, index): Sending => {
      const chunk = first + index;
      return { event: ownEvent('billing.chunk.deliver', `${runId}/${chunk}/${revision}`, { runId, chunk, pass }, now) };
    });
    await sendEvents(queueUrlOf('deliver'), sendings);
  }
}

/** Queues what the carrier's ledger and the auditor get; per calendar and period one after the other. */
export async function queueRegister({ runId, period, calendar }: Run, now: Date): Promise<void> {
  const event = ownEvent('billing.publication.record', runId, { runId }, now);
  await sendEvent(queueUrlOf('ledger.fifo'), { event, group: `${period}.${calendar}`, deduplicationId: event.id });
}
