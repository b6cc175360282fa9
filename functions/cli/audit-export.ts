import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { type ChainVerdict, chained, verify } from '../audit/chain.ts';
import { trail } from '../audit/trail.ts';
import { now } from '../aws/clock.ts';
import { evidenceOfRun } from '../billing/evidence.ts';
import { listRuns } from '../billing/run-store.ts';
import { isCalendar } from '../calendars/calendars.ts';
import { addDays, isDate, isPeriod } from '../calendars/dates.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { colors, Failed, type Progress, print, printJson, progressBar, UsageError } from './output.ts';

type Options = CloudOptions & { readonly json: boolean };

interface ExportOptions extends Options {
  readonly from?: string;
  readonly to?: string;
  readonly period?: string;
  readonly calendar?: string;
}

const LANDED_AFTER = 3_600_000;

/** A file of evidence as it was written. */
interface Written {
  readonly file: string;
  readonly lines: number;
  readonly complete: boolean;
  readonly chain: string;
}

/** `audit export DIR`: acts by day, and what became of every document and email of a publication. */
export function auditExportCommand(audit: Command): void {
  audit
    .command('export')
    .description('write acts by day, or the documents and emails of a month with their histories, as JSON Lines')
    .argument('<DIR>', 'where the files go')
    .option('--from <DATE>', 'the first day, as UTC has it')
    .option('--to <DATE>', 'the last day')
    .option('--period <PERIOD>', 'a month such as 2026-10: its documents and emails')
    .option('--calendar <CODE>', 'the billing calendar of the month')
    .action(async (folder: string, _: unknown, command: Command) => exportTo(folder, command.optsWithGlobals<ExportOptions>()));
}

/** `audit verify DIR`: whether the files are as they were written. */
export function auditVerifyCommand(audit: Command): void {
  audit
    .command('verify')
    .description('whether exported files are as they were written: nothing changed, removed, added or cut off')
    .argument('<DIR>', 'what was exported')
    .action(async (folder: string, _: unknown, command: Command) => verifyAll(folder, command.optsWithGlobals<Options>().json));
}

async function exportTo(folder: string, { from, to, period, calendar, json, ...options }: ExportOptions): Promise<void> {
  const days = from === undefined && to === undefined ? [] : daysBetween(from, to);
  if ((period === undefined) !== (calendar === undefined)) throw new UsageError('--period and --calendar belong together');
  if (days.length === 0 && period === undefined) throw new UsageError('--from and --to, or --period and --calendar are expected');
  if (period !== undefined && !isPeriod(period))
    throw new UsageError(`--period is ${JSON.stringify(period)}: a month such as 2026-10 is expected`);
  if (calendar !== undefined && !isCalendar(calendar))
    throw new UsageError(`--calendar is ${JSON.stringify(calendar)}: a billing calendar is expected`);
  await openCloud(options);
  await mkdir(folder, { recursive: true });
  const written = [...(await exportDays(folder, days)), ...(period && calendar ? await exportRuns(folder, period, calendar) : [])];
  if (json) return printJson(written);
  for (const { file, lines, complete, chain } of written)
    print(`${file}  ${lines} lines${complete ? '' : ', more may come'}, chain ${chain}`);
  print(`Note the chains elsewhere: \`carrierpost audit verify ${folder}\` shows them again, and whether a line is missing.`);
}

async function exportDays(folder: string, days: readonly string[]): Promise<Written[]> {
  const bar = progressBar('days', days.length);
  const written: Written[] = [];
  for (const [index, day] of days.entries()) {
    bar.update(index, days.length, day);
    written.push(await writeFile(folder, `acts-${day}.jsonl`, trail({ day }), isOver(day)));
  }
  bar.stop();
  return written;
}

/** Writes of its last moment have landed long since. */
function isOver(day: string): boolean {
  return day < new Date(now().getTime() - LANDED_AFTER).toISOString().slice(0, 10);
}

async function exportRuns(folder: string, period: string, calendar: string): Promise<Written[]> {
  const runs = await Array.fromAsync(listRuns(period, calendar));
  if (runs.length === 0) throw new Failed(`There is no bill run of ${period} for ${calendar}.`);
  const written: Written[] = [];
  for (const run of runs) {
    const bar = progressBar(run.runId, 1);
    const entries = counted(evidenceOfRun(run.runId), bar);
    // Bounces and payments may come later: such a file is never the last word.
    written.push(await writeFile(folder, `run-${run.runId}.jsonl`, entries, false));
    bar.stop();
  }
  return written;
}

async function* counted<T>(entries: AsyncIterable<T>, bar: Progress): AsyncGenerator<T> {
  let done = 0;
  for await (const entry of entries) {
    done += 1;
    bar.update(done, done);
    yield entry;
  }
}

/** Written beside its place and moved there: a file that is there is whole. */
async function writeFile(folder: string, file: string, entries: AsyncIterable<object>, complete: boolean): Promise<Written> {
  const path = join(folder, file);
  await pipeline(Readable.from(chained(file, entries, complete)), createWriteStream(`${path}.part`));
  await rename(`${path}.part`, path);
  const verdict = await look(folder, file);
  if (!verdict.intact) throw new Failed(`${file} could not be written: line ${verdict.line}, ${verdict.reason}`);
  const { lines, chain } = verdict;
  return { file, lines, complete, chain };
}

async function verifyAll(folder: string, json: boolean): Promise<void> {
  const names = await readdir(folder).catch((error: Error) => {
    throw new UsageError(`${folder} cannot be read: ${error.message}`);
  });
  const files = names.filter((name) => /^(acts|run)-.*\.jsonl$/.test(name)).sort();
  if (files.length === 0) throw new UsageError(`${folder} holds nothing that \`carrierpost audit export\` wrote`);
  const verdicts = [];
  for (const file of files) verdicts.push({ file, ...(await look(folder, file)) });
  if (json) printJson(verdicts);
  else for (const verdict of verdicts) print(`${verdict.file}  ${wordsOf(verdict)}`);
  const broken = verdicts.filter(({ intact }) => !intact).length;
  if (broken > 0) throw new Failed(`${broken} of ${files.length} files are not as they were written.`);
}

function wordsOf(verdict: ChainVerdict): string {
  if (!verdict.intact) return colors.red(`line ${verdict.line}: ${verdict.reason}`);
  return `intact, ${verdict.lines} lines${verdict.complete ? '' : ', more may have come later'}, chain ${verdict.chain}`;
}

function look(folder: string, file: string): Promise<ChainVerdict> {
  return verify(file, createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Number.POSITIVE_INFINITY }));
}

function daysBetween(from: string | undefined, to: string | undefined): string[] {
  if (from === undefined || to === undefined || !isDate(from) || !isDate(to) || from > to)
    throw new UsageError(
      `--from is ${from}, --to is ${to}: two dates such as 2026-11-05, the first one not after the second, are expected`,
    );
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
