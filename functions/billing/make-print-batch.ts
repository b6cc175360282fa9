import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import pLimit from 'p-limit';
import { bucketNamed, queueUrlOf } from '../aws/environment.ts';
import { getObject, putObject, putObjectStream } from '../aws/objects.ts';
import { sendEvent } from '../aws/queues.ts';
import { getBillingAccounts } from '../directory/read.ts';
import type { BillingAccount } from '../directory/records.ts';
import { contentTypeOf } from '../documents/portal-key.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { csvLine, neutralised } from '../spreadsheets/cells.ts';
import { type AccountDocument, type AccountRecord, isShown } from './account.ts';
import { accountRecords, getChunk } from './chunk.ts';
import type { PublicationPrint } from './events.ts';
import { tallyOf } from './passes.ts';
import { closeBatch, enterPrint, findBatch, openBatch, type PrintEntry, printEntries } from './print-batch.ts';
import { isPublished, type Run } from './run.ts';
import { getRun } from './run-store.ts';

/** Chunks that one message works on: a thousand accounts, minutes of copying where all of them want post. */
const CHUNKS_A_TURN = 40;
const PARALLEL_COPIES = 4;
const COLUMNS = ['file', 'sha256', 'document', 'kind', 'ocn', 'bcn', 'name', 'street', 'postalCode', 'city', 'country'] as const;

/** Asks for the print batch of a publication. */
export async function queuePrint({ runId, revision }: Run, now: Date): Promise<void> {
  await sendEvent(queueUrlOf('print'), { event: ownEvent('billing.publication.print', `${runId}/${revision}`, { runId, from: 1 }, now) });
}

/**
 * Makes the print batch of a publication: the PDFs that it issued to accounts that get post, and the list of their addresses, which is
 * written last. Begun again anywhere, by anybody, it comes to the same batch. A stopped run's batch waits: when the run goes on, it is asked
 * for again.
 */
export async function makePrintBatch({ runId, from }: PublicationPrint, now: Date): Promise<void> {
  const run = await getRun(runId);
  if (run.brake?.kind === 'stop' || !isPublished(run.stage)) return;
  const known = await findBatch(runId);
  if (known && known.state !== 'making') return;
  const { chunks } = await tallyOf(runId);
  const last = Math.min(chunks, from + CHUNKS_A_TURN - 1);
  for (let chunk = from; chunk <= last; chunk += 1) await printChunk(runId, chunk, now);
  if (last >= chunks) return close(runId, now);
  const next = ownEvent('billing.publication.print', `${runId}/${run.revision}/${last + 1}`, { runId, from: last + 1 }, now);
  await sendEvent(queueUrlOf('print'), { event: next });
}

async function printChunk(runId: string, chunk: number, now: Date): Promise<void> {
  const { accounts } = await getChunk(runId, chunk);
  const records = [
    ...(
      await accountRecords(
        runId,
        accounts.map(({ bcn }) => bcn),
      )
    ).values(),
  ];
  const issued = records.map((record) => ({ record, documents: printedDocuments(record) })).filter(({ documents }) => documents.length > 0);
  const addressed = new Map((await getBillingAccounts(issued.map(({ record }) => record.bcn))).map((account) => [account.bcn, account]));
  const limit = pLimit(PARALLEL_COPIES);
  const work = issued.flatMap(({ record, documents }) => {
    const account = addressed.get(record.bcn);
    return account?.delivery.post ? documents.map((document) => ({ account, ocn: record.ocn, document })) : [];
  });
  if (work.length > 0) await openBatch(runId);
  await Promise.all(work.map(({ account, ocn, document }) => limit(() => printDocument(runId, account, ocn, document, now))));
}

/** The numbered documents that this publication showed first. */
function printedDocuments(record: AccountRecord): AccountDocument[] {
  if (!isShown(record)) return [];
  const numbered = new Set(record.bills.flatMap(({ documentId }) => documentId ?? []));
  return record.documents.filter(({ documentId, fresh }) => fresh && numbered.has(documentId));
}

/** The entry comes first, the copy after it: whoever dies in between is followed by somebody who copies again. */
async function printDocument(runId: string, account: BillingAccount, ocn: string, document: AccountDocument, now: Date): Promise<void> {
  const { bcn, name, address } = account;
  // Two legal entities may count alike: the account keeps their documents apart.
  const file = `${bcn}-${document.key.slice(document.key.lastIndexOf('/') + 1)}`;
  const asked: PrintEntry = {
    file,
    sha256: document.sha256,
    document: document.number ?? '',
    kind: document.kind,
    ocn,
    bcn,
    name,
    ...address,
  };
  if (!(await enterPrint(runId, document, asked, now))) return;
  const body = await getObject(bucketNamed('portal'), document.key);
  if (!body || createHash('sha256').update(body).digest('hex') !== document.sha256) {
    throw new Error(`The portal bucket does not hold ${document.key} with SHA-256 ${document.sha256}`);
  }
  await putObject({ bucket: bucketNamed('print'), key: `${runId}/${file}`, body, contentType: contentTypeOf('pdf') });
}

/** Without a document there is no batch. */
async function close(runId: string, now: Date): Promise<void> {
  if (!(await findBatch(runId))) return;
  let documents = 0;
  const hash = createHash('sha256');
  for await (const line of addressList(runId)) {
    documents += 1;
    hash.update(line);
  }
  const sha256 = hash.digest('hex');
  const body = Readable.from(addressList(runId));
  const key = `${runId}/${ADDRESS_LIST}`;
  await putObjectStream({ bucket: bucketNamed('print'), key, body, sha256, contentType: 'text/csv; charset=utf-8' });
  await closeBatch(runId, documents - 1, sha256, now);
}

/** Beside the PDFs of a batch. */
export const ADDRESS_LIST = 'addresses.csv';

async function* addressList(runId: string): AsyncGenerator<Buffer> {
  yield Buffer.from(csvLine(COLUMNS));
  for await (const entry of printEntries(runId)) yield Buffer.from(csvLine(COLUMNS.map((column) => neutralised(entry[column]))));
}
