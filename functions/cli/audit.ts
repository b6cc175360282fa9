import type { Command } from 'commander';
import { ACTS, type ActRecord, type Values } from '../audit/human-act.ts';
import { describeSubject } from '../audit/subject.ts';
import { type Asked, doerName, isPlace, trailPage } from '../audit/trail.ts';
import { now } from '../aws/clock.ts';
import { isDate } from '../calendars/dates.ts';
import { auditExportCommand, auditVerifyCommand } from './audit-export.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { colors, note, print, printJson, printParagraph, UsageError } from './output.ts';

type Options = CloudOptions & { readonly json: boolean };

interface ListOptions extends Options {
  readonly day?: string;
  readonly subject?: string;
  readonly by?: string;
  readonly after?: string;
  readonly limit: string;
}

const MOST = 1000;

const LESSON = `
Every act of a person, on the command line, in the console and on customers' pages: who, what, why, before
and after. Nothing of it is ever changed or removed.

A subject is an id: a customer, an account, a contact (100201/K100201-2), a month (2026-10, 2026-10.DE),
a run (2026-10.DE.1), works, a message, a task, a queue, a brake (mail-invoice, mail-everything).

  carrierpost audit list --day 2026-11-05
  carrierpost audit list --subject B10020101
  carrierpost audit list --by "Jane Clerk"
  carrierpost audit export ./evidence --from 2026-11-01 --to 2026-11-30
  carrierpost audit export ./evidence --period 2026-10 --calendar DE
  carrierpost audit verify ./evidence`;

/** `audit list|export|verify`: who did what, and the evidence of it. */
export function auditCommand(program: Command): void {
  const audit = program.command('audit').description('who did what, when and why, and the evidence of it').addHelpText('after', LESSON);
  audit
    .command('list')
    .description('acts of people; of today when nothing else is asked for')
    .option('--day <DATE>', 'of a day, as UTC has it')
    .option('--subject <ID>', 'about a customer, an account, a run, a message ...; the newest first')
    .option('--by <NAME>', 'of a person; the newest first')
    .option('--limit <N>', `at most so many, up to ${MOST}`, '50')
    .option('--after <PLACE>', 'go on where the page before ended')
    .action(async (_: unknown, command: Command) => list(command.optsWithGlobals<ListOptions>()));
  auditExportCommand(audit);
  auditVerifyCommand(audit);
}

async function list({ day, subject, by, after, limit: most, json, ...options }: ListOptions): Promise<void> {
  if (day !== undefined && subject !== undefined) throw new UsageError('--day and --subject: one of the two is expected');
  if (day !== undefined && !isDate(day)) throw new UsageError(`--day is ${JSON.stringify(day)}: a date such as 2026-11-05 is expected`);
  const limit = Number(most);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new UsageError(`--limit is ${most}: a whole number from 1 to ${MOST} is expected`);
  if (after !== undefined && !isPlace(after))
    throw new UsageError(`--after is ${JSON.stringify(after)}: what the page before told is expected`);
  await openCloud(options);
  const asked = askedFor(day, subject, by);
  const page = await trailPage(asked, { limit, after, newestFirst: !('day' in asked) });
  // Of a day or a subject the acts of one person: the index of persons has them all, this page those among its own.
  const acts = by === undefined || 'doer' in asked ? page.acts : page.acts.filter((act) => doerName(act.by) === doerName(by));
  if (json) return printJson({ acts, after: page.after ?? null });
  if (acts.length === 0) print(page.after === undefined ? 'Nobody did anything there.' : 'None on this page.');
  for (const act of acts) printAct(act);
  if (page.after !== undefined) note(`There is more: add --after ${JSON.stringify(page.after)}`);
}

function askedFor(day: string | undefined, subject: string | undefined, by: string | undefined): Asked {
  if (subject !== undefined) return { subject };
  if (day === undefined && by !== undefined) return { doer: doerName(by) };
  return { day: day ?? now().toISOString().slice(0, 10) };
}

function printAct({ at, by, from, approvedBy, what, reason, subject, before, after, ledTo }: ActRecord): void {
  const second = approvedBy === undefined ? '' : `, approved by ${approvedBy}`;
  print(`${colors.dim(at)}  ${colors.bold(by)} ${ACTS[what]} ${colors.dim(`(${what}, ${from}${second})`)}`);
  const about = describeSubject(subject);
  if (about !== '') print(`  about   ${about}`);
  if (reason) printParagraph(`  reason  ${reason}`, 10);
  if (before) print(`  before  ${valuesOf(before)}`);
  if (after) print(`  after   ${valuesOf(after)}`);
  if (ledTo) print(`  led to  ${ledTo}`);
}

function valuesOf(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
