import type { RunRequested } from '../billing/events.ts';
import type { AccountPreview } from '../billing/preview.ts';
import type { RerunOutcome } from '../billing/preview-account.ts';
import type { PreviewPage } from '../billing/preview-page.ts';
import { type Html, html } from '../pages/html.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { differenceBlock } from './difference.ts';
import { counted, grouped } from './figures.ts';
import { csrfField } from './forms.ts';
import { hiddenRerun, rerunForm } from './rerun-form.ts';
import { monthName } from './run-words.ts';

const OUTCOMES: Readonly<Record<RerunOutcome, readonly [words: string, mark: string]>> = {
  new: ['new: issued now', 'good'],
  changed: ['changed: a new version', 'good'],
  unchanged: ['unchanged', ''],
  held: ['held: a first invoice that waits for an answer', 'warn'],
  refused: ['refused: figures changed after issue, asks for a correction', 'warn'],
  broken: ['broken: cannot be billed', 'bad'],
};

/** Asks which accounts are prepared again; what stands in the address is filled in already. */
export async function rerunPage({ person, csrf, query }: ConsoleRequest): Promise<ConsolePage> {
  const lead = html`<p>Before publication the accounts are prepared again, under the same numbers. After it, what was not issued is issued as a late batch; issued invoices are never touched: where their figures changed, a correction is asked for.</p>`;
  if (person.role !== 'act') return { title: 'Run again', body: [lead, html`<p>Your role may look, and not act.</p>`] };
  return { title: 'Run again', body: [lead, rerunForm(csrf, query)] };
}

/** What a rerun would do with some of its accounts, and the form that does it with all of them. */
export function rerunPreview(
  asked: RunRequested,
  all: number,
  { accounts, next }: PreviewPage,
  isFirst: boolean,
  csrf: string,
): ConsolePage {
  const emails = accounts.reduce((sum, account) => sum + account.emails, 0);
  const shown = accounts.filter(({ outcome }) => outcome !== 'unchanged');
  const hidden = html`${csrfField(csrf)}${hiddenRerun(asked)}`;
  const more =
    next === undefined
      ? html``
      : html`<form method="post" action="/rerun">${hidden}<input type="hidden" name="after" value="${next}"><div class="actions"><button type="submit" name="step" value="preview" class="second">Look at the next accounts</button></div></form>`;
  const scope = isFirst && next === undefined ? '' : ` Here are ${grouped(accounts.length)} of them.`;
  return {
    title: 'What it would do',
    body: [
      html`<p>Nothing was changed. This is about <strong>${counted(all, 'account')}</strong> of ${monthName(asked.period)}.${scope} ${counted(emails, 'email')} would go${scope === '' ? '' : ' to these'}.</p>`,
      outcomeTable(accounts),
      ...shown.map(accountCard),
      more,
      html`<form method="post" action="/rerun" class="card">${hidden}<p>It is done for ${all === 1 ? 'this account' : `all ${grouped(all)} accounts`}. Why: ${asked.reason}</p><div class="actions"><button type="submit" name="step" value="run">Run it</button><a class="button second" href="/rerun">Ask for something else</a></div></form>`,
    ],
  };
}

function outcomeTable(accounts: readonly AccountPreview[]): Html {
  const rows = (Object.keys(OUTCOMES) as RerunOutcome[]).map((name) => {
    const number = accounts.filter(({ outcome }) => outcome === name).length;
    return html`<tr><th scope="row">${OUTCOMES[name][0]}</th><td class="${number === 0 ? 'n zero' : 'n'}">${grouped(number)}</td></tr>`;
  });
  return html`<section class="box" tabindex="0" aria-label="Outcomes"><table><caption>By what would become of them</caption><thead><tr><th scope="col">Outcome</th><th scope="col" class="n">Accounts</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function accountCard({ bcn, outcome, bills, documents, emails }: AccountPreview): Html {
  const [words, mark] = OUTCOMES[outcome];
  const changes = bills
    .filter((bill) => bill.outcome !== 'unchanged')
    .map(
      ({ billId, number, outcome: what, reason, difference }) =>
        html`<p>${reason ?? `Bill ${billId}${number ? `, ${number},` : ''} is ${what}`}</p>${difference ? differenceBlock(difference) : html``}`,
    );
  const files =
    documents.length > 0 ? html`<p>New versions: ${documents.map((key) => key.slice(key.lastIndexOf('/') + 1)).join(', ')}</p>` : html``;
  return html`<section class="card"><h2><a href="/accounts/${bcn}">${bcn}</a> <span class="${`state ${mark}`.trim()}">${words}</span></h2>${changes}${files}<p class="quiet">${counted(emails, 'email')}</p></section>`;
}
