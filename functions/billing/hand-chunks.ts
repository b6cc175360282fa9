import { queueUrlOf } from '../aws/environment.ts';
import { type Sending, sendEvent, sendEvents } from '../aws/queues.ts';
import type { QueueName } from '../aws/resources.ts';
import { getItems } from '../aws/tables.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { type Chunk, type ChunkState, chunkKey, chunksOf } from './chunk.ts';
import type { Run } from './run.ts';

const NEXT_WORK = {
  planned: { queue: 'prepare', type: 'billing.chunk.prepare' },
  prepared: { queue: 'numbering.fifo', type: 'billing.chunk.number' },
  numbered: { queue: 'render', type: 'billing.chunk.render' },
} as const satisfies Record<Exclude<ChunkState, 'done'>, { queue: QueueName; type: string }>;

const BATCH = 500;

/** Queues the work that these chunks wait for; one that is done, or in a later pass, waits for none. */
export async function handOn(run: Pick<Run, 'runId' | 'pass' | 'revision'>, chunks: readonly Chunk[], now: Date): Promise<void> {
  const byQueue = new Map<QueueName, Sending[]>();
  for (const chunk of chunks) {
    if (chunk.state === 'done' || chunk.pass !== run.pass) continue;
    const { queue, type } = NEXT_WORK[chunk.state];
    const sending = sendingOf(run, chunk, type, queue === 'numbering.fifo', now);
    byQueue.set(queue, [...(byQueue.get(queue) ?? []), sending]);
  }
  for (const [queue, sendings] of byQueue) await sendEvents(queueUrlOf(queue), sendings);
}

/** Queues the work of consecutive chunks. */
export async function sendChunks(run: Run, first: number, count: number, now: Date): Promise<void> {
  const keys = Array.from({ length: count }, (_, index) => chunkKey(run.runId, first + index));
  await handOn(run, await getItems<Chunk>('billing', keys), now);
}

/** Queues again what the current pass has not done: after a stop, or when a message was lost. */
export async function sendOpenChunks(run: Run, now: Date): Promise<void> {
  let open: Chunk[] = [];
  for await (const chunk of chunksOf(run.runId)) {
    if (chunk.state !== 'done') open.push(chunk);
    if (open.length < BATCH) continue;
    await handOn(run, open, now);
    open = [];
  }
  await handOn(run, open, now);
}

/** Says everything again that a run's workers may have missed: its plan from the first page on, and its open chunks. */
export async function sendWorkAgain(run: Run, now: Date): Promise<void> {
  if (run.stage === 'planning') await sendPlan(run, now);
  if (run.stage === 'planning' || run.stage === 'preparing') await sendOpenChunks(run, now);
}

/** Asks for the plan of the run's pass, from its first page. A page that is planned twice changes nothing. */
export async function sendPlan({ runId, pass }: Pick<Run, 'runId' | 'pass'>, now: Date): Promise<void> {
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('billing.run.plan', `${runId}/${pass}/1`, { runId, pass, first: 1 }, now) });
}

/** The event in whose name a chunk is worked on, as histories say it. */
export function causeOfWork(runId: string, { chunk, pass, state }: Pick<Chunk, 'chunk' | 'pass' | 'state'>): string {
  return `event ${state === 'done' ? 'billing.chunk' : NEXT_WORK[state].type} ${runId}/${chunk}/${pass}`;
}

/** One worker at a time per legal entity binds numbers. The run's revision lets a resumed run say the same thing again. */
function sendingOf(
  { runId, pass, revision }: Pick<Run, 'runId' | 'pass' | 'revision'>,
  chunk: Chunk,
  type: string,
  fifo: boolean,
  now: Date,
): Sending {
  const event = ownEvent(type, `${runId}/${chunk.chunk}/${pass}`, { runId, chunk: chunk.chunk, pass }, now);
  return fifo ? { event, group: chunk.legalEntityId, deduplicationId: `${event.id}.${revision}` } : { event };
}
