import type { Command } from 'commander';
import { type RunSummary, summaries } from '../billing/run-summary.ts';
import { isPeriod } from '../calendars/dates.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { colors, print, printJson, printParagraph, printTable, UsageError } from './output.ts';
import { runBrakeCommands } from './run-brakes.ts';
import { runHistory, runReport } from './run-report.ts';

type Options = CloudOptions & { readonly json: boolean };

const LESSON = `
States: waiting-for-input, planning, preparing, awaiting-release (the control
report is beyond its thresholds), ready, held, stopped, published, delivering,
delivered. A late batch is waiting-for-its-turn while an earlier run about some
of its accounts has not handed its emails over.

  carrierpost runs 2026-10
  carrierpost runs report 2026-10 --calendar DE
  carrierpost runs hold 2026-10 --calendar DE --reason "wrong DSL tariff"
  carrierpost runs release 2026-10 --calendar DE --reason "figures are right"
  carrierpost runs stop 2026-10 --calendar DE --reason "wrong bank details"
  carrierpost runs resume 2026-10 --calendar DE --reason "corrected"`;

/** More would hide the failures above them. */
const MOST_WARNINGS = 20;

/** `runs [PERIOD]` with `report`, `history`, `hold`, `release`, `stop`, `resume`. */
export function runsCommand(program: Command): void {
  const runs = program
    .command('runs')
    .description('bill runs: how far they are, what failed, how long each stage took')
    .argument('[PERIOD]', 'a month such as 2026-10; without it all of them')
    .addHelpText('after', LESSON)
    .action(async (period: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (period !== undefined && !isPeriod(period))
        throw new UsageError(`PERIOD is ${JSON.stringify(period)}: a month such as 2026-10 is expected`);
      await openCloud(options);
      const found = await Array.fromAsync(summaries(period));
      if (options.json) printJson(found.map(jsonOf));
      else if (found.length === 0) print(period ? `There is no bill run of ${period} yet.` : 'There is no bill run yet.');
      else for (const summary of found) printRun(summary);
    });
  runReport(runs);
  runHistory(runs);
  runBrakeCommands(runs);
}

function jsonOf({ run: { period, calendar, publishedAt }, state, counts, failures, warnings }: RunSummary) {
  return { period, calendar, state, counts, publishedAt: publishedAt ?? null, failures, warnings };
}

function printRun({ run, state, counts, failures, warnings, took, work }: RunSummary): void {
  const batch = run.sequence > 1 ? `, late batch ${run.sequence} (${run.request?.reason ?? ''})` : '';
  print(colors.bold(`${run.period} ${run.calendar}${batch}: ${state}`));
  if (run.brake) printParagraph(`  ${run.brake.kind} by ${run.brake.by} at ${run.brake.at}: ${run.brake.reason}`, 4);
  if (run.publishedAt) print(`  published ${run.publishedAt}${run.lateSince ? ', late' : ''}, issue date ${run.issueDate}`);
  else print(`  due ${run.publishFrom}`);
  const always = [
    ['accounts', counts.accounts],
    ['billed', counts.billed],
    ['documents', counts.documents],
    ['emails sent', counts.emailsSent],
  ] as const;
  const exceptions = [
    ['without a bill', counts.withoutBill],
    ['parked', counts.parked],
    ['first invoices held', counts.held],
    ['emails waiting', counts.emailsWaiting],
    ['emails held', counts.emailsHeld],
    ['emails not delivered', counts.emailsNotDelivered],
    ['emails skipped', counts.emailsSkipped],
    ['emails in doubt', counts.emailsInDoubt],
  ] as const;
  printTable(
    ['  state', 'count'],
    [...always, ...exceptions.filter(([, count]) => count > 0)].map(([name, count]) => [`  ${name}`, count]),
  );
  printParagraph(`  took ${secondsOf(took)}`, 4);
  printParagraph(`  worked, all workers together: ${secondsOf(work)}`, 4);
  for (const { bcn, reason } of failures) printParagraph(`  ${colors.red(bcn)} ${reason}`, 4);
  for (const { bcn, reason } of warnings.slice(0, MOST_WARNINGS)) printParagraph(`  ${colors.yellow(bcn)} ${reason}`, 4);
  if (warnings.length > MOST_WARNINGS) print(`  and ${warnings.length - MOST_WARNINGS} more accounts with warnings: --json lists all`);
  print();
}

/** `planning 0.6 s, preparing 3.6 s`. */
function secondsOf(durations: Readonly<Record<string, number>>): string {
  return Object.entries(durations)
    .map(([name, milliseconds]) => `${name} ${(milliseconds / 1000).toFixed(1)} s`)
    .join(', ');
}
