import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BillingAccount, Customer, LegalEntity } from '../directory/records.ts';
import { formatDate, formatMoney, formatPeriod, type Language } from '../money/format.ts';
import { type Html, html } from './page-html.ts';
import { NOT_FOUND_WORDS, PAGE_WORDS } from './page-words.ts';
import type { DocumentFormat, DocumentVersion, VisibleDocument } from './records.ts';

/** Everything the page shows. */
export interface PageContent {
  readonly language: Language;
  readonly period: string;
  readonly customer: Customer;
  readonly account: BillingAccount;
  readonly legalEntity: LegalEntity;
  readonly documents: readonly (VisibleDocument & { readonly href: string })[];
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--quiet:#5a6675;--line:#e3e7ec;--page:#eef1f4;--card:#fff;--accent:#0b57a4;--on-accent:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#eef2f6;--quiet:#a3afbd;--line:#333d49;--page:#0f141a;--card:#1a212a;--accent:#8fc1ff;--on-accent:#0b1623}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:600px;margin:0 auto;padding:0 16px}
header{padding:28px 38px 14px;font-size:15px;font-weight:600;color:var(--quiet)}
.card{background:var(--card);border-radius:10px;padding:28px 22px}
h1{font-size:24px;line-height:1.3;margin:0;text-wrap:balance}
.rule{width:48px;height:3px;background:var(--accent);margin:20px 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 20px;margin:0 0 20px;font-size:15px}
dt{color:var(--quiet)}dd{margin:0;text-align:right;font-weight:600}
ul{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
li{border-bottom:1px solid var(--line)}
li a{display:flex;gap:16px;align-items:center;justify-content:space-between;padding:14px 0;color:inherit;text-decoration:none}
li strong{display:block;font-weight:600;hyphens:auto}
li span span{display:block;font-size:14px;color:var(--quiet)}
li em{font-style:normal;font-weight:600;font-size:15px;color:var(--accent);border:1.5px solid var(--accent);border-radius:6px;padding:8px 16px;white-space:nowrap}
li a:hover em,li a:focus-visible em{background:var(--accent);color:var(--on-accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
footer{padding:20px 38px 36px;font-size:13px;color:var(--quiet)}
footer p{margin:0 0 10px}
@media(min-width:520px){.card{padding:36px 40px}header,footer{padding-inline:56px}}
section+section{margin-top:24px;padding-top:24px;border-top:1px solid var(--line)}
section h1,h2{font-size:18px;margin:0 0 4px}section p{margin:0;color:var(--quiet)}
`;

/** No script, no picture, no form, no frame: only the page's own style. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Of every answer of the public pages: never kept, never told to others, never indexed. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

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
    html`<header>${legalEntity.name}</header>
<main><div class="card">
<h1>${title}</h1>
<div class="rule"></div>
<dl><dt>${words.customerNumber}</dt><dd>${customer.ocn} · ${customer.name}</dd><dt>${words.account}</dt><dd>${accountNamed(account, customer)}</dd></dl>
<ul>${documents.map((document) => row(document, language))}</ul>
</div></main>
<footer><p>${words.questions(email, phone.replaceAll(' ', '\u00a0'))}</p><p>${words.private}</p></footer>`,
  );
}

/** The one answer to every link that opens nothing: unknown, not yet published, somebody else's, tampered with. */
export function notFoundPage(): string {
  const sections = NOT_FOUND_WORDS.map(
    ({ language, title, advice }, index) =>
      html`<section lang="${language}">${index === 0 ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}<p>${advice}</p></section>`,
  );
  return frame('en', NOT_FOUND_WORDS[0].title, html`<header></header><main><div class="card">${sections}</div></main>`);
}

function frame(language: Language, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
${body}
</body>
</html>
`.html;
}

function row(document: PageContent['documents'][number], language: Language): Html {
  const words = PAGE_WORDS[language];
  const name = [words.kinds[document.kind], document.number].filter(Boolean).join(' ');
  const about = [amountOf(document, language), FORMATS[document.format], sizeOf(document.bytes, language)].filter(Boolean).join('\u00a0· ');
  return html`<li><a href="${document.href}"><span><strong>${name}</strong><span>${about}</span></span><em>${words.open}</em></a></li>`;
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
