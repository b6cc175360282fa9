import { glancesOf, type RunGlance } from '../billing/month-at-a-glance.ts';
import { type Run, runIdOf } from '../billing/run.ts';
import { findRun, latestHistory, type RunHistoryLine, runPage as runsOf } from '../billing/run-store.ts';
import { CALENDARS, type CalendarCode, isCalendar } from '../calendars/calendars.ts';
import { isPeriod } from '../calendars/dates.ts';
import { type Html, html } from '../pages/html.ts';
import { isAwaited } from './awaited.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { grouped, instantText, localText } from './figures.ts';
import { csrfField, reasonField } from './forms.ts';
import { afterIn, moreLink } from './paging.ts';
import { brakesOf } from './run-brakes.ts';
import { accountTable, mailTable } from './run-tables.ts';
import { isMoving, monthName, stateLabel, stateWords } from './run-words.ts';

const LOOKS_AGAIN_SECONDS = 5;

/** A bill run: how far it is, its numbers, what somebody may do about it, and everything that happened to it. */
export async function runPage(request: ConsoleRequest): Promise<ConsolePage> {
  const { period = '', calendar = '' } = request.parameters;
  if (!isPeriod(period) || !isCalendar(calendar))
    return { status: 404, title: 'No such run', body: html`<p>There is no such month or calendar.</p>` };
  const batch = Number(/^\d{1,4}$/.exec(request.query.batch ?? '')?.[0] ?? 1);
  const run = await findRun(runIdOf(period, calendar, batch));
  const title = `${CALENDARS[calendar].name}, ${monthName(period)}${batch > 1 ? `, late batch ${batch}` : ''}`;
  if (!run) return notBegun(title, period, calendar, batch, request);
  const { runs, next } = await runsOf(period, { calendar, after: afterIn(request.query) });
  const glances = await glancesOf([run, ...runs.filter(({ sequence }) => sequence !== batch)].slice(0, 50));
  const [own, ...others] = glances;
  const history = await latestHistory(run.runId);
  const isLive = isAwaited(request.query, runs, request.now) || glances.some(({ state }) => isMoving(state));
  return {
    title,
    body: [
      html`<p class="moves"><a href="/?period=${period}">${monthName(period)}, all calendars</a><a href="/parked/${period}/${calendar}${batch > 1 ? `?batch=${batch}` : ''}">Parked accounts</a></p>`,
      facts(own as RunGlance),
      accountTable([own as RunGlance]),
      mailTable(glances),
      brakes(run, request),
      otherRuns(others, batch),
      moreLink(`/runs/${period}/${calendar}`, request.query, next),
      historyTable(history),
    ],
    refresh: isLive ? LOOKS_AGAIN_SECONDS : undefined,
  };
}

function facts({ run, state }: RunGlance): Html {
  const { brake, released, request, control } = run;
  const said = (by: string, reason: string, at: string) => html`${by}, ${instantText(at)}: ${reason}`;
  const rows: (readonly [string, Html])[] = [
    ['State', stateLabel(state)],
    [
      run.publishedAt ? 'Published' : 'Due',
      html`${localText(run.publishedAt ?? run.publishFrom, CALENDARS[run.calendar].timeZone)} local time${run.lateSince ? ', late' : ''}`,
    ],
    ['Date on the invoices', html`${run.issueDate}`],
    ...(brake ? [[brake.kind === 'hold' ? 'Held by' : 'Stopped by', said(brake.by, brake.reason, brake.at)] as const] : []),
    ...(released ? [['Released by', said(released.by, released.reason, released.at)] as const] : []),
    ...(control ? [['Control report', html`${control === 'within' ? 'within its thresholds' : 'beyond its thresholds'}`] as const] : []),
    ...(request ? [['Asked for by', html`${request.requestedBy}: ${request.reason}`] as const] : []),
  ];
  return html`<div class="card"><dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>`;
}

/** What a person may do now; who may only look sees no form. */
function brakes(run: Run | undefined, { person, csrf }: ConsoleRequest): Html {
  const possible = brakesOf(run);
  if (person.role !== 'act' || possible.length === 0) return html``;
  const lines = possible.map(({ about, label }) => html`<li><strong>${label}</strong>: ${about}</li>`);
  const buttons = possible.map(
    ({ name, label, isMild }) =>
      html`<button type="submit" name="act" value="${name}"${isMild ? html` class="second"` : html``}>${label}</button>`,
  );
  return html`<section class="card" aria-labelledby="brakes"><h2 id="brakes">What you can do</h2>
<ul>${lines}</ul>
<form method="post">${csrfField(csrf)}${reasonField('reason')}<div class="actions">${buttons}</div></form></section>`;
}

function otherRuns(others: readonly RunGlance[], batch: number): Html {
  if (others.length === 0) return html``;
  return accountTable(others, batch > 1 ? 'The other runs of this calendar' : 'Late batches');
}

function historyTable(lines: readonly RunHistoryLine[]): Html {
  const rows = lines.map(
    ({ at, from, to, cause }) =>
      html`<tr><th scope="row">${instantText(at)}</th><td data-of="State"><span>${from && from !== to ? `${stateWords(from)} → ${stateWords(to)}` : stateWords(to)}</span></td><td>${cause}</td></tr>`,
  );
  return html`<section class="box" tabindex="0" aria-label="What happened"><table class="cards"><caption>The last ${grouped(lines.length)} things that happened</caption>
<thead><tr><th scope="col">When</th><th scope="col">State</th><th scope="col">By which event, schedule or person</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

/** A month can be held before its run has begun. */
function notBegun(title: string, period: string, calendar: CalendarCode, batch: number, request: ConsoleRequest): ConsolePage {
  if (batch > 1)
    return {
      status: 404,
      title: 'No such run',
      body: html`<p>${CALENDARS[calendar].name} has no late batch ${String(batch)} of ${monthName(period)}.</p>`,
    };
  return { title, body: [html`<p>This run has not begun.</p>`, brakes(undefined, request)] };
}
