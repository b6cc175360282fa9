import * as z from 'zod';
import type { KnownDocument } from '../documents/find.ts';
import type { PaymentStatus } from '../documents/payment-status.ts';
import { paymentWords } from '../documents/payment-words.ts';
import { type Html, html } from '../pages/html.ts';
import { paths } from './links.ts';
import { type Column, table } from './table.ts';
import { amount, link, when } from './words.ts';

/** What a document's record says of a numbered document. */
const figures = z.object({
  gross: z.string(),
  currency: z.string(),
  dueDate: z.string().optional(),
  corrects: z.array(z.object({ number: z.string() })).optional(),
});

type Payments = ReadonlyMap<string, PaymentStatus>;

const MONTH: Column<KnownDocument> = {
  head: 'Month',
  cell: ({ bcn, period }) => link(paths.account(bcn, { period }), `${bcn}, ${period}`),
};

interface Listing {
  /** By number. */
  readonly payments?: Payments;
  /** False where all are of one account and month. */
  readonly ofMonths?: boolean;
  /** What stands there when there is no document. */
  readonly nothing: string;
}

/** Documents as the billing team sees them, also those that no customer can see. */
export function documentTable(
  documents: readonly KnownDocument[],
  { payments = new Map(), ofMonths = true, nothing }: Listing,
  now: Date,
): Html {
  const columns: Column<KnownDocument>[] = [
    { head: 'Document', cell: nameOf },
    ...(ofMonths ? [MONTH] : []),
    { head: 'State', cell: (document) => stateOf(document, now) },
    { head: 'Amount', cell: ({ facts }) => amountOf(facts), isFigure: true },
    { head: 'Payment', cell: ({ number }) => paymentOf(payments.get(number ?? '')) },
    { head: 'Corrections', cell: (document) => correctionsOf(document, documents) },
  ];
  return table('Documents', columns, documents, nothing);
}

function nameOf({ kind, number, format, version }: KnownDocument): Html {
  const name = number === undefined ? `${KINDS[kind]} (${format})` : `${KINDS[kind]} ${number}`;
  return version === 1 ? html`${name}` : html`${name}, version ${String(version)}`;
}

const KINDS: Readonly<Record<KnownDocument['kind'], string>> = {
  invoice: 'invoice',
  'credit-note': 'credit note',
  'self-billed-invoice': 'self-billed invoice',
  'outpayment-statement': 'outpayment statement',
  cdr: 'call records',
  unl: 'number list',
  manifest: 'manifest',
};

/** Taken back, visible since, or still unseen. */
function stateOf({ withdrawn, publishedAt }: KnownDocument, now: Date): Html | string {
  if (withdrawn !== undefined) return `taken back before anybody saw it: ${withdrawn}`;
  if (publishedAt === undefined) return 'prepared, not published';
  return new Date(publishedAt) <= now ? html`published ${when(publishedAt)}` : html`becomes visible ${when(publishedAt)}`;
}

function amountOf(facts: KnownDocument['facts']): string {
  const { data } = figures.safeParse(facts);
  return data ? amount(data.gross, data.currency) : '';
}

function paymentOf(payment: PaymentStatus | undefined): string {
  return payment ? paymentWords(payment, 'en') : '';
}

/** Both ways: what it takes back or stands in for, and what stands in for it. */
function correctionsOf({ number, facts }: KnownDocument, all: readonly KnownDocument[]): string {
  const own = correctedBy(facts).map((corrected) => `corrects ${corrected}`);
  const by = all.filter((other) => number !== undefined && other.withdrawn === undefined && correctedBy(other.facts).includes(number));
  return [...own, ...new Set(by.map((other) => `corrected by ${other.number ?? ''}`))].join('; ');
}

function correctedBy(facts: KnownDocument['facts']): string[] {
  const { data } = figures.safeParse(facts);
  return data?.corrects?.map((corrected) => corrected.number) ?? [];
}
