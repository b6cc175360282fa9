import { expression } from '../aws/expression.ts';
import { getItem, getItems, type Key, putItem, queryItems, queryPage, transact, type Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import { type Run, stateOf } from './run.ts';

// RUNS / <period>#<calendar>#<sequence>: the run. RUN#<run id> / ...: its chunks, accounts, passes and history.

/** What an event led to that is done in the month's own run: its sequence. */
export const IN_THE_MONTH = '1';

const RUNS_ON_A_PAGE = 50;
const LATEST = 30;

/** One line of a run's history: which event, schedule or person made it what it is. */
export interface RunHistoryLine {
  readonly at: string;
  readonly revision: number;
  readonly from?: string | undefined;
  readonly to: string;
  readonly cause: string;
}

/** @throws PermanentError when there is no such run */
export async function getRun(runId: string): Promise<Run> {
  const run = await getItem<Run>('billing', keyOfRun(runId));
  if (!run) throw new PermanentError(`runId is ${JSON.stringify(runId)}: there is no such bill run`, 'runId');
  return run;
}

export async function findRun(runId: string): Promise<Run | undefined> {
  return getItem<Run>('billing', keyOfRun(runId));
}

/** Those of the runs that exist, in no particular order. */
export function findRuns(runIds: readonly string[]): Promise<Run[]> {
  return getItems<Run>('billing', runIds.map(keyOfRun));
}

/** The newest runs of a period and calendar, the newest first. */
export async function newestRuns(period: string, calendar: string, most: number): Promise<Run[]> {
  const range = { pk: 'RUNS', beginsWith: `${period}#${calendar}#`, descending: true, pageSize: most };
  return (await queryPage<Run>('billing', range)).items;
}

/** Runs in the order of period, calendar and sequence. */
export async function* listRuns(period?: string, calendar?: string): AsyncGenerator<Run> {
  const beginsWith = period === undefined ? '' : `${period}#${calendar === undefined ? '' : `${calendar}#`}`;
  yield* queryItems<Run>('billing', { pk: 'RUNS', beginsWith });
}

/** Some of a list, and where the rest begins. */
export interface RunPage {
  readonly runs: readonly Run[];
  /** Hand back as `after`; missing on the last page. */
  readonly next?: string | undefined;
}

/** Up to fifty runs of a period (and calendar), in order. */
export async function runPage(
  period: string,
  { calendar, after }: { calendar?: string | undefined; after?: string | undefined },
): Promise<RunPage> {
  const beginsWith = `${period}#${calendar === undefined ? '' : `${calendar}#`}`;
  // A place outside of the list is none: the list begins anew.
  const cursor = after?.startsWith(beginsWith) ? { pk: 'RUNS', sk: after } : undefined;
  const page = await queryPage<Run>('billing', { pk: 'RUNS', beginsWith, pageSize: RUNS_ON_A_PAGE }, cursor);
  return { runs: page.items, next: page.cursor && String(page.cursor.sk) };
}

/** The newest period that has a run; undefined before the first. */
export async function newestPeriod(): Promise<string | undefined> {
  const { items } = await queryPage<Run>('billing', { pk: 'RUNS', descending: true, pageSize: 1 });
  return items[0]?.period;
}

/** Runs of a period and of all later ones. */
export function runsSince(period: string): AsyncGenerator<Run> {
  return queryItems<Run>('billing', { pk: 'RUNS', between: [period, '~'] });
}

/** The sequence of the newest run of a period and calendar. */
export async function lastSequence({ period, calendar }: Pick<Run, 'period' | 'calendar'>): Promise<number> {
  let last = 1;
  for await (const { sequence } of listRuns(period, calendar)) last = Math.max(last, sequence);
  return last;
}

/**
 * Creates a run; one that exists stays as it is. Answers whether it is new.
 * @param also writes that belong to it: all or none
 */
export async function createRun(run: Run, cause: string, now: Date, also: readonly Write[] = []): Promise<boolean> {
  const failed = await transact([
    { table: 'billing', put: { ...keyOfRun(run.runId), ...run }, when: expression`attribute_not_exists(#pk)` },
    historyWrite(undefined, run, cause, now),
    ...also,
  ]);
  return failed.length === 0;
}

/**
 * Changes a run, provided nobody else did since it was read.
 * @param also writes that belong to the change: all or none
 * @returns the run as it is now, or undefined when something else came first: read it again
 */
export async function changeRun(run: Run, to: Run, cause: string, now: Date, also: readonly Write[] = []): Promise<Run | undefined> {
  const next = { ...to, revision: run.revision + 1 };
  const failed = await transact([
    { table: 'billing', put: { ...keyOfRun(run.runId), ...next }, when: expression`#revision = ${run.revision}` },
    historyWrite(run, next, cause, now),
    ...also,
  ]);
  return failed.length === 0 ? next : undefined;
}

/** The guard of a plan: the run still plans the pass that its planner read. */
export function stillPlanning({ runId, pass }: Pick<Run, 'runId' | 'pass'>): Write {
  return { table: 'billing', check: keyOfRun(runId), when: expression`#pass = ${pass} AND #stage = ${'planning'}` };
}

/** The last things that happened to a run, newest first. */
export async function latestHistory(runId: string): Promise<RunHistoryLine[]> {
  const range = { pk: partitionOf(runId), beginsWith: 'HISTORY#', descending: true, pageSize: LATEST };
  return (await queryPage<RunHistoryLine>('billing', range)).items;
}

/** Everything that happened to a run, oldest first. */
export async function* historyOf(runId: string): AsyncGenerator<RunHistoryLine> {
  yield* queryItems<RunHistoryLine>('billing', { pk: partitionOf(runId), beginsWith: 'HISTORY#' });
}

/**
 * Remembers an event by `(source, id)` together with what it led to, so that it has its effect once.
 * @returns what the first delivery of this event led to
 */
export async function rememberEvent(eventId: string, outcome: string, now: Date): Promise<string> {
  const item = { ...eventKey(eventId), outcome, at: now.toISOString() };
  if (await putItem('billing', item, expression`attribute_not_exists(#pk)`)) return outcome;
  return (await rememberedEvent(eventId)) ?? outcome;
}

/** What an event led to; undefined when it was not handled yet. */
export async function rememberedEvent(eventId: string): Promise<string | undefined> {
  return (await getItem<{ outcome: string }>('billing', eventKey(eventId)))?.outcome;
}

function eventKey(eventId: string): Key {
  return { pk: `EVENT#${eventId}`, sk: 'EVENT' };
}

export function partitionOf(runId: string): string {
  return `RUN#${runId}`;
}

function keyOfRun(runId: string): Key {
  const [period = '', calendar = '', sequence = ''] = runId.split('.');
  return { pk: 'RUNS', sk: `${period}#${calendar}#${sequence.padStart(4, '0')}` };
}

function historyWrite(from: Run | undefined, to: Run, cause: string, now: Date): Write {
  const line: RunHistoryLine = { at: now.toISOString(), revision: to.revision, from: from && stateOf(from), to: stateOf(to), cause };
  return { table: 'billing', put: { pk: partitionOf(to.runId), sk: `HISTORY#${String(to.revision).padStart(8, '0')}`, ...line } };
}
