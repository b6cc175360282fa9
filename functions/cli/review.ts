import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { PermanentError } from '../events/failure.ts';
import type { Outcome } from '../first-invoice/act.ts';
import { reject, release, reviewMeant } from '../first-invoice/answer.ts';
import { giveMoreTime } from '../first-invoice/give-more-time.ts';
import { nameOf, type Review } from '../first-invoice/review.ts';
import { checkReportOf, dueText, historyText, minute, waitingBehind } from '../first-invoice/review-report.ts';
import { historyOf, openReviews } from '../first-invoice/review-store.ts';
import { isOpen } from '../first-invoice/states.ts';
import { reportText } from '../invoice-checks/report.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { colors, Failed, print, printJson, printParagraph, printTable } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };
type ActOptions = Options & Act & { readonly wait: boolean; readonly until?: string };

const LESSON = `
A first invoice takes no number until the customer has confirmed its draft, or a named person answers for it:
  carrierpost review list
  carrierpost review show B10020101
  carrierpost review release B10020101 --reason "confirmed by phone"
  carrierpost review extend B10020101 --until 2026-11-20 --reason "their accountant is on leave"
  carrierpost review reject B10020101 --reason "the contract was cancelled"`;

const ACTS = {
  release: { about: 'let billing issue the draft as it is', act: release, done: 'is released: billing issues it' },
  reject: { about: 'this draft is not issued: only new data goes on', act: reject, done: 'is rejected: it waits for corrected data' },
} as const;

/** `review list|show|release|extend|reject`: first invoices that billing holds. */
export function reviewCommand(program: Command): void {
  const review = program
    .command('review')
    .description('first invoices on hold: what waits for whom, and the word of a person')
    .addHelpText('after', LESSON);
  review
    .command('list')
    .description('what is not issued yet; where something is due first stands first')
    .action(async (_: unknown, command: Command) => list(command.optsWithGlobals<Options>()));
  withAccount(review.command('show').description('one first invoice, with everything that happened to it')).action(
    async (bcn: string, period: string | undefined, _: unknown, command: Command) => show(bcn, period, command.optsWithGlobals<Options>()),
  );
  for (const [name, { about, act, done }] of Object.entries(ACTS)) {
    personAct(review, name, about, done, (meant, options) => act(meant, options, now()));
  }
  const words = 'has more time';
  personAct(review, 'extend', 'give the customer more time', words, async (meant, options) => {
    return giveMoreTime(meant, options, options.until, now());
  }).option('--until <DATE>', 'the last day; five business days from now when missing');
}

function withAccount(command: Command): Command {
  return command.argument('<BCN>', 'the billing account').argument('[PERIOD]', 'a month such as 2026-10; else the one that is open');
}

function personAct(
  review: Command,
  name: string,
  about: string,
  done: string,
  act: (review: Review, options: ActOptions) => Promise<Outcome>,
): Command {
  const command = withAccount(review.command(name).description(about)).option('--no-wait', 'do not wait until the local cloud is idle');
  return actOptions(command).action(async (bcn: string, period: string | undefined, _: unknown, self: Command) => {
    const options = self.optsWithGlobals<ActOptions>();
    const cloud = await openCloud(options);
    const outcome = await spoken(async () => act(await reviewMeant(bcn, period), options));
    if (options.wait) await waitUntilIdle(cloud);
    if (options.json) printJson(jsonOf(outcome.review));
    else if (outcome.kind === 'already')
      print(`The first invoice of ${bcn} is ${outcome.review.state} already${bySomebody(outcome.review)}.`);
    else print(`The first invoice of ${bcn}, ${outcome.review.period}, ${done}.`);
  });
}

async function list({ json, ...options }: Options): Promise<void> {
  await openCloud(options);
  const reviews = await Array.fromAsync(openReviews());
  const behind = await Promise.all(reviews.map(waitingBehind));
  if (json) printJson(reviews.map((review, index) => ({ ...jsonOf(review), behind: behind[index] })));
  else if (reviews.length === 0) print('No first invoice is on hold.');
  else {
    printTable(
      ['BCN', 'period', 'draft', 'state', 'next', 'issue by'],
      reviews.map((review) => {
        const { bcn, period, version, state, deadlines } = review;
        return [bcn, period, version, state, dueText(review).slice(0, -TIME.length), deadlines.issueBy ?? ''];
      }),
    );
    for (const [index, { bcn, period }] of reviews.entries()) printBehind(`${bcn} ${period}: `, behind[index] ?? []);
  }
}

function printBehind(before: string, periods: readonly string[]): void {
  if (periods.length > 0) print(`${before}${periods.join(', ')} ${periods.length === 1 ? 'waits' : 'wait'} behind it, without a number`);
}

async function show(bcn: string, period: string | undefined, { json, ...options }: Options): Promise<void> {
  await openCloud(options);
  const review = await spoken(() => reviewMeant(bcn, period));
  const history = await historyOf(review.bcn, review.period);
  const report = await checkReportOf(review);
  const behind = await waitingBehind(review);
  if (json) return printJson({ ...jsonOf(review), behind, report, history });
  const { state, version, ocn, draftedAt, deadlines, fault, numbers, taskId } = review;
  print(colors.bold(`${bcn} ${review.period}, version ${version}: ${state}`));
  print(`  customer ${ocn}, drafted ${minute(draftedAt)}`);
  print(
    `  next: ${dueText(review) || 'nothing by itself'}${deadlines.issueBy && isOpen(state) ? `; to be issued by ${deadlines.issueBy}` : ''}`,
  );
  printBehind('  ', behind);
  if (fault) printParagraph(`  ${colors.red(fault)}`, 4);
  if (taskId) print(`  task ${taskId}`);
  if (numbers) print(`  issued as ${numbers.join(', ')}`);
  for (const line of history) printParagraph(`  ${minute(line.at)} ${historyText(line)}`, 4);
  print();
  for (const line of reportText(report)) printParagraph(line, 10);
}

function jsonOf(review: Review) {
  const { bcn, ocn, period, version, state, draftedAt, checks, deadlines, answer, numbers, fault, taskId } = review;
  return {
    ...{ bcn, ocn, period, version, state, draftedAt, checks, deadlines },
    ...{ answer: answer ?? null, numbers: numbers ?? [], fault: fault ?? null, task: taskId ?? null },
  };
}

const TIME = 'T00:00Z';

function bySomebody({ answer }: Review): string {
  return answer ? `, by ${nameOf(answer.actor)} at ${answer.at}` : '';
}

/** What the rules do not allow did not work. */
async function spoken<T>(act: () => Promise<T>): Promise<T> {
  try {
    const done = await act();
    const { kind, reason } = done as Partial<Outcome>;
    if (kind === 'refused' || kind === 'void') throw new Failed(reason ?? 'A newer draft came meanwhile: look at it first.');
    return done;
  } catch (error) {
    if (error instanceof PermanentError) throw new Failed(error.message);
    throw error;
  }
}
