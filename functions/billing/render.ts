import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { machineTime } from '../aws/stopwatch.ts';
import { transact } from '../aws/tables.ts';
import { GuardError } from '../documents/records.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { type AccountRecord, isShown } from './account.ts';
import { accountRecords, accountWrites, type Chunk, getChunk, moveChunk, stillThere, tallyOfRecords } from './chunk.ts';
import { addControl, controlOf, NO_CONTROL } from './control-figures.ts';
import type { ChunkWork } from './events.ts';
import { causeOfWork } from './hand-chunks.ts';
import { issuedBefore } from './issued-before.ts';
import { manifestFile } from './manifest-file.ts';
import { finished, passOf } from './passes.ts';
import { type RenderedAccount, renderAccounts } from './render-account.ts';
import type { Run } from './run.ts';
import { getRun } from './run-store.ts';
import { storeFiles } from './store-files.ts';
import { whileThere } from './take-back.ts';

/**
 * Renders the numbered documents of a chunk with their numbers and issue date, and stores them unseen. The last chunk lets
 * the run conclude. Delivered again, the same bytes make no new version.
 */
export async function renderChunk({ runId, chunk: number, pass }: ChunkWork, cause: string, now: Date): Promise<void> {
  const run = await getRun(runId);
  const chunk = await getChunk(runId, number);
  if (run.brake?.kind === 'stop' || chunk.pass !== pass || run.pass !== pass) return;
  if (chunk.state === 'numbered') await whileThere(() => renderAll(run, chunk, now));
  const progress = await passOf(run);
  if (!progress?.complete || progress.done < progress.planned) return;
  const event = ownEvent('billing.run.settle', `${runId}/${pass}/done`, { runId, cause }, now);
  await sendEvent(queueUrlOf('billing'), { event });
}

async function renderAll(run: Run, chunk: Chunk, now: Date): Promise<void> {
  const since = machineTime();
  const before = await accountRecords(
    run.runId,
    chunk.accounts.map(({ bcn }) => bcn),
  );
  const rendered = await renderAccounts(run, chunk, [...before.values()], now);
  const guard = stillThere(run.runId, chunk);
  const made = { at: now.toISOString(), cause: causeOfWork(run.runId, chunk) };
  const invoices = await storeFiles(
    run.runId,
    rendered.flatMap(({ files }) => files),
    guard,
    made,
  );
  const complete = rendered.map((account) => withDocuments(account, invoices));
  const earlier = await issuedBefore(run, [...before.keys()]);
  const manifests = complete.filter(isShown).flatMap((record) => manifestFile(run, record, earlier.get(record.bcn) ?? []) ?? []);
  const stored = await storeFiles(run.runId, manifests, guard, made);
  const records = complete.map((record) => ({
    ...record,
    documents: [...record.documents, ...stored.filter(({ documentId }) => documentId.startsWith(`${record.bcn}/`))],
  }));
  const after = [...new Map([...before, ...records.map((record) => [record.bcn, record] as const)]).values()];
  const tally = tallyOfRecords(after);
  const control = after.map(({ figures }) => controlOf(figures)).reduce(addControl, NO_CONTROL);
  const failed = await transact([
    moveChunk(run.runId, chunk, { ...chunk, state: 'done', only: undefined, tally, control }),
    ...records.flatMap((record) => accountWrites(run.runId, record, before.get(record.bcn))),
    ...finished(run.runId, run.pass, chunk.tally, tally, since, now),
  ]);
  if (failed.length > 0) throw new GuardError();
}

/** The account with its numbered documents beside its call records and number lists; the manifest is written anew. */
function withDocuments({ record, files }: RenderedAccount, stored: Awaited<ReturnType<typeof storeFiles>>): AccountRecord {
  const own = stored.filter(({ documentId }) => documentId.startsWith(`${record.bcn}/`));
  const replaced = new Set(own.map(({ documentId }) => documentId));
  const kept = record.documents.filter(({ documentId, kind }) => kind !== 'manifest' && !replaced.has(documentId));
  return files.length === 0 && own.length === 0 ? { ...record, documents: kept } : { ...record, documents: [...own, ...kept] };
}
