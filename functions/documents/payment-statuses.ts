import pLimit from 'p-limit';
import * as z from 'zod';
import { expression } from '../aws/expression.ts';
import { getItem, getItems, putItem, queryItems } from '../aws/tables.ts';
import { PassingError } from '../events/failure.ts';
import { judgePayment, type PaymentPlace, type PaymentSaid, type PaymentStatus, type PaymentVerdict } from './payment-status.ts';
import { visibleOfAccount } from './records.ts';

/*
 * Payment statuses lie in the `documents` table, in a partition of their own for each account (PAYMENTS#<bcn>), under the number of
 * their document. A document's versions and its publication stay as they were issued.
 */

/** A numbered document as a payment may name it. */
export interface PayableDocument {
  readonly number: string;
  readonly currency: string;
  /** What it asks for, a decimal string: of a credit note what it credits. */
  readonly due: string;
}

const PARALLEL_QUERIES = 8;
const MAX_TRIES = 6;

const dueFacts = z.object({ currency: z.string(), gross: z.string(), payable: z.string().optional() });

/** The numbered documents that an account's customer can see, all periods. */
export async function payableDocuments(bcn: string, now: Date): Promise<PayableDocument[]> {
  const documents = await visibleOfAccount(bcn, undefined, now);
  return documents.flatMap(({ kind, number, facts }) => {
    const parsed = dueFacts.safeParse(facts);
    if (number === undefined || !parsed.success) return [];
    const { currency, gross, payable = gross } = parsed.data;
    return [{ number, currency, due: kind === 'credit-note' ? gross : payable }];
  });
}

/**
 * Takes what a file says of a document's payment, if it is not older than what is known.
 * @throws PassingError when others kept writing the same status
 */
export async function takePayment(
  bcn: string,
  { number, due }: PayableDocument,
  said: PaymentSaid,
  place: PaymentPlace,
): Promise<PaymentVerdict> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const known = await getItem<PaymentStatus>('documents', keyOf(bcn, number));
    const verdict = judgePayment(said, place, due, known);
    if (!('take' in verdict)) return verdict;
    const unchanged = known ? expression`#rank = ${known.rank}` : expression`attribute_not_exists(#pk)`;
    if (await putItem('documents', { ...keyOf(bcn, number), ...verdict.take }, unchanged)) return verdict;
  }
  throw new PassingError(`Other imports kept writing the payment status of ${number}`);
}

/** Looks up payment statuses of these accounts' documents. */
export type PaymentLookup = (document: { readonly bcn: string; readonly number?: string | undefined }) => PaymentStatus | undefined;

/** What is known of the payments of these accounts. */
export async function paymentsOf(bcns: Iterable<string>): Promise<PaymentLookup> {
  const limit = pLimit(PARALLEL_QUERIES);
  const known = await Promise.all([...new Set(bcns)].map((bcn) => limit(async () => [bcn, await statusesOf(bcn)] as const)));
  const byAccount = new Map(known);
  return ({ bcn, number }) => (number === undefined ? undefined : byAccount.get(bcn)?.get(number));
}

/** What is known of the payments of some documents of an account, by number. */
export async function paymentsOfNumbers(bcn: string, numbers: readonly string[]): Promise<ReadonlyMap<string, PaymentStatus>> {
  const keys = numbers.map((number) => keyOf(bcn, number));
  const found = await getItems<PaymentStatus & { sk: string }>('documents', keys);
  return new Map(found.map((status) => [status.sk, status]));
}

async function statusesOf(bcn: string): Promise<Map<string, PaymentStatus>> {
  const statuses = new Map<string, PaymentStatus>();
  for await (const status of queryItems<PaymentStatus & { sk: string }>('documents', { pk: keyOf(bcn, '').pk })) {
    statuses.set(status.sk, status);
  }
  return statuses;
}

function keyOf(bcn: string, number: string) {
  return { pk: `PAYMENTS#${bcn}`, sk: number };
}
