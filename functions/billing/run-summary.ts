import { type MessageCounts, surveyMessages, type Untold } from '../messages/counts.ts';
import type { MessageState } from '../messages/states.ts';
import { warnedAccounts } from './chunk.ts';
import { correctionsOf } from './corrections.ts';
import { passOf, type RunTally, tallyOf } from './passes.ts';
import { type Run, type RunState, type Stage, stateOf } from './run.ts';
import { listRuns } from './run-store.ts';
import { stillParked } from './still-parked.ts';

export interface RunFailure {
  readonly bcn: string;
  readonly reason: string;
}

/** What a person wants to know about a run. */
export interface RunSummary {
  readonly run: Run;
  readonly state: RunState;
  readonly counts: RunCounts;
  readonly failures: readonly RunFailure[];
  /** Accounts that are billed and ask for a look: what the checks found. */
  readonly warnings: readonly RunFailure[];
  /** How long each stage took, and the work within preparation over all workers. Milliseconds. */
  readonly took: Readonly<Partial<Record<Stage, number>>>;
  readonly work: { readonly prepare: number; readonly number: number; readonly render: number };
}

export interface RunCounts {
  readonly accounts: number;
  readonly billed: number;
  readonly withoutBill: number;
  readonly parked: number;
  /** First invoices that wait for an answer. */
  readonly held: number;
  readonly documents: number;
  readonly chunks: number;
  readonly chunksDone: number;
  /** Emails by what became of them. */
  readonly emails: number;
  readonly emailsWaiting: number;
  readonly emailsSent: number;
  readonly emailsHeld: number;
  readonly emailsNotDelivered: number;
  readonly emailsSkipped: number;
  /** Of which nobody knows whether they left, and which are not tried again. */
  readonly emailsInDoubt: number;
}

const WAITING: readonly MessageState[] = ['queued', 'deferred', 'claimed', 'unknown'];
const SENT: readonly MessageState[] = ['submitted', 'delayed', 'delivered'];
const NOT_DELIVERED: readonly MessageState[] = ['bounced', 'complained'];

/** The runs of a period (all periods without one), by period, calendar and sequence. */
export async function* summaries(period?: string): AsyncGenerator<RunSummary> {
  for await (const run of listRuns(period)) yield await summaryOf(run);
}

async function summaryOf(run: Run): Promise<RunSummary> {
  const [tally, pass, messages] = await Promise.all([tallyOf(run.runId), passOf(run), surveyMessages(run.runId)]);
  const counts = countsOf(tally, messages.counts, pass ? pass.planned - pass.done : 0);
  const over = run.stage === 'delivering' && tally.delivered >= tally.chunks && counts.emailsWaiting === 0 && !run.brake;
  return {
    run,
    state: over ? 'delivered' : stateOf(run),
    counts,
    failures: [...(await failuresOf(run)), ...failuresOfMail(messages.untold)],
    warnings: (await Array.fromAsync(warnedAccounts(run.runId))).map(({ bcn, reason }) => ({ bcn, reason })),
    took: run.took,
    work: { prepare: pass?.prepareMs ?? 0, number: pass?.numberMs ?? 0, render: pass?.renderMs ?? 0 },
  };
}

function countsOf(tally: RunTally, messages: Readonly<MessageCounts>, chunksLeft: number): RunCounts {
  const inStates = (states: readonly MessageState[]) => states.reduce((sum, state) => sum + messages[state], 0);
  const { accounts, billed, withoutBill, parked, held, documents, chunks } = tally;
  return {
    accounts,
    billed,
    withoutBill,
    parked,
    held,
    documents,
    chunks,
    chunksDone: chunks - chunksLeft,
    emails: Object.values(messages).reduce((sum, n) => sum + n, 0),
    emailsWaiting: inStates(WAITING),
    emailsSent: inStates(SENT),
    emailsHeld: messages.held,
    emailsNotDelivered: inStates(NOT_DELIVERED),
    emailsSkipped: messages.skipped,
    emailsInDoubt: messages['in doubt'],
  };
}

/** Parked accounts that no later batch issued; after a month's publication also the bills that need a correction. */
async function failuresOf(run: Run): Promise<RunFailure[]> {
  const failures = await stillParked(run);
  if (run.sequence > 1) return failures;
  const corrections = await Array.fromAsync(correctionsOf(run.period, run.calendar));
  return [...failures, ...corrections.map(({ bcn, reason }) => ({ bcn, reason }))];
}

/** Accounts whose documents are in the portal, and whose contacts could not be told. */
function failuresOfMail(untold: readonly Untold[]): RunFailure[] {
  return untold.map(({ bcn, reason }) => ({ bcn, reason: `the documents are in the portal, ${reason}` }));
}
