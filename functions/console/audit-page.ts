import type { ActRecord } from '../audit/human-act.ts';
import { type Asked, doerName, isPlace, trailPage } from '../audit/trail.ts';
import { addDays, isDate } from '../calendars/dates.ts';
import type { FormFields } from '../pages/form-body.ts';
import { type Html, html } from '../pages/html.ts';
import { actTable } from './audit-table.ts';
import type { ConsoleAnswer, ConsolePage, ConsoleRequest } from './console-page.ts';
import { csrfField } from './forms.ts';
import { afterIn, moreLink } from './paging.ts';

const ROWS = 50;
/** Customers, accounts, runs, works, messages, tasks: ids are made of these. */
const SUBJECT = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,129}$/;
const DOER = /^[0-9a-f]{16}$/;

/** What the page is about: acts of a day, about a subject, or of a person. */
type About = Asked & { readonly words: string };

/** `GET /audit`: what people did, the newest first; of a day, about a subject, of a person. */
export async function auditPage({ query, now, csrf }: ConsoleRequest): Promise<ConsolePage> {
  const today = now.toISOString().slice(0, 10);
  const about = aboutOf(query, today);
  const place = afterIn(query);
  const after = place !== undefined && isPlace(place) ? place : undefined;
  const { acts, after: next } = await trailPage(about, { limit: ROWS, newestFirst: true, after });
  const body = [
    'day' in about ? dayMoves(about.day, today) : html`<p class="moves"><a href="/audit">Today</a></p>`,
    actTable(acts),
    moreLink('/audit', queryOf(about), next),
    finder(csrf),
    html`<p class="quiet">Nothing here is ever changed or removed. <code>carrierpost audit export</code> writes it as files in which a missing line shows.</p>`,
  ];
  return { title: titleOf(about, acts), body };
}

/** `POST /audit`: looks for acts; only reads. What is looked for is posted, so that no name stands in an address. */
export async function findActs({ now }: ConsoleRequest, form: FormFields): Promise<ConsoleAnswer> {
  const wanted = form.get('wanted')?.trim() ?? '';
  const to = placeOf(wanted, form.get('of') === 'person');
  if (to !== undefined) return { to, said: `Looked for ${wanted}.` };
  const why = wanted.includes('@')
    ? 'No address stands in the audit trail. Look for the contact by its ids, as 100201/K100201-2.'
    : 'An id is expected: a customer, an account, a run, works, a message, a task, or a day such as 2026-11-05.';
  const today = html`<p><a href="/audit">The acts of ${now.toISOString().slice(0, 10)}</a></p>`;
  return { status: 422, title: 'Nothing was looked for', body: [html`<p>${why}</p>`, today] };
}

function placeOf(wanted: string, isPerson: boolean): string | undefined {
  if (isPerson) return wanted === '' ? undefined : `/audit?person=${doerName(wanted)}`;
  if (isDate(wanted)) return `/audit?day=${wanted}`;
  return SUBJECT.test(wanted) ? `/audit?subject=${encodeURIComponent(wanted)}` : undefined;
}

/** What makes no sense is answered with today. */
function aboutOf({ day, subject, person }: ConsoleRequest['query'], today: string): About {
  if (subject !== undefined && SUBJECT.test(subject)) return { subject, words: `Acts about ${subject}` };
  if (person !== undefined && DOER.test(person)) return { doer: person, words: 'Acts of a person' };
  const on = day !== undefined && isDate(day) ? day : today;
  return { day: on, words: `Acts of ${on}` };
}

/** The name of a person is known by its acts alone. */
function titleOf(about: About, [first]: readonly ActRecord[]): string {
  return 'doer' in about && first ? `Acts of ${first.by}` : about.words;
}

function queryOf(about: About): Readonly<Record<string, string>> {
  if ('day' in about) return { day: about.day };
  return 'doer' in about ? { person: about.doer } : { subject: about.subject };
}

function dayMoves(day: string, today: string): Html {
  const [before, after] = [addDays(day, -1), addDays(day, 1)];
  const later = after > today ? html`` : html`<a href="/audit?day=${after}">${after}</a>`;
  return html`<p class="moves"><a href="/audit?day=${before}">${before}</a> ${later} <span class="quiet">Days as UTC has them</span></p>`;
}

function finder(csrf: string): Html {
  const hidden = csrfField(csrf);
  return html`<section class="card"><h2>Look for acts</h2>
<form method="post" action="/audit">${hidden}<input type="hidden" name="of" value="subject">
<label for="wanted-subject">About</label><input type="text" id="wanted-subject" name="wanted" required maxlength="130" autocomplete="off" aria-describedby="about-subjects">
<p class="quiet" id="about-subjects">An id: customer, account, contact (100201/K100201-2), run (2026-10.DE.1), works, message, task; or a day.</p>
<button type="submit">Find</button></form>
<form method="post" action="/audit">${hidden}<input type="hidden" name="of" value="person">
<label for="wanted-person">By whom</label><input type="text" id="wanted-person" name="wanted" required maxlength="130" autocomplete="off">
<p class="actions"><button type="submit" class="second">Find</button></p></form></section>`;
}
