import type { Invoice } from '../documents/invoice.ts';
import type { InvoiceLine } from '../documents/invoice-lines.ts';
import { decimalText, durationText, type Language, moneyText, percentText, spanText } from '../documents/languages/language.ts';
import { languageOf } from '../documents/languages/languages.ts';
import { priceText, unitsText } from '../documents/layout/lines.ts';
import { lawOf } from '../documents/legal/law.ts';
import { type Html, html } from '../pages/html.ts';
import type { AskedDocument, AskedGroup, AskedLine } from './draft-lines.ts';
import { MAX_REASON } from './read-form.ts';
import type { LineQuery } from './review.ts';
import type { Reviewer } from './review-notices.ts';
import { REVIEW_WORDS } from './review-words.ts';

/** What lines are told in. */
interface Telling {
  readonly reviewer: Pick<Reviewer, 'language'>;
  readonly language: Language;
  readonly invoice: Invoice;
  /** The questions that stand in the form; undefined where there is none. */
  readonly asked: readonly LineQuery[] | undefined;
}

/**
 * One document of the draft: every line under its service, VAT and totals, as the paper says it.
 * @param asked questions that stand in the form already; undefined when nothing can be asked any more
 */
export function documentSection(
  reviewer: Pick<Reviewer, 'language'>,
  { invoice, groups }: AskedDocument,
  asked: readonly LineQuery[] | undefined,
): Html {
  const language = languageOf(reviewer.language);
  const telling = { reviewer, language, invoice, asked };
  const title = REVIEW_WORDS[reviewer.language].ofDocument(language.words.titles[invoice.kind], spanText(invoice.supplyPeriod, language));
  const statements = invoice.statements.map((statement) => html`<p class="quiet">${statement}</p>`);
  return html`<section class="draft"><h2>${title}</h2>${groups.map((group) => groupPart(group, telling))}${totals(telling)}${statements}</section>`;
}

function groupPart({ group, lines }: AskedGroup, telling: Telling): Html {
  const { language, reviewer } = telling;
  const name = group.serviceId ?? REVIEW_WORDS[reviewer.language].accountCharges;
  const ends = group.aEnd ? language.words.ends(group.aEnd, group.bEnd) : undefined;
  const about = [group.product, ends].filter((part) => part !== undefined).join(' · ');
  const items = lines.map((line) => lineItem(line, telling));
  const list =
    lines.length > 0 ? html`<ul class="lines">${items}</ul>` : html`<p class="quiet">${REVIEW_WORDS[reviewer.language].tooMany}</p>`;
  const sum =
    lines.length !== 1
      ? html`<p class="sum"><span>${language.words.table.subtotal}</span><b>${moneyText(group.net, language)}</b></p>`
      : '';
  return html`<h3>${name}</h3>${about === '' ? '' : html`<p class="quiet">${about}</p>`}${list}${sum}`;
}

function lineItem({ field, billId, line }: AskedLine, telling: Telling): Html {
  const { language, asked } = telling;
  const about = aboutOf(line, telling).map((part) => html`<span>${part}</span>`);
  const told = html`<div class="line"><span><strong>${line.name}</strong>${about}</span><b>${moneyText(line.net, language)}</b></div>`;
  if (!asked) return html`<li>${told}</li>`;
  const reason = asked.find((query) => query.billId === billId && query.lineId === line.id)?.reason;
  return html`<li>${told}${question(field, line.name, reason, telling)}</li>`;
}

/** Folded until somebody asks; open where a question stands. */
function question(field: string, name: string, reason: string | undefined, { reviewer }: Telling): Html {
  const words = REVIEW_WORDS[reviewer.language];
  const open = reason === undefined ? html`` : html` open`;
  const area = html`<textarea id="${field}" name="${field}" rows="3" maxlength="${String(MAX_REASON)}">
${reason ?? ''}</textarea>`;
  return html`<details${open}><summary>${words.ask}<span class="unseen">: ${name}</span></summary><label for="${field}">${words.what}</label>${area}</details>`;
}

/** Period, quantity and price, calls, VAT, and what else the paper says of a line. */
function aboutOf(line: InvoiceLine, { language, reviewer, invoice }: Telling): string[] {
  const { words } = language;
  const tax =
    line.category === 'S'
      ? `${words.tax[lawOf(invoice.seller.country).tax].short} ${percentText(line.rate, language)}`
      : words.taxCategories[line.category];
  const known = [line.period && spanText(line.period, language), amountOf(line, language, reviewer), tax];
  const order = line.purchaseOrder ?? invoice.references.purchaseOrder;
  return [
    known.filter((part) => part !== undefined).join(' · '),
    ...(line.creditFor ? [words.creditFor(line.creditFor)] : []),
    ...(order ? [words.orderOf(order)] : []),
    ...(line.note ? [line.note] : []),
  ];
}

function amountOf(line: InvoiceLine, language: Language, reviewer: Telling['reviewer']): string | undefined {
  const words = REVIEW_WORDS[reviewer.language];
  if (line.type === 'usage') {
    if (line.calls === undefined) return undefined;
    const calls = decimalText(String(line.calls), language.number);
    return words.callsIn(calls, line.seconds === undefined ? '' : durationText(line.seconds, language));
  }
  if (line.quantity === undefined) return undefined;
  const quantity = line.unit === undefined ? decimalText(line.quantity, language.number) : unitsText(line.quantity, line.unit, language);
  return line.unitPrice === undefined ? quantity : words.priced(quantity, priceText(line.unitPrice, line.per, line.net.currency, language));
}

function totals({ invoice, language }: Telling): Html {
  const { words } = language;
  const { net, gross } = invoice.totals;
  const { short } = words.tax[lawOf(invoice.seller.country).tax];
  const vat = invoice.vat.map(({ category, rate, amount }) => {
    const label = category === 'S' ? `${short} ${percentText(rate, language)}` : `${short}, ${words.taxCategories[category]}`;
    return html`<dt>${label}</dt><dd>${moneyText(amount, language)}</dd>`;
  });
  return html`<dl class="totals"><dt>${words.summary.net}</dt><dd>${moneyText(net, language)}</dd>${vat}<dt>${words.summary.gross}</dt><dd>${moneyText(gross, language)}</dd></dl>`;
}
