import { expression } from '../aws/expression.ts';
import { transact, type Write } from '../aws/tables.ts';
import { getBillingAccounts, getCustomers } from '../directory/read.ts';
import { GuardError } from '../documents/records.ts';
import { accountRecords, CHUNK_SIZE, type Chunk, chunkKey, getChunk, NO_TALLY } from './chunk.ts';
import { chunksInto, type PlannedAccount } from './chunking.ts';
import { handOn } from './hand-chunks.ts';
import { type Change, changesOf, grown, planned, settledChange, tallyOf } from './passes.ts';
import { fingerprintOf, inputOf } from './received.ts';
import type { Run } from './run.ts';
import { stillPlanning } from './run-store.ts';

const BATCH = 100;

/**
 * Opens the chunks of the accounts whose input changed, for those accounts alone; accounts new to the run get new chunks.
 * @throws GuardError when the run is past its planning: what changed since then is the next pass's
 */
export async function planRepair(run: Run, now: Date): Promise<void> {
  let batch: Change[] = [];
  for await (const change of changesOf(run.runId)) {
    batch.push(change);
    if (batch.length < BATCH) continue;
    await repair(run, batch, now);
    batch = [];
  }
  await repair(run, batch, now);
  await transact([planned(run.runId, run.pass, 0, true, now)]);
}

async function repair(run: Run, changes: readonly Change[], now: Date): Promise<void> {
  const records = await accountRecords(
    run.runId,
    changes.map(({ bcn }) => bcn),
  );
  const stale = await Promise.all(
    changes.map(async (change) => ({ change, stale: await isStale(run, change, records.get(change.bcn)?.fingerprint) })),
  );
  const done = stale.filter((each) => !each.stale).map(({ change }) => settledChange(run.runId, change));
  for (const write of done) await transact([write]);
  const toDo = stale.filter((each) => each.stale).map(({ change }) => change);
  const byChunk = Map.groupBy(toDo, ({ bcn }) => records.get(bcn)?.chunk);
  for (const [chunk, ofChunk] of byChunk) {
    if (chunk === undefined) await openNew(run, ofChunk, now);
    else await reopen(run, chunk, ofChunk, now);
  }
}

async function isStale(run: Run, { bcn, force }: Change, prepared: string | undefined): Promise<boolean> {
  return force || prepared === undefined || fingerprintOf(await inputOf(run.period, bcn)) !== prepared;
}

/** A chunk that is open already keeps its changes in the list: they are repaired in the next pass. */
async function reopen(run: Run, number: number, changes: readonly Change[], now: Date): Promise<void> {
  const chunk = await getChunk(run.runId, number);
  const open: Chunk = { ...chunk, pass: run.pass, state: 'planned', only: changes.map(({ bcn }) => bcn) };
  const failed = await transact([
    stillPlanning(run),
    { table: 'billing', put: { ...chunkKey(run.runId, number), ...open }, when: expression`#state = ${'done'}` },
    planned(run.runId, run.pass, 1, false, now),
    ...changes.map((change) => settledChange(run.runId, change)),
  ]);
  if (failed.includes(0)) throw new GuardError();
  if (failed.length === 0) await handOn(run, [open], now);
}

async function openNew(run: Run, changes: readonly Change[], now: Date): Promise<void> {
  const known = await plannedAccounts(changes.map(({ bcn }) => bcn));
  const strangers = changes.filter(({ bcn }) => !known.some((account) => account.bcn === bcn));
  for (const stranger of strangers) await transact([settledChange(run.runId, stranger)]);
  for (const { legalEntityId, accounts } of chunksInto(known, CHUNK_SIZE)) {
    const { chunks } = await tallyOf(run.runId);
    const chunk: Chunk = { chunk: chunks + 1, legalEntityId, accounts, pass: run.pass, state: 'planned', tally: NO_TALLY };
    const ofChunk = changes.filter(({ bcn }) => accounts.some((account) => account.bcn === bcn));
    const put: Write = {
      table: 'billing',
      put: { ...chunkKey(run.runId, chunk.chunk), ...chunk },
      when: expression`attribute_not_exists(#pk)`,
    };
    const failed = await transact([
      stillPlanning(run),
      put,
      planned(run.runId, run.pass, 1, false, now),
      grown(run.runId, 1, accounts.length),
      ...ofChunk.map((change) => settledChange(run.runId, change)),
    ]);
    if (failed.includes(0)) throw new GuardError();
    if (failed.length === 0) await handOn(run, [chunk], now);
  }
}

/** Accounts by BCN as a chunk wants them, sorted by legal entity; those that the directory does not know are left out. */
export async function plannedAccounts(bcns: readonly string[]): Promise<PlannedAccount[]> {
  const accounts = await getBillingAccounts(bcns);
  const customers = await getCustomers([...new Set(accounts.map(({ ocn }) => ocn))]);
  const entities = new Map(customers.map(({ ocn, legalEntityId }) => [ocn, legalEntityId]));
  return accounts
    .flatMap(({ bcn, ocn }) => {
      const legalEntityId = entities.get(ocn);
      return legalEntityId === undefined ? [] : [{ bcn, ocn, legalEntityId }];
    })
    .sort((a, b) => (`${a.legalEntityId}\n${a.bcn}` < `${b.legalEntityId}\n${b.bcn}` ? -1 : 1));
}
