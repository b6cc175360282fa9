import { runIdOf } from '../billing/run.ts';
import { findRun } from '../billing/run-store.ts';
import { parkedPage as parkedOfRun } from '../billing/still-parked.ts';
import { isCalendar } from '../calendars/calendars.ts';
import { isPeriod } from '../calendars/dates.ts';
import { html } from '../pages/html.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { csrfField, reasonField } from './forms.ts';
import { afterIn, moreLink } from './paging.ts';
import { ACCOUNT_BOX } from './rerun-form.ts';
import { calendarName, monthName } from './run-words.ts';

/** The accounts that a run parked and no later one issued, each with its reason, and "try again". */
export async function parkedPage({ parameters, query, person, csrf }: ConsoleRequest): Promise<ConsolePage> {
  const { period = '', calendar = '' } = parameters;
  const batch = Number(/^\d{1,4}$/.exec(query.batch ?? '')?.[0] ?? 1);
  const run = isPeriod(period) && isCalendar(calendar) ? await findRun(runIdOf(period, calendar, batch)) : undefined;
  if (!run) return { status: 404, title: 'No such run', body: html`<p>There is no such run.</p>` };
  const { parked, next } = await parkedOfRun(run, afterIn(query));
  const acts = person.role === 'act' && parked.length > 0;
  const rows = parked.map(({ bcn, reason }) => {
    const box = acts ? html`<input type="checkbox" name="${ACCOUNT_BOX}${bcn}" value="yes" aria-label="Try ${bcn} again"> ` : html``;
    return html`<tr><th scope="row">${box}<a href="/accounts/${bcn}">${bcn}</a></th><td>${reason}</td></tr>`;
  });
  const table = html`<section class="box" tabindex="0" aria-label="Parked accounts"><table class="cards"><thead><tr><th scope="col">Account</th><th scope="col">Why it is parked</th></tr></thead><tbody>${rows}</tbody></table></section>`;
  const form = html`<form method="post" action="/rerun">${csrfField(csrf)}<input type="hidden" name="period" value="${period}"><input type="hidden" name="calendar" value="${calendar}">${table}
<section class="card" aria-labelledby="again"><h2 id="again">Try the marked ones again</h2>${reasonField('reason')}<div class="actions"><button type="submit" name="step" value="run">Try again</button><button type="submit" name="step" value="preview" class="second">Look at what it would do</button></div></section></form>`;
  return {
    title: `Parked: ${calendarName(calendar)}, ${monthName(period)}`,
    body: [
      html`<p class="moves"><a href="/runs/${period}/${calendar}">The run</a>${acts ? html`<a href="/rerun?period=${period}&amp;calendar=${calendar}&amp;parked=1">All parked ones again</a>` : html``}</p>`,
      parked.length === 0 ? html`<p>No account is parked${next === undefined ? '' : ' on this page'}.</p>` : acts ? form : table,
      moreLink(`/parked/${period}/${calendar}`, query, next),
    ],
  };
}
