import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count } from '../aws/log.ts';
import { machineTime } from '../aws/stopwatch.ts';
import { transact, type Write } from '../aws/tables.ts';
import { GuardError, type Happening } from '../documents/records.ts';
import type { AccountRecord } from './account.ts';
import { accountRecords, accountWrites, type Chunk, getChunk, moveChunk, stillThere } from './chunk.ts';
import type { ChunkWork } from './events.ts';
import { causeOfWork, handOn } from './hand-chunks.ts';
import { workWrite } from './passes.ts';
import { type PreparedAccount, prepareAccount } from './prepare-account.ts';
import type { Run } from './run.ts';
import { getRun } from './run-store.ts';
import { storeFiles } from './store-files.ts';
import { subjectsOf } from './subjects.ts';
import { takeBack, whileThere } from './take-back.ts';

/** Bytes that may lie in the function's temporary folder before they are stored. */
const SPOOLED = 128 * 1024 * 1024;

/**
 * Prepares the accounts of a chunk: validated, laid out with a placeholder, call records and number lists stored unseen.
 * An account with something wrong is parked with its reason and holds nobody up. Delivered again, it changes nothing.
 */
export async function prepareChunk({ runId, chunk: number, pass }: ChunkWork, now: Date): Promise<void> {
  const run = await getRun(runId);
  const chunk = await getChunk(runId, number);
  if (run.brake?.kind === 'stop' || chunk.pass !== pass || run.pass !== pass) return;
  const prepared = chunk.state === 'planned' ? await whileThere(() => prepareAccounts(run, chunk, now)) : chunk;
  if (prepared) await handOn(run, [prepared], now);
}

async function prepareAccounts(run: Run, chunk: Chunk, now: Date): Promise<Chunk> {
  const since = machineTime();
  const spool = await mkdtemp(join(tmpdir(), 'carrierpost-'));
  try {
    const bcns = chunk.only ?? chunk.accounts.map(({ bcn }) => bcn);
    const before = await accountRecords(run.runId, bcns);
    const records = await preparedRecords(run, chunk, bcns, spool, now);
    for (const record of records) await takeBack(run, chunk, before.get(record.bcn), record, now);
    const prepared: Chunk = { ...chunk, state: 'prepared' };
    const writes = records.flatMap((record) => accountWrites(run.runId, record, before.get(record.bcn)));
    const failed = await transact([moveChunk(run.runId, chunk, prepared), ...writes, workWrite(run.runId, run.pass, 'prepare', since)]);
    if (failed.length > 0) throw new GuardError();
    const parked = records.filter(({ state, bcn }) => state === 'parked' && before.get(bcn)?.state !== 'parked').length;
    if (parked > 0) count('AccountParked', parked);
    return prepared;
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}

/** One account after the other; what they spooled is stored together, before the disk is full. */
async function preparedRecords(run: Run, chunk: Chunk, bcns: readonly string[], spool: string, now: Date): Promise<AccountRecord[]> {
  const store = { guard: stillThere(run.runId, chunk), made: { at: now.toISOString(), cause: causeOfWork(run.runId, chunk) } };
  const records: AccountRecord[] = [];
  let waiting: PreparedAccount[] = [];
  for (const subject of await subjectsOf(run, chunk, bcns)) {
    waiting.push(await prepareAccount(run, subject, spool));
    if (spooledBy(waiting) < SPOOLED) continue;
    records.push(...(await stored(run, waiting, store)));
    waiting = [];
  }
  return [...records, ...(await stored(run, waiting, store))];
}

async function stored(
  run: Run,
  accounts: readonly PreparedAccount[],
  { guard, made }: { guard: Write; made: Happening },
): Promise<AccountRecord[]> {
  const documents = await storeFiles(
    run.runId,
    accounts.flatMap(({ files }) => files),
    guard,
    made,
  );
  return accounts.map(({ record, files }) => {
    const names = new Set(files.map(({ draft }) => `${draft.bcn} ${draft.kind} ${draft.format}`));
    const own = documents.filter(({ documentId, kind, format }) =>
      names.has(`${documentId.slice(0, documentId.indexOf('/'))} ${kind} ${format}`),
    );
    return { ...record, documents: own };
  });
}

function spooledBy(accounts: readonly PreparedAccount[]): number {
  return accounts.flatMap(({ files }) => files).reduce((bytes, { spooled }) => bytes + spooled, 0);
}
