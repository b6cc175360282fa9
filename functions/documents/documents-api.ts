import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isPeriod } from '../calendars/dates.ts';
import { getCustomer, getLegalEntity } from '../directory/read.ts';
import type { LegalEntity } from '../directory/records.ts';
import { customerDocument, customerDocuments, nameInUrl, readCursor } from './customer-documents.ts';
import type { PaymentLookup } from './payment-statuses.ts';
import { paymentsOf } from './payment-statuses.ts';
import type { VisibleDocument } from './records.ts';

const MOST = 100;
const USUAL = 50;
const ETAG_LENGTH = 32;
const LIMIT = `a whole number from 1 to ${MOST} is expected`;

/** What may be asked in a URL's query. */
export const documentsQuery = z.object({
  period: z.string().refine(isPeriod, 'a month such as 2026-10 is expected').optional(),
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(MOST, LIMIT).default(USUAL),
  cursor: z
    .string()
    .transform((text, context) => {
      const place = readCursor(text);
      if (place === undefined) context.addIssue({ code: 'custom', message: 'the `next` of the page before is expected' });
      return place;
    })
    .optional(),
});

const figures = z.object({
  currency: z.string(),
  gross: z.string(),
  payable: z.string().optional(),
  issueDate: z.string().optional(),
  dueDate: z.string().optional(),
});

/** Whose documents a bearer may read: the claim `ocn`, several separated by blanks. */
export function mayRead(claims: Readonly<Record<string, unknown>>, ocn: string): boolean {
  const claim = claims.ocn;
  return (
    typeof claim === 'string' &&
    claim
      .replace(/^\[|\]$/g, '')
      .split(/[\s,]+/)
      .includes(ocn)
  );
}

/**
 * A page of a customer's documents as JSON, with its ETag.
 * @returns undefined for a customer that the directory does not know
 */
export async function documentsJson(
  ocn: string,
  asked: z.output<typeof documentsQuery>,
  now: Date,
): Promise<{ body: string; etag: string } | undefined> {
  const seller = await sellerOf(ocn);
  if (!seller) return undefined;
  const { period, limit, cursor } = asked;
  const { documents, next } = await customerDocuments({ ocn, legalEntity: seller.legalEntity, period, limit, after: cursor }, now);
  const paymentOf = await paymentsOf(documents.map(({ bcn }) => bcn));
  const body = JSON.stringify({ ocn, documents: documents.map((document) => jsonOf(document, paymentOf)), next: next ?? null });
  return { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, ETAG_LENGTH)}"` };
}

/** The document that a download is asked for; undefined when there is nothing to be had. */
export async function documentAsked(ocn: string, name: string, now: Date): Promise<VisibleDocument | undefined> {
  const seller = await sellerOf(ocn);
  return seller && customerDocument({ ocn, legalEntity: seller.legalEntity }, name, now);
}

async function sellerOf(ocn: string): Promise<{ legalEntity: LegalEntity | undefined } | undefined> {
  const customer = await getCustomer(ocn);
  return customer && { legalEntity: await getLegalEntity(customer.legalEntityId) };
}

function jsonOf(document: VisibleDocument, paymentOf: PaymentLookup) {
  const { ocn, bcn, period, kind, number = null, version, format, bytes, sha256, publishedAt } = document;
  const { currency = null, gross = null, payable = null, issueDate = null, dueDate = null } = figures.safeParse(document.facts).data ?? {};
  const payment = paymentOf(document);
  return {
    ...{ bcn, period, kind, number, version, format, bytes, sha256, publishedAt },
    ...{ issueDate, dueDate, currency, gross, payable },
    payment: payment ? { status: payment.status, paid: payment.paid, currency: payment.currency, asOf: payment.asOf } : null,
    href: `/accounts/${ocn}/documents/${nameInUrl(document)}`,
  };
}
