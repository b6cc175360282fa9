import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { isWeek, weekOf } from '../calendars/iso-week.ts';
import { type KindReport, weeklyReport } from '../messages/report.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { print, printJson, printTable, UsageError } from './output.ts';

type Options = CloudOptions & { readonly json: boolean };

/** Adds `report [WEEK]` to `mail`. */
export function mailReportCommand(mail: Command): void {
  mail
    .command('report')
    .description('what became of the emails of a week, by kind: sent, held and skipped by reason, put off, in doubt')
    .argument('[WEEK]', 'an ISO week such as 2026-W45 (UTC); without it the current one')
    .action(async (week: string | undefined, _: unknown, command: Command) => report(week, command.optsWithGlobals<Options>()));
}

async function report(asked: string | undefined, { json, ...options }: Options): Promise<void> {
  if (asked !== undefined && !isWeek(asked))
    throw new UsageError(`WEEK is ${JSON.stringify(asked)}: an ISO week such as 2026-W45 is expected`);
  await openCloud(options);
  const week = asked ?? weekOf(now().toISOString().slice(0, 10));
  const kinds = await weeklyReport(week);
  if (json) return printJson({ week, kinds });
  if (kinds.length === 0) return print(`No email was made in ${week}.`);
  printTable(
    ['kind', 'emails', 'sent', 'waiting', 'put off', 'in doubt', 'let go'],
    kinds.map(({ kind, messages, sent, waiting, deferred, inDoubt, released }) => [
      kind,
      messages,
      sent,
      waiting,
      deferred,
      inDoubt,
      released,
    ]),
  );
  printReasons('held for', kinds, ({ heldBy }) => heldBy);
  printReasons('skipped because', kinds, ({ skippedBy }) => skippedBy);
}

function printReasons(what: string, kinds: readonly KindReport[], reasonsOf: (kind: KindReport) => Record<string, number>): void {
  const rows = kinds.flatMap((each) => Object.entries(reasonsOf(each)).map(([reason, n]) => [each.kind, n, reason] as const));
  if (rows.length === 0) return;
  print();
  printTable(
    ['kind', 'emails', what],
    [...rows].sort((a, b) => b[1] - a[1]),
  );
}
