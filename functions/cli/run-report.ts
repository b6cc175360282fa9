import type { Command } from 'commander';
import { storedReport } from '../billing/control-report.ts';
import type { ControlReport } from '../billing/control-verdict.ts';
import { runIdOf } from '../billing/run.ts';
import { historyOf } from '../billing/run-store.ts';
import { CALENDARS, isCalendar } from '../calendars/calendars.ts';
import { isPeriod } from '../calendars/dates.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { colors, Failed, print, printJson, printParagraph, printTable, UsageError } from './output.ts';

/** Adds `report PERIOD --calendar CODE` to `runs`. */
export function runReport(runs: Command): void {
  runs
    .command('report')
    .description('the control report of a month: what a person looks at before it is released')
    .argument('<PERIOD>', 'a month such as 2026-10')
    .requiredOption('--calendar <CODE>', 'the billing calendar')
    .action(async (period: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CloudOptions & { json: boolean; calendar: string }>();
      const runId = runIdGiven(period, options.calendar);
      await openCloud(options);
      const report = await storedReport(runId);
      if (!report) throw new Failed(`There is no control report of ${period} for ${options.calendar} yet: the run is not prepared.`);
      if (options.json) printJson(report);
      else printReport(report);
    });
}

/** Adds `history PERIOD --calendar CODE` to `runs`. */
export function runHistory(runs: Command): void {
  runs
    .command('history')
    .description('every change of a month, with the event, schedule or person that caused it')
    .argument('<PERIOD>', 'a month such as 2026-10')
    .requiredOption('--calendar <CODE>', 'the billing calendar')
    .action(async (period: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CloudOptions & { json: boolean; calendar: string }>();
      const runId = runIdGiven(period, options.calendar);
      await openCloud(options);
      const lines = (await Array.fromAsync(historyOf(runId))).map(({ at, from, to, cause }) => ({ at, from, to, cause }));
      if (lines.length === 0) throw new Failed(`There is no bill run of ${period} for ${options.calendar}.`);
      if (options.json) printJson(lines);
      else
        printTable(
          ['at', 'from', 'to', 'cause'],
          lines.map(({ at, from, to, cause }) => [at, from ?? '', to, cause]),
        );
    });
}

/**
 * The id of the month's run that a command line names.
 * @throws UsageError when there is no such period or calendar
 */
export function runIdGiven(period: string, calendar: string): string {
  if (!isPeriod(period)) throw new UsageError(`PERIOD is ${JSON.stringify(period)}: a month such as 2026-10 is expected`);
  if (!isCalendar(calendar))
    throw new UsageError(`--calendar is ${JSON.stringify(calendar)}: one of ${Object.keys(CALENDARS).join(', ')} is expected`);
  return runIdOf(period, calendar, 1);
}

function printReport(report: ControlReport): void {
  const { period, calendar, verdict, reasons, accounts, activeWithoutBill, parked, net, movers, vat, controlTotals } = report;
  print(colors.bold(`Control report ${period} ${calendar}: ${verdict} thresholds`));
  for (const reason of reasons) printParagraph(colors.yellow(`  ${reason}`), 4);
  print(`\nAccounts: ${accounts.billed} billed, ${accounts.withoutBill} without a bill, ${accounts.parked} parked, ${accounts.held} held`);
  section('Active accounts without a bill');
  printParagraph(`  ${activeWithoutBill.join(', ') || 'none'}`, 2);
  section('Parked');
  if (parked.length === 0) print('  none');
  for (const { bcn, reason } of parked) printParagraph(`  ${colors.red(bcn)} ${reason}`, 4);
  section('Net by legal entity and type of line');
  printTable(
    ['  entity', 'line', 'currency', 'now', 'before', 'change %'],
    net.map((line) => [`  ${line.legalEntityId}`, line.lineClass, line.currency, line.now, line.before, line.changePercent ?? '']),
  );
  section('Biggest movers');
  printTable(
    ['  BCN', 'currency', 'now', 'before'],
    movers.map(({ bcn, currency, now, before }) => [`  ${bcn}`, currency, now, before]),
  );
  section('VAT by category');
  printTable(
    ['  category', 'currency', 'base', 'amount'],
    vat.map(({ category, currency, base, amount }) => [`  ${category} %`, currency, base, amount]),
  );
  section("Control totals against the export's");
  printTable(
    ['  currency', 'net', 'exported', 'gross', 'exported', ''],
    controlTotals.map(({ currency, received, exported, equal }) => [
      `  ${currency}`,
      received.net,
      exported?.net ?? '',
      received.gross,
      exported?.gross ?? '',
      equal ? 'equal' : 'different',
    ]),
  );
}

function section(title: string): void {
  print(`\n${title}`);
}
