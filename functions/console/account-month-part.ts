import { type AccountMonth, type AccountRun, accountMonth, lastPeriod } from '../billing/account-month.ts';
import { type MonthAnswer, monthAnswer } from '../billing/month-answer.ts';
import { stateOf } from '../billing/run.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { addMonths, isPeriod, localDate, periodOf } from '../calendars/dates.ts';
import { paymentsOfNumbers } from '../documents/payment-statuses.ts';
import { getReview } from '../first-invoice/review-store.ts';
import { type Html, html } from '../pages/html.ts';
import { tasksOfAccount } from '../tasks/task-lists.ts';
import type { AccountFile } from './account-page.ts';
import type { ConsoleRequest } from './console-page.ts';
import { documentTable } from './document-table.ts';
import { batchOf, paths } from './links.ts';
import { messageTable } from './message-table.ts';
import { type Column, table } from './table.ts';
import { taskTable } from './task-table.ts';
import { link, when } from './words.ts';

/** What became of an account's month: the answer first, then everything that it rests on. */
export async function accountMonthPart({ account: { bcn }, calendar }: AccountFile, { query, person, now }: ConsoleRequest): Promise<Html> {
  const last = lastPeriod(calendar, now);
  const period = query.period !== undefined && isPeriod(query.period) ? query.period : last;
  const month = await accountMonth(bcn, period, calendar);
  const numbers = month.documents.flatMap(({ number }) => number ?? []);
  const [payments, review, tasks] = await Promise.all([
    paymentsOfNumbers(bcn, [...new Set(numbers)]),
    getReview(bcn, period),
    tasksOfAccount(bcn),
  ]);
  const today = periodOf(localDate(now, CALENDARS[calendar].timeZone));
  return html`${monthMoves(bcn, period, today)}<h2>${period}</h2>${answerPart(month, monthAnswer(month))}${person.role === 'act' ? repairs(month) : html``}${cutPart(month)}
<h3>Documents</h3>${documentTable(month.documents, { payments, ofMonths: false, nothing: 'Nothing is prepared of this month.' }, now)}
<h3>Emails about them</h3>${messageTable(month.messages, 'Nobody was written to about this month.')}
<h3>In the bill runs</h3>${runTable(month)}${correctionsPart(month)}
${review ? html`<h3>First invoice</h3><p>Its review is ${link(paths.review(bcn, period), review.state.replaceAll('-', ' '))}.</p>` : html``}
<h3>Tasks</h3>${taskTable(
    tasks.filter(({ state }) => state === 'open'),
    'Nothing is to be done about this account.',
  )}`;
}

function monthMoves(bcn: string, period: string, today: string): Html {
  const later = addMonths(period, 1);
  const next = later < today ? [link(paths.account(bcn, { period: later }), `Later: ${later}`)] : [];
  const before = addMonths(period, -1);
  return html`<nav class="moves" aria-label="Months">${[link(paths.account(bcn, { period: before }), `Earlier: ${before}`), ...next]}</nav>`;
}

function answerPart(month: AccountMonth, answer: MonthAnswer): Html {
  const { standing, sentence, advice } = answer;
  const path = pathOf(month, answer);
  const more = path ? html` ${link(path, 'Look at it')}` : html``;
  const help = advice === undefined ? html`` : html`<p>What helps: ${advice}.</p>`;
  return html`<div class="answer ${standing}"><p><strong>${STANDINGS[standing]}.</strong> ${sentence}${more}</p>${help}</div>`;
}

/** The ways to repair a month, for who may act: each shows what it would do before it does it. */
function repairs({ bcn, period, calendar, corrections }: AccountMonth): Html {
  const correct = corrections.some(({ kind }) => kind === 'changed')
    ? [link(paths.correct({ bcn, period }), 'Correct what was issued')]
    : [];
  const rerun = link(paths.rerun({ period, calendar, bcn }), 'Run this account again');
  return html`<nav class="moves" aria-label="Repairs">${[...correct, rerun]}</nav>`;
}

const STANDINGS: Readonly<Record<MonthAnswer['standing'], string>> = {
  told: 'The customer has it',
  'goes-on': 'On its way',
  'needs-a-person': 'Somebody has to do something',
  nothing: 'Nobody was written to',
};

/** Where a person goes on. */
function pathOf({ bcn, period, calendar, runs }: AccountMonth, { concerns, messageId }: MonthAnswer): string | undefined {
  switch (concerns) {
    case 'run':
      return paths.run(period, calendar);
    case 'parked':
      return paths.parked(period, calendar, batchOf(runs.findLast(({ record }) => record.state === 'parked')?.run.sequence));
    case 'review':
      return paths.review(bcn, period);
    case 'people':
      return paths.account(bcn, { show: 'people' });
    case 'held':
      return messageId && paths.held(messageId);
    case 'tasks':
    case 'message':
      return messageId && paths.message(messageId);
    case undefined:
      return undefined;
  }
}

function cutPart({ isAll }: AccountMonth): Html {
  return isAll
    ? html``
    : html`<p class="quiet">The month has more documents or emails than are shown: all of them stand under Documents and Emails.</p>`;
}

function runTable({ runs, period, calendar }: AccountMonth): Html {
  const columns: Column<AccountRun>[] = [
    { head: 'Run', cell: ({ run }) => link(paths.run(period, calendar, batchOf(run.sequence)), run.runId) },
    { head: 'Run is', cell: ({ run }) => stateOf(run).replaceAll('-', ' ') },
    { head: 'Published', cell: ({ run }) => when(run.publishedAt) },
    { head: 'Account is', cell: ({ record }) => ACCOUNT_WORDS[record.state] },
    { head: 'Reason', cell: ({ run, record }) => record.reason ?? run.request?.reason ?? '' },
  ];
  return table('Bill runs', columns, runs, 'No bill run knows this account.');
}

/** What became of an account in a run. */
const ACCOUNT_WORDS: Readonly<Record<AccountRun['record']['state'], string>> = {
  parked: 'parked',
  'without-bill': 'without a bill',
  held: 'a first invoice, held',
  drafted: 'prepared',
  numbered: 'billed',
};

function correctionsPart({ corrections }: AccountMonth): Html {
  if (corrections.length === 0) return html``;
  const items = corrections.map(({ reason, at }) => html`<li>${reason} (${when(at)})</li>`);
  return html`<h3>Not as it was issued</h3><ul>${items}</ul>`;
}
