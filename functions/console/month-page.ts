import { glancesOf, type RunGlance } from '../billing/month-at-a-glance.ts';
import { newestPeriod, runPage } from '../billing/run-store.ts';
import { addMonths, isPeriod } from '../calendars/dates.ts';
import { type Html, html } from '../pages/html.ts';
import { isAwaited } from './awaited.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { afterIn, moreLink } from './paging.ts';
import { accountTable, mailTable } from './run-tables.ts';
import { isMoving, monthName } from './run-words.ts';

const LOOKS_AGAIN_SECONDS = 10;

/** The month at a glance: every run of a period, what it made of its accounts, and what became of its emails. */
export async function monthPage({ query, now }: ConsoleRequest): Promise<ConsolePage> {
  const asked = query.period;
  const period = asked !== undefined && isPeriod(asked) ? asked : ((await newestPeriod()) ?? addMonths(now.toISOString().slice(0, 7), -1));
  const { runs, next } = await runPage(period, { after: afterIn(query) });
  const glances = await glancesOf(runs);
  return {
    title: monthName(period),
    body: [monthMoves(period), ...(glances.length === 0 ? [nothing(period)] : tables(glances)), moreLink('/', query, next)],
    refresh: isAwaited(query, runs, now) || glances.some(({ state }) => isMoving(state)) ? LOOKS_AGAIN_SECONDS : undefined,
  };
}

function tables(glances: readonly RunGlance[]): Html[] {
  const waiting = glances.filter(({ state }) => state === 'awaiting-release').length;
  const note =
    waiting > 0 ? html`<p class="warn">${waiting === 1 ? '1 run waits' : `${waiting} runs wait`} for somebody to release it.</p>` : html``;
  return [note, accountTable(glances), mailTable(glances)];
}

function monthMoves(period: string): Html {
  const [before, after] = [addMonths(period, -1), addMonths(period, 1)];
  return html`<nav class="moves" aria-label="Months"><a href="/?period=${before}" rel="prev">${monthName(before)}</a><a href="/?period=${after}" rel="next">${monthName(after)}</a></nav>`;
}

function nothing(period: string): Html {
  return html`<p>There is no bill run of ${monthName(period)} yet. A run begins when its calendar's bills arrive, or on the morning of the third business day.</p>`;
}
