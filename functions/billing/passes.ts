import { expression } from '../aws/expression.ts';
import { machineTime } from '../aws/stopwatch.ts';
import { getItem, type Key, queryItems, transact, type Write } from '../aws/tables.ts';
import type { Tally } from './chunk.ts';
import type { Run } from './run.ts';
import { partitionOf } from './run-store.ts';

/** How far one pass over a run's chunks is. */
export interface PassCount {
  readonly planned: number;
  readonly done: number;
  /** The planner has found every account. */
  readonly complete?: boolean;
  readonly touchedAt?: string;
  /** Machine milliseconds that the workers spent, by stage, over all chunks. */
  readonly prepareMs?: number;
  readonly numberMs?: number;
  readonly renderMs?: number;
}

/** What a run's accounts came to so far. */
export type RunTally = Tally & { readonly held: number; readonly chunks: number; readonly accounts: number; readonly delivered: number };

export const NO_RUN_TALLY: RunTally = { billed: 0, withoutBill: 0, parked: 0, held: 0, documents: 0, chunks: 0, accounts: 0, delivered: 0 };

/** An account whose input changed after it was prepared, or that somebody asked to prepare again. */
export interface Change {
  readonly sk: string;
  readonly bcn: string;
  /** Which change it was: a newer one keeps it in the list. */
  readonly token: string;
  /** Prepare it again even when no bill changed. */
  readonly force: boolean;
}

export function passOf(run: Pick<Run, 'runId' | 'pass'>): Promise<PassCount | undefined> {
  return getItem<PassCount>('billing', passKey(run.runId, run.pass));
}

export async function tallyOf(runId: string): Promise<RunTally> {
  return { ...NO_RUN_TALLY, ...(await getItem<Partial<RunTally>>('billing', tallyKey(runId))) };
}

/** Counts chunks that the planner found. */
export function planned(runId: string, pass: number, chunks: number, complete: boolean, now: Date): Write {
  return {
    table: 'billing',
    update: passKey(runId, pass),
    change: expression`SET #complete = ${complete}, #touchedAt = ${now.toISOString()} ADD #planned ${chunks}, #done ${0}`,
  };
}

/** Counts chunks and accounts that are new to the run. */
export function grown(runId: string, chunks: number, accounts: number): Write {
  return { table: 'billing', update: tallyKey(runId), change: expression`ADD #chunks ${chunks}, #accounts ${accounts}` };
}

/**
 * Counts a chunk that is through its pass, with what its accounts came to before and now.
 * @param since machine time at which its rendering began
 */
export function finished(runId: string, pass: number, before: Tally, after: Tally, since: number, now: Date): Write[] {
  const change = expression`ADD #billed ${after.billed - before.billed}, #withoutBill ${after.withoutBill - before.withoutBill}, #parked ${
    after.parked - before.parked
  }, #held ${(after.held ?? 0) - (before.held ?? 0)}, #documents ${after.documents - before.documents}`;
  const done = expression`SET #touchedAt = ${now.toISOString()} ADD #done ${1}, #renderMs ${spentSince(since)}`;
  return [
    { table: 'billing', update: passKey(runId, pass), change: done },
    { table: 'billing', update: tallyKey(runId), change },
  ];
}

/** Counts a chunk whose messages are all in the outbox. */
export function delivered(runId: string): Write {
  return { table: 'billing', update: tallyKey(runId), change: expression`ADD #delivered ${1}` };
}

/** Adds what a worker spent on a chunk; a number that is lost in a crash hurts nobody. */
export function workWrite(runId: string, pass: number, work: 'prepare' | 'number', since: number): Write {
  const spent = spentSince(since);
  const change = work === 'prepare' ? expression`ADD #prepareMs ${spent}` : expression`ADD #numberMs ${spent}`;
  return { table: 'billing', update: passKey(runId, pass), change };
}

function spentSince(since: number): number {
  return Math.round(machineTime() - since);
}

/** Remembers that an account must be prepared again before the run may publish. */
export async function noteChanges(runId: string, bcns: readonly string[], token: string, force: boolean): Promise<void> {
  for (let from = 0; from < bcns.length; from += 50) {
    const puts = bcns.slice(from, from + 50).map((bcn): Write => {
      const change: Change = { sk: `CHANGE#${bcn}`, bcn, token, force };
      return { table: 'billing', put: { pk: partitionOf(runId), ...change } };
    });
    await transact(puts);
  }
}

export async function* changesOf(runId: string): AsyncGenerator<Change> {
  yield* queryItems<Change>('billing', { pk: partitionOf(runId), beginsWith: 'CHANGE#' });
}

/** Takes a change off the list, unless a newer one came meanwhile. */
export function settledChange(runId: string, { sk, token }: Change): Write {
  return { table: 'billing', remove: { pk: partitionOf(runId), sk }, when: expression`#token = ${token}` };
}

function passKey(runId: string, pass: number): Key {
  return { pk: partitionOf(runId), sk: `PASS#${String(pass).padStart(6, '0')}` };
}

export function tallyKey(runId: string): Key {
  return { pk: partitionOf(runId), sk: 'TALLY' };
}
