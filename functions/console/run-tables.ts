import type { AccountNumbers, MailNumbers, RunGlance } from '../billing/month-at-a-glance.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { type Html, html } from '../pages/html.ts';
import { instantText, localText, numberCell } from './figures.ts';
import { batchOf, paths } from './links.ts';
import { stateLabel } from './run-words.ts';

type Mark = '' | 'warn' | 'bad';

/** Every account is in exactly one of the columns after the first. */
const ACCOUNTS: readonly (readonly [keyof AccountNumbers, string, Mark])[] = [
  ['all', 'Accounts', ''],
  ['prepared', 'Prepared', ''],
  ['withoutBill', 'Without bill', ''],
  ['held', 'First invoices held', 'warn'],
  ['parked', 'Parked', 'bad'],
  ['toDo', 'To do', ''],
];

/** Every email is in exactly one of the columns after the first. */
const MAIL: readonly (readonly [Exclude<keyof MailNumbers, 'countedAt'>, string, Mark])[] = [
  ['all', 'Emails', ''],
  ['delivered', 'Delivered', ''],
  ['onTheirWay', 'On their way', ''],
  ['deferred', 'Deferred', ''],
  ['held', 'Held', 'warn'],
  ['bounced', 'Bounced', 'bad'],
  ['skipped', 'Skipped', ''],
  ['inDoubt', 'In doubt', 'warn'],
];

/** Where somebody goes on from a number that asks for somebody. */
const ACCOUNT_LISTS: Readonly<Partial<Record<keyof AccountNumbers, (run: RunGlance['run']) => string>>> = {
  held: () => '/reviews',
  parked: ({ period, calendar, sequence }) => paths.parked(period, calendar, batchOf(sequence)),
};

const MAIL_LISTS: Readonly<Partial<Record<keyof MailNumbers, string>>> = {
  held: '/holds',
  bounced: '/tasks',
  inDoubt: '/tasks?kind=still-in-doubt',
};

/** What the runs made of their accounts, with the sum of all. */
export function accountTable(glances: readonly RunGlance[], caption = 'Accounts and documents'): Html {
  const rows = glances.map((glance) => {
    const { run, state, accounts, documents } = glance;
    const numbers = ACCOUNTS.map(([name, words, mark]) => numberCell(words, accounts[name], mark, ACCOUNT_LISTS[name]?.(run)));
    const { timeZone } = CALENDARS[run.calendar];
    const published = run.publishedAt ? localText(run.publishedAt, timeZone) : `due ${localText(run.publishFrom, timeZone)}`;
    const late = run.lateSince ? html` <span class="warn">late</span>` : html``;
    return html`<tr>${runHeading(glance)}<td data-of="State">${stateLabel(state)}</td><td data-of="Published"><span>${published}${late}</span></td>${numbers}${numberCell('Documents', documents)}</tr>`;
  });
  const heads = ACCOUNTS.map(([, words]) => html`<th scope="col" class="n">${words}</th>`);
  const sums = ACCOUNTS.map(([name, words, mark]) =>
    numberCell(
      words,
      sumOf(glances, ({ accounts }) => accounts[name]),
      mark,
    ),
  );
  const documents = numberCell(
    'Documents',
    sumOf(glances, (glance) => glance.documents),
  );
  return html`<section class="box" tabindex="0" aria-label="${caption}"><table class="cards"><caption>${caption}</caption>
<thead><tr><th scope="col">Run</th><th scope="col">State</th><th scope="col">Published, local time</th>${heads}<th scope="col" class="n">Documents</th></tr></thead>
<tbody>${rows}${glances.length > 1 ? html`<tr><th scope="row">All</th><td></td><td></td>${sums}${documents}</tr>` : html``}</tbody></table></section>`;
}

/** What became of the emails of the runs, as they were counted, with the sum of all. */
export function mailTable(glances: readonly RunGlance[]): Html {
  const counted = glances.filter((glance) => glance.mail !== undefined);
  if (counted.length === 0) return html`<p class="quiet">Emails are counted when a run is published.</p>`;
  const of = ({ mail }: RunGlance, name: (typeof MAIL)[number][0]) => mail?.[name] ?? 0;
  const rows = counted.map((glance) => {
    const numbers = MAIL.map(([name, words, mark]) => numberCell(words, of(glance, name), mark, MAIL_LISTS[name]));
    return html`<tr>${runHeading(glance)}${numbers}<td data-of="Counted">${instantText(glance.mail?.countedAt ?? '')}</td></tr>`;
  });
  const heads = MAIL.map(([, words]) => html`<th scope="col" class="n">${words}</th>`);
  const sums = MAIL.map(([name, words, mark]) =>
    numberCell(
      words,
      sumOf(counted, (glance) => of(glance, name)),
      mark,
    ),
  );
  return html`<section class="box" tabindex="0" aria-label="Emails"><table class="cards"><caption>Emails</caption>
<thead><tr><th scope="col">Run</th>${heads}<th scope="col">Counted</th></tr></thead>
<tbody>${rows}${counted.length > 1 ? html`<tr><th scope="row">All</th>${sums}<td></td></tr>` : html``}</tbody></table></section>`;
}

function runHeading({ run: { period, calendar, sequence } }: RunGlance): Html {
  const to = paths.run(period, calendar, batchOf(sequence));
  const batch = sequence > 1 ? `, late batch ${sequence}` : '';
  return html`<th scope="row"><a href="${to}">${CALENDARS[calendar].name}</a>${batch}</th>`;
}

function sumOf(glances: readonly RunGlance[], number: (glance: RunGlance) => number): number {
  return glances.reduce((sum, glance) => sum + number(glance), 0);
}
