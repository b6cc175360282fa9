import { expression } from '../aws/expression.ts';
import { getItem, getItems, type Key, queryItems, queryPage, type Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import { warningOf } from '../invoice-checks/account-checks.ts';
import { type AccountRecord, mayBecome } from './account.ts';
import type { ChunkControl } from './control-figures.ts';
import { partitionOf } from './run-store.ts';

/** Accounts a chunk has: one message prepares them, one transaction binds their numbers. */
export const CHUNK_SIZE = 25;

const ON_A_PAGE = 50;

/** planned -> prepared (validated, laid out, parked) -> numbered -> done (rendered and stored unseen). */
export type ChunkState = 'planned' | 'prepared' | 'numbered' | 'done';

/** How many accounts of a chunk came to what. */
export interface Tally {
  readonly billed: number;
  readonly withoutBill: number;
  readonly parked: number;
  /** First invoices that wait for an answer; missing in a run of long ago. */
  readonly held?: number | undefined;
  readonly documents: number;
}

/** Accounts of one legal entity that go through a run together. */
export interface Chunk {
  readonly chunk: number;
  readonly legalEntityId: string;
  readonly accounts: readonly { readonly bcn: string; readonly ocn: string }[];
  /** The pass that it is in; a message of an earlier pass finds its work overtaken. */
  readonly pass: number;
  /** In a repair: the accounts to prepare again. */
  readonly only?: readonly string[] | undefined;
  readonly state: ChunkState;
  readonly tally: Tally;
  readonly control?: ChunkControl | undefined;
  /** When the last of its messages was in the outbox. */
  readonly deliveredAt?: string | undefined;
}

export const NO_TALLY: Tally = { billed: 0, withoutBill: 0, parked: 0, held: 0, documents: 0 };

/** What these accounts came to. */
export function tallyOfRecords(records: readonly AccountRecord[]): Tally {
  const inState = (state: AccountRecord['state']) => records.filter((record) => record.state === state).length;
  const documents = records
    .flatMap(({ state, documents: own }) => (state === 'parked' ? [] : own))
    .filter(({ kind }) => kind !== 'manifest');
  return {
    billed: inState('drafted') + inState('numbered'),
    withoutBill: inState('without-bill'),
    parked: inState('parked'),
    held: inState('held'),
    documents: documents.length,
  };
}

export async function getChunk(runId: string, chunk: number): Promise<Chunk> {
  const found = await getItem<Chunk>('billing', chunkKey(runId, chunk));
  if (!found) throw new PermanentError(`chunk is ${chunk}: run ${runId} has no such chunk`, 'chunk');
  return found;
}

/** Every chunk of a run, in order, a page at a time. */
export async function* chunksOf(runId: string): AsyncGenerator<Chunk> {
  yield* queryItems<Chunk>('billing', { pk: partitionOf(runId), beginsWith: 'CHUNK#' });
}

/** The accounts of a chunk as this run left them, by BCN; one it has not looked at is missing. */
export async function accountRecords(runId: string, bcns: readonly string[]): Promise<Map<string, AccountRecord>> {
  const records = await getItems<AccountRecord>(
    'billing',
    bcns.map((bcn) => accountKey(runId, bcn)),
  );
  return new Map(records.map((record) => [record.bcn, record]));
}

/** An account as each of these runs left it; runs that do not know it are missing. */
export async function recordsOfAccount(runIds: readonly string[], bcn: string): Promise<Map<string, AccountRecord>> {
  const records = await getItems<AccountRecord & Key>(
    'billing',
    runIds.map((runId) => accountKey(runId, bcn)),
  );
  return new Map(records.map((record) => [record.pk.slice(partitionOf('').length), record]));
}

/** Every account of a run. */
export async function* accountsOfRun(runId: string): AsyncGenerator<AccountRecord> {
  yield* queryItems<AccountRecord>('billing', { pk: partitionOf(runId), beginsWith: 'ACCOUNT#' });
}

/** The accounts of a run that are parked, by BCN, with their reasons. */
export async function* parkedAccounts(runId: string): AsyncGenerator<{ bcn: string; reason: string }> {
  yield* queryItems<{ bcn: string; reason: string }>('billing', { pk: partitionOf(runId), beginsWith: 'PARKED#' });
}

/** Up to fifty of them, after a BCN, and the last one's when there are more. */
export async function someParked(
  runId: string,
  after: string | undefined,
): Promise<{ items: { bcn: string; reason: string }[]; next?: string | undefined }> {
  const pk = partitionOf(runId);
  const cursor = after === undefined ? undefined : { pk, sk: `PARKED#${after}` };
  const page = await queryPage<{ bcn: string; reason: string }>('billing', { pk, beginsWith: 'PARKED#', pageSize: ON_A_PAGE }, cursor);
  return { items: page.items.map(({ bcn, reason }) => ({ bcn, reason })), next: page.cursor && page.items.at(-1)?.bcn };
}

/** The accounts of a run whose bills passed and still ask for a look, by BCN. */
export async function* warnedAccounts(runId: string): AsyncGenerator<{ bcn: string; reason: string }> {
  yield* queryItems<{ bcn: string; reason: string }>('billing', { pk: partitionOf(runId), beginsWith: 'WARNED#' });
}

/** The guard of everything a chunk's worker writes: the chunk must still be where the worker found it. */
export function stillThere(runId: string, { chunk, pass, state }: Chunk): Write {
  return { table: 'billing', check: chunkKey(runId, chunk), when: expression`#pass = ${pass} AND #state = ${state}` };
}

/** Moves a chunk on, provided that it is still where the worker found it. */
export function moveChunk(runId: string, { chunk, pass, state }: Chunk, to: Chunk): Write {
  return { table: 'billing', put: { ...chunkKey(runId, chunk), ...to }, when: expression`#pass = ${pass} AND #state = ${state}` };
}

/**
 * Stores what became of an account; a parked one also stands in the list of failures, one with warnings in that of warnings.
 * @param before as the run left it last time; undefined for one that it has not looked at
 * @throws Error for a step that an account may not take
 */
export function accountWrites(runId: string, record: AccountRecord, before: AccountRecord | undefined): Write[] {
  const from = before?.state ?? 'validating';
  if (!mayBecome(from, record.state)) throw new Error(`Account ${record.bcn} is ${from}: it may not become ${record.state}`);
  const parked: Key = { pk: partitionOf(runId), sk: `PARKED#${record.bcn}` };
  const put: Write = { table: 'billing', put: { ...accountKey(runId, record.bcn), ...record } };
  const warned = warningWrites(runId, record, before);
  if (record.state === 'parked')
    return [put, { table: 'billing', put: { ...parked, bcn: record.bcn, reason: record.reason ?? '' } }, ...warned];
  return before?.state === 'parked' ? [put, { table: 'billing', remove: parked }, ...warned] : [put, ...warned];
}

/** Only what changed is written: numbering and rendering leave the checks as they were. */
function warningWrites(runId: string, record: AccountRecord, before: AccountRecord | undefined): Write[] {
  const [then, now] = [before, record].map((of) => of && warning(of));
  const key: Key = { pk: partitionOf(runId), sk: `WARNED#${record.bcn}` };
  if (now === then) return [];
  return [now === undefined ? { table: 'billing', remove: key } : { table: 'billing', put: { ...key, bcn: record.bcn, reason: now } }];
}

/** What asks for a look at an account that is issued without one: a held one has its review, a parked one its reason. */
function warning({ state, checks }: AccountRecord): string | undefined {
  return state === 'parked' || state === 'held' || !checks ? undefined : warningOf(checks);
}

export function chunkKey(runId: string, chunk: number): Key {
  return { pk: partitionOf(runId), sk: `CHUNK#${String(chunk).padStart(6, '0')}` };
}

function accountKey(runId: string, bcn: string): Key {
  return { pk: partitionOf(runId), sk: `ACCOUNT#${bcn}` };
}
