import type { BillingAccount, Customer, LegalEntity } from '../directory/records.ts';
import { formatPeriod, type Language } from '../money/format.ts';
import { card, frame } from '../pages/frame.ts';
import { type Html, html } from '../pages/html.ts';
import { documentRow, type LinkedDocument } from './page.ts';
import { PAGE_WORDS } from './page-words.ts';

/** Everything that the page with all of a customer's documents shows. */
export interface OverviewContent {
  readonly language: Language;
  readonly customer: Customer;
  readonly legalEntity: LegalEntity;
  /** By number; those that are not known any more are told by their number alone. */
  readonly accounts: readonly BillingAccount[];
  /** The newest period first. */
  readonly documents: readonly LinkedDocument[];
  /** The address of the page with the documents before these; missing on the last one. */
  readonly earlier?: string | undefined;
  /** The address of the first page; missing on it. */
  readonly newest?: string | undefined;
}

/** The page with a customer's documents, period by period. It works without scripts. */
export function overviewPage({ language, customer, legalEntity, accounts, documents, earlier, newest }: OverviewContent): string {
  const words = PAGE_WORDS[language];
  const names = new Map(accounts.map(({ bcn, name }) => [bcn, name === customer.name ? bcn : `${bcn} · ${name}`]));
  const periods = [...Map.groupBy(documents, ({ period }) => period)].map(([period, own]) => section(period, own, names, language));
  const moves = [
    ...(newest === undefined ? [] : [html`<a href="${newest}">${words.newest}</a>`]),
    ...(earlier === undefined ? [] : [html`<a href="${earlier}">${words.earlier}</a>`]),
  ];
  const { email, phone } = legalEntity.contact;
  return frame(
    language,
    words.all,
    card({
      sender: legalEntity.name,
      body: html`<h1>${words.all}</h1>
<div class="rule"></div>
<dl><dt>${words.customerNumber}</dt><dd>${customer.ocn} · ${customer.name}</dd></dl>
${periods.length > 0 ? periods : html`<p class="lead">${words.none}</p>`}${moves.length > 0 ? html`<nav class="moves" aria-label="${words.all}">${moves}</nav>` : html``}`,
      foot: [words.questions(email, phone.replaceAll(' ', '\u00a0')), words.private],
    }),
  );
}

function section(period: string, documents: readonly LinkedDocument[], names: ReadonlyMap<string, string>, language: Language): Html {
  const words = PAGE_WORDS[language];
  const accounts = [...Map.groupBy(documents, ({ bcn }) => bcn)].map(
    ([bcn, own]) => html`<h3>${words.account} ${names.get(bcn) ?? bcn}</h3>
<ul class="files">${own.map((document) => documentRow(document, language))}</ul>`,
  );
  return html`<section class="period"><h2>${formatPeriod(period, language)}</h2>${accounts}</section>`;
}
