import { Readable } from 'node:stream';
import { bucketNamed, queueUrlOf } from '../aws/environment.ts';
import { putObjectStream } from '../aws/objects.ts';
import { sendEvents } from '../aws/queues.ts';
import { publishedInstants } from '../documents/publications.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { accountsOfRun } from './chunk.ts';
import { numbersOfSeries, seriesOfEntity } from './numbers.ts';
import { issuedLine, SERIES_HEADER, seriesLine } from './register-line.ts';
import type { Run } from './run.ts';
import { getRun } from './run-store.ts';

/**
 * Writes what a publication issued into the register, for the carrier's ledger, and asks for the files of the number
 * series that it took from. The same run always writes the same bytes.
 */
export async function recordPublication(runId: string, now: Date): Promise<void> {
  const run = await getRun(runId);
  const { period, calendar, sequence } = run;
  const entities = new Set<string>();
  const lines = issuedLines(run, entities);
  const first = await lines.next();
  // A month says that it issued nothing; a late batch that only drafted has nothing to say.
  if (!first.done || sequence === 1)
    await putObjectStream({
      bucket: bucketNamed('register'),
      key: `issued/${period}/${calendar}-${sequence}.jsonl`,
      body: Readable.from(first.done ? [] : after(first.value, lines)),
      contentType: 'application/jsonl',
    });
  const year = run.issueDate.slice(0, 4);
  const series = await Promise.all([...entities].map(async (id) => (await seriesOfEntity(id, year)).map((name) => [id, name] as const)));
  await sendEvents(
    queueUrlOf('ledger.fifo'),
    series.flat().map(([legalEntityId, name]) => {
      const event = ownEvent('billing.series.record', `${runId}/${name}`, { legalEntityId, series: name }, now);
      return { event, group: legalEntityId, deduplicationId: event.id };
    }),
  );
}

/** Writes a number series for the auditor: every number with its document, or its reason in the void register. */
export async function recordSeries(series: string): Promise<void> {
  const body = Readable.from(seriesLines(series));
  await putObjectStream({ bucket: bucketNamed('register'), key: `series/${series}.csv`, body, contentType: 'text/csv; charset=utf-8' });
}

async function* after(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* issuedLines(run: Run, entities: Set<string>): AsyncGenerator<Buffer> {
  for await (const { legalEntityId, bills, documents } of accountsOfRun(run.runId)) {
    entities.add(legalEntityId);
    const hashes = new Map(documents.map(({ documentId, sha256 }) => [documentId, sha256]));
    for (const { facts, documentId } of bills) {
      if (facts) yield Buffer.from(issuedLine(facts, hashes.get(documentId ?? '') ?? '', run.publishedAt ?? ''));
    }
  }
}

async function* seriesLines(series: string): AsyncGenerator<Buffer> {
  yield Buffer.from(SERIES_HEADER);
  const published = new Map<string, boolean>();
  for await (const record of numbersOfSeries(series)) {
    const known = published.get(record.runId) ?? (await publishedInstants([record.runId])).has(record.runId);
    published.set(record.runId, known);
    yield Buffer.from(seriesLine(record, known));
  }
}
