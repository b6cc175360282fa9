import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { bucketNamed } from '../aws/environment.ts';
import { getObject, listObjects } from '../aws/objects.ts';
import { findBatch, handOverBatch, type PrintBatch, printBatches } from '../billing/print-batch.ts';
import { isPeriod } from '../calendars/dates.ts';
import { PermanentError } from '../events/failure.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { Failed, print, printJson, printTable, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

const LESSON = `
Accounts with delivery by post are printed: each publication makes a batch of
its PDFs and a list of addresses. No document is ever in two batches.

  carrierpost print list 2026-10
  carrierpost print fetch 2026-10.DE.1 ./to-the-printer
  carrierpost print hand-over 2026-10.DE.1 --reason "courier to the printer, receipt 4711"`;

/** `print list|fetch|hand-over`: what goes out by post. */
export function printCommand(program: Command): void {
  const batches = program
    .command('print')
    .description('what goes out by post: print batches and their handover')
    .addHelpText('after', LESSON);
  batches
    .command('list')
    .description('print batches, and who handed them over')
    .argument('[PERIOD]', 'a month such as 2026-10; without it all of them')
    .action(async (period: string | undefined, _: unknown, command: Command) => list(period, command.optsWithGlobals<Options>()));
  batches
    .command('fetch')
    .description('copy the PDFs of a batch and its address list into a folder')
    .argument('<PUBLICATION>', 'as `print list` names it')
    .argument('<DIR>', 'where they go')
    .action(async (id: string, folder: string, _: unknown, command: Command) => fetchBatch(id, folder, command.optsWithGlobals<Options>()));
  actOptions(
    batches
      .command('hand-over')
      .description('record that a batch was given to whoever prints it')
      .argument('<PUBLICATION>', 'as `print list` names it'),
  ).action(async (id: string, _: unknown, command: Command) => handOver(id, command.optsWithGlobals<Options & Act>()));
}

async function list(period: string | undefined, { json, ...options }: Options): Promise<void> {
  if (period !== undefined && !isPeriod(period))
    throw new UsageError(`PERIOD is ${JSON.stringify(period)}: a month such as 2026-10 is expected`);
  await openCloud(options);
  const rows = (await Array.fromAsync(printBatches(period))).map(rowOf);
  if (json) return printJson(rows);
  if (rows.length === 0) return print('Nothing goes out by post.');
  printTable(
    ['publication', 'state', 'documents', 'ready', 'handed over', 'by', 'reason'],
    rows.map(({ publication, state, documents, readyAt, handedOver }) => {
      return [publication, state, documents, readyAt ?? '', handedOver?.at ?? '', handedOver?.by ?? '', handedOver?.reason ?? ''];
    }),
  );
}

function rowOf({ publicationId, state, documents, readyAt, handedOver }: PrintBatch) {
  return { publication: publicationId, state, documents, readyAt: readyAt ?? null, handedOver: handedOver ?? null };
}

async function fetchBatch(publicationId: string, folder: string, { json, ...options }: Options): Promise<void> {
  await openCloud(options);
  const batch = await findBatch(publicationId);
  if (!batch || batch.state === 'making')
    throw new Failed(`There is no print batch of ${publicationId} that is ready: see \`carrierpost print list\`.`);
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for await (const { key } of listObjects(bucketNamed('print'), `${publicationId}/`)) {
    const file = key.slice(publicationId.length + 1);
    await writeFile(join(folder, file), (await getObject(bucketNamed('print'), key)) ?? Buffer.alloc(0));
    files.push(file);
  }
  if (json) printJson({ publication: publicationId, files });
  else
    print(
      `${batch.documents} documents and their address list are in ${folder}. \`carrierpost print hand-over ${publicationId}\` records that they left.`,
    );
}

async function handOver(publicationId: string, { by, reason, json, ...options }: Options & Act): Promise<void> {
  await openCloud(options);
  try {
    const batch = await handOverBatch(publicationId, by, reason, now());
    if (json) printJson(rowOf(batch));
    else print(`${batch.documents} documents of ${publicationId} are handed over.`);
  } catch (error) {
    throw error instanceof PermanentError ? new Failed(error.message) : error;
  }
}
