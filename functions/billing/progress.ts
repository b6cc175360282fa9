import { queryPage } from '../aws/tables.ts';
import { countMessages } from '../messages/counts.ts';
import type { MessageState } from '../messages/states.ts';
import type { RunProgress } from './next-act.ts';
import { passOf, tallyOf } from './passes.ts';
import { completionOf } from './received.ts';
import { isPublished, type Run } from './run.ts';
import { partitionOf } from './run-store.ts';
import { isItsTurn } from './turn.ts';

const ON_THEIR_WAY: readonly MessageState[] = ['queued', 'deferred', 'claimed', 'unknown'];

/** Counts what `nextAct` needs to know at the run's stage, and no more. */
export async function progressOf(run: Run): Promise<RunProgress> {
  const waiting = run.stage === 'waiting-for-input';
  const pass = waiting ? undefined : await passOf(run);
  const chunksLeft = (pass?.planned ?? 0) - (pass?.done ?? 0);
  const settled = !waiting && !isPublished(run.stage) && chunksLeft === 0;
  const delivering = run.stage === 'delivering';
  const tally = delivering ? await tallyOf(run.runId) : undefined;
  const deliveriesLeft = tally ? tally.chunks - tally.delivered : 0;
  return {
    inputComplete: waiting && (await completionOf(run.period, run.calendar)) !== undefined,
    itsTurn: !waiting || (await isItsTurn(run)),
    started: pass !== undefined,
    planned: pass?.complete ?? false,
    chunksLeft,
    changesWaiting: settled && (await hasChanges(run.runId)),
    deliveriesLeft,
    messagesLeft: delivering && deliveriesLeft === 0 ? await messagesLeft(run.runId) : 0,
  };
}

async function hasChanges(runId: string): Promise<boolean> {
  const { items } = await queryPage('billing', { pk: partitionOf(runId), beginsWith: 'CHANGE#', pageSize: 1 });
  return items.length > 0;
}

async function messagesLeft(runId: string): Promise<number> {
  const counts = await countMessages(runId);
  return ON_THEIR_WAY.reduce((sum, state) => sum + counts[state], 0);
}
