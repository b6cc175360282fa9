import { globSync } from 'node:fs';
import type { Command } from 'commander';
import type { LocalCloud } from '../../infra/local/local-cloud.ts';
import type { AccountRecord } from '../billing/account.ts';
import { accountsOfRun } from '../billing/chunk.ts';
import { type RunSummary, summaries } from '../billing/run-summary.ts';
import { businessDayOf } from '../calendars/business-days.ts';
import { CALENDARS, type CalendarCode, isCalendar } from '../calendars/calendars.ts';
import { addMonths, instantOf } from '../calendars/dates.ts';
import { moveClock } from './at.ts';
import { openCloud, openLocalCloud } from './cloud.ts';
import { loadExport } from './load.ts';
import { colors, note, print, printParagraph, printTable } from './output.ts';
import { loginName } from './people.ts';
import { openUp, SAMPLES, showAddresses, untilStopped } from './up.ts';

interface StartOptions {
  readonly data: string;
  readonly exit?: boolean;
}

/** What the sample carrier's last month asks for. */
interface MonthEnd {
  readonly period: string;
  readonly calendars: readonly CalendarCode[];
  /** Each calendar's 07:00 on its third business day, in order. */
  readonly publications: readonly { readonly at: Date; readonly calendars: readonly CalendarCode[] }[];
}

const THIRD = 3;
const FIRST = 'its first invoice waits for the customer';
/** So many emails are looked at for a link to show. */
const LOOKED_AT = 50;
/** Emails follow the publication; by then they are out. */
const DELIVERY_MILLISECONDS = 2 * 3600 * 1000;

/** `carrierpost start`, behind `npm start`: the sample carrier's month-end in a local cloud. */
export function startCommand(program: Command): void {
  program
    .command('start')
    .description('play the month-end of the sample carrier in a local cloud, and stay up to look around')
    .option('--exit', 'end after the month-end; so it does when standard output is no terminal')
    .action(async (_, command: Command) => {
      const { data, exit } = command.optsWithGlobals<StartOptions>();
      const began = performance.now();
      const cloud = await openUp({ data });
      cloud.announce();
      const monthEnd = monthEndOf(SAMPLES);
      await play(cloud, data, monthEnd);
      const well = await summarize(data, monthEnd, (performance.now() - began) / 1000);
      if (!exit && process.stdout.isTTY) {
        showAddresses(cloud);
        const link = await anyLink(data);
        if (link) print(`  a page     ${link}`);
        showCommands(data, monthEnd);
        return untilStopped(cloud);
      }
      await cloud.stop();
      print('The local cloud has stopped. On a terminal, without --exit, it stays up to look around.');
      print(`  again      npx carrierpost up${where(data)}`);
      showCommands(data, monthEnd);
      process.exit(well ? 0 : 1);
    });
}

/** The last period of an export and when each of its calendars publishes. */
export function monthEndOf(folder: string): MonthEnd {
  const files = globSync(`${folder}/billing/*/complete-*.json`);
  const parts = files.map((file) => /billing\/(\d{4}-\d\d)\/complete-(.+)\.json$/.exec(file.replaceAll('\\', '/')) ?? []);
  const period =
    parts
      .map(([, found = '']) => found)
      .sort()
      .at(-1) ?? '';
  const calendars = parts.flatMap(([, found, code = '']) => (found === period && isCalendar(code) ? [code] : [])).sort();
  const moments = Map.groupBy(calendars, (calendar) => publicationOf(calendar, period).getTime());
  const publications = [...moments].sort(([a], [b]) => a - b).map(([at, together]) => ({ at: new Date(at), calendars: together }));
  return { period, calendars, publications };
}

/** Starts where the clock stands, so that a month-end that was interrupted goes on. */
async function play(cloud: LocalCloud, data: string, { period, publications }: MonthEnd): Promise<void> {
  const last = new Date((publications.at(-1)?.at.getTime() ?? 0) + DELIVERY_MILLISECONDS);
  const clock = cloud.simulation.now();
  if (clock.mode === 'set' && clock.now >= last.toISOString()) return;
  if (clock.mode === 'machine') await moveClock({ data }, `${addMonths(period, 1)}-01T00:00:00Z`);
  note(`It is ${cloud.simulation.now().now}. Loading the sample carrier (samples/) ...`);
  await loadExport(await openCloud({ data }), SAMPLES, { wait: true, by: loginName() });
  for (const { at, calendars } of publications) {
    if (cloud.simulation.now().now >= at.toISOString()) continue;
    note(`To ${at.toISOString()}, 07:00 of the third business day: ${calendars.join(', ')} ...`);
    await moveClock({ data }, at.toISOString());
  }
  await moveClock({ data }, last.toISOString());
}

/** Prints what came of the month. Answers whether every calendar's run was published and delivered. */
async function summarize(data: string, { period, calendars }: MonthEnd, seconds: number): Promise<boolean> {
  await openCloud({ data });
  const runs = await Array.fromAsync(summaries(period));
  print(colors.bold(`Month-end of ${period}`));
  const records = await Promise.all(runs.map(({ run }) => Array.fromAsync(accountsOfRun(run.runId))));
  const unmailed = records.map(unmailedOf);
  const rows = runs.map((summary, index) => [...rowOf(summary), unmailed[index]?.length ?? 0]);
  printTable(['calendar', 'state', 'published', 'accounts', 'documents', 'emails', 'parked', 'held', 'no bill', 'skipped'], rows);
  for (const [index, { run, failures }] of runs.entries()) {
    for (const { bcn, reason } of failures) printParagraph(colors.yellow(`  parked   ${run.calendar} ${bcn}: ${reason}`), 11);
    for (const { bcn } of (records[index] ?? []).filter(({ state }) => state === 'held'))
      printParagraph(colors.yellow(`  held     ${run.calendar} ${bcn}: ${FIRST}; \`carrierpost review show ${bcn}\``), 11);
    for (const { bcn, reason } of unmailed[index] ?? []) printParagraph(colors.yellow(`  skipped  ${run.calendar} ${bcn}: ${reason}`), 11);
  }
  const skipped = runs.reduce((sum, { counts }) => sum + counts.emailsSkipped, 0);
  if (skipped > 0) print(`  ${skipped} emails were skipped: their contacts do not want them, or cannot be written to.`);
  print(`Done in ${Math.round(seconds)} seconds.`);
  const delivered = new Set(runs.filter(({ state }) => state === 'delivered').map(({ run }) => run.calendar));
  const missing = calendars.filter((calendar) => !delivered.has(calendar));
  if (missing.length > 0) note(colors.red(`Not delivered: ${missing.join(', ')}`));
  return missing.length === 0;
}

function rowOf({ run, state, counts }: RunSummary): (string | number)[] {
  const { accounts, documents, emailsSent, parked, held, withoutBill } = counts;
  return [run.calendar, state, run.publishedAt ?? '', accounts, documents, emailsSent, parked, held, withoutBill];
}

/** Accounts whose documents are published but were mailed to nobody, each with its reason. */
function unmailedOf(records: readonly AccountRecord[]): { bcn: string; reason: string }[] {
  return records.flatMap(({ bcn, state, delivery }) =>
    state !== 'parked' && state !== 'held' && delivery?.skipped ? [{ bcn, reason: delivery.skipped }] : [],
  );
}

/** Where to look. */
function showCommands(data: string, { period }: MonthEnd): void {
  print(`  runs       npx carrierpost runs ${period}${where(data)}`);
  print(`  an account npx carrierpost documents BCN ${period}${where(data)}`);
}

function where(data: string): string {
  return data === '.carrierpost' ? '' : ` --data ${data}`;
}

/** One customer's page as an email links to it. */
async function anyLink(data: string): Promise<string | undefined> {
  const { local } = await openLocalCloud({ data });
  for (const { mail } of await local.ask<{ mail: { id: string } }[]>(`/mail?after=0&limit=${LOOKED_AT}`)) {
    const { raw } = await local.ask<{ raw: string }>(`/mail/${mail.id}`);
    const text = Buffer.from(raw, 'base64')
      .toString('latin1')
      .replace(/=\r?\n/g, '')
      .replaceAll('=3D', '=');
    const found = text.match(/http:\/\/127\.0\.0\.1:\d+\/d\/[\w.~-]+/)?.[0];
    if (found) return found;
  }
  return undefined;
}

function publicationOf(calendar: CalendarCode, period: string): Date {
  return instantOf(businessDayOf(calendar, addMonths(period, 1), THIRD), '07:00', CALENDARS[calendar].timeZone);
}
