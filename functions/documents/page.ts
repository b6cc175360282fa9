import * as z from 'zod';
import type { BillingAccount, Customer, LegalEntity } from '../directory/records.ts';
import { formatDate, formatMoney, formatPeriod, type Language } from '../money/format.ts';
import { card, frame } from '../pages/frame.ts';
import { type Html, html } from '../pages/html.ts';
import { PAGE_WORDS } from './page-words.ts';
import type { PaymentSaid } from './payment-status.ts';
import { paymentWords } from './payment-words.ts';
import type { DocumentFormat, DocumentVersion, VisibleDocument } from './records.ts';

/** Everything the page shows. */
export interface PageContent {
  readonly language: Language;
  readonly period: string;
  readonly customer: Customer;
  readonly account: BillingAccount;
  readonly legalEntity: LegalEntity;
  readonly documents: readonly LinkedDocument[];
}

/** A document on a page: where it opens, and where its payment stands. */
export type LinkedDocument = VisibleDocument & { readonly href: string; readonly payment?: PaymentSaid | undefined };

const FORMATS: Readonly<Record<DocumentFormat, string>> = { pdf: 'PDF', csv: 'CSV', 'csv.gz': 'CSV (gzip)', json: 'JSON' };

/** Figures that a numbered document's record may carry. */
const shownFacts = z.object({ gross: z.string(), payable: z.string().optional(), currency: z.string(), dueDate: z.string().optional() });

/** The page with an account's documents of a period. */
export function documentsPage({ language, period, customer, account, legalEntity, documents }: PageContent): string {
  const words = PAGE_WORDS[language];
  const title = words.title(formatPeriod(period, language));
  const { email, phone } = legalEntity.contact;
  return frame(
    language,
    title,
    card({
      sender: legalEntity.name,
      body: html`<h1>${title}</h1>
<div class="rule"></div>
<dl><dt>${words.customerNumber}</dt><dd>${customer.ocn} · ${customer.name}</dd><dt>${words.account}</dt><dd>${accountNamed(account, customer)}</dd></dl>
<ul class="files">${documents.map((document) => documentRow(document, language))}</ul>`,
      foot: [words.questions(email, phone.replaceAll(' ', '\u00a0')), words.private],
    }),
  );
}

/** A document in a list: what it is, what it is about, and how to open it. */
export function documentRow(document: LinkedDocument, language: Language): Html {
  const words = PAGE_WORDS[language];
  const name = [words.kinds[document.kind], document.number].filter(Boolean).join(' ');
  const about = [amountOf(document, language), FORMATS[document.format], sizeOf(document.bytes, language)].filter(Boolean).join('\u00a0· ');
  const payment = document.payment ? paymentWords(document.payment, language) : '';
  return html`<li><a href="${document.href}"><span><strong>${name}</strong><span>${about}</span>${payment === '' ? '' : html`<span>${payment}</span>`}</span><em>${words.open}</em></a></li>`;
}

/** An account that is called like its customer tells the name once. */
function accountNamed({ bcn, name }: BillingAccount, customer: Customer): string {
  return name === customer.name ? bcn : `${bcn} · ${name}`;
}

/** What a numbered document is about, on one line with its date. */
function amountOf({ kind, facts }: DocumentVersion, language: Language): string {
  const parsed = shownFacts.safeParse(facts);
  if (!parsed.success) return '';
  const { gross, payable = gross, currency, dueDate } = parsed.data;
  const words = PAGE_WORDS[language];
  if (kind === 'credit-note') return words.credited(formatMoney(gross, currency, language));
  const amount = formatMoney(payable, currency, language);
  if (/^-?[0.]+$/.test(payable)) return words.nothingToPay(amount);
  if (!dueDate) return amount;
  const date = formatDate(dueDate, language).replaceAll(' ', '\u00a0');
  return kind === 'invoice' ? words.due(amount, date) : words.paidOut(amount, date);
}

/** `12 KB`, `3.4 MB` with the language's decimal mark. */
function sizeOf(bytes: number, language: Language): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0KB`;
  const megabytes = (bytes / 1_000_000).toFixed(1);
  return `${language === 'en' ? megabytes : megabytes.replace('.', ',')}\u00a0MB`;
}
