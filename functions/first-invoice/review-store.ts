import { expression } from '../aws/expression.ts';
import { getItem, type Key, queryItems, transact, updateItem, type Write } from '../aws/tables.ts';
import { nextDue } from './deadlines.ts';
import type { Actor, Review, ReviewHistoryLine } from './review.ts';
import { isOpen } from './states.ts';

// REVIEW#<bcn> / <period>: the review. HISTORY#<bcn>#<period> / <revision>: what happened to it. DUE / <instant>#<bcn>#<period>: when something is due.

/** The one partition of what is due: new accounts are few. */
export const DUE = 'DUE';
/** Sorts behind every instant: nothing is due by itself. */
const NEVER = '9999';

interface DueItem {
  readonly sk: string;
  readonly bcn: string;
  readonly period: string;
}

/** A change of a review, and the line of its history. */
export interface Change {
  readonly review: Review;
  readonly line: ReviewHistoryLine;
}

export function getReview(bcn: string, period: string): Promise<Review | undefined> {
  return getItem<Review>('reviews', reviewKey(bcn, period));
}

/** Every review of an account, oldest period first; nearly always there is one. */
export function reviewsOf(bcn: string): Promise<Review[]> {
  return Array.fromAsync(queryItems<Review>('reviews', { pk: reviewKey(bcn, '').pk }));
}

/** Everything that happened to a review, oldest first. */
export function historyOf(bcn: string, period: string): Promise<ReviewHistoryLine[]> {
  return Array.fromAsync(queryItems<ReviewHistoryLine>('reviews', { pk: historyPartition(bcn, period) }));
}

/** The reviews that are not over, the ones where something is due first before the others. */
export async function* openReviews(): AsyncGenerator<Review> {
  for await (const { bcn, period } of queryItems<DueItem>('reviews', { pk: DUE })) {
    const review = await getReview(bcn, period);
    if (review && isOpen(review.state)) yield review;
  }
}

/** The reviews for which something is due. */
export async function* dueReviews(now: Date): AsyncGenerator<{ bcn: string; period: string }> {
  const until = `${now.toISOString()}~`;
  for await (const { bcn, period } of queryItems<DueItem>('reviews', { pk: DUE, between: ['0', until] })) yield { bcn, period };
}

/**
 * Changes a review, provided that nobody else did since it was read.
 * @param before as it was read; undefined for one that is new
 * @param also writes that belong to the change: all or none
 * @returns false when something else came first: read it again
 */
export async function changeReview(before: Review | undefined, { review, line }: Change, also: readonly Write[] = []): Promise<boolean> {
  const unchanged = before ? expression`#revision = ${before.revision}` : expression`attribute_not_exists(#pk)`;
  const { bcn, period } = review;
  const history = historyKey(bcn, period, review.revision);
  const writes: Write[] = [
    { table: 'reviews', put: { ...reviewKey(bcn, period), ...review }, when: unchanged },
    { table: 'reviews', put: { ...history, ...line } },
    ...dueWrites(before, review),
    ...also,
  ];
  return (await transact(writes)).length === 0;
}

/** Notes that billing has heard of a rejection. Where something else changed the review meanwhile, billing hears of it once more. */
export async function noteSaid(before: Review): Promise<void> {
  const review: Review = { ...before, unsaid: undefined, revision: before.revision + 1 };
  const key = reviewKey(before.bcn, before.period);
  const unchanged = expression`#revision = ${before.revision}`;
  await transact([{ table: 'reviews', put: { ...key, ...review }, when: unchanged }, ...dueWrites(before, review)]);
}

/**
 * Lets a review that is over be forgotten, with everything that happened to it.
 * @param expiresAt seconds since 1970
 */
export async function keepUntil(bcn: string, period: string, expiresAt: number): Promise<void> {
  const change = expression`SET #expiresAt = ${expiresAt}`;
  for (const { revision } of await historyOf(bcn, period)) await updateItem('reviews', historyKey(bcn, period, revision), change);
  await updateItem('reviews', reviewKey(bcn, period), change, expression`#state = ${'issued'}`);
}

/**
 * Takes a contact's name out of a review and its history; that it was this contact stays.
 * @returns false when something else changed the review meanwhile: say it again
 */
export async function forgetNames(bcn: string, period: string, contactId: string): Promise<boolean> {
  const isNamed = (actor: Actor | undefined) => actor?.kind === 'customer' && actor.contactId === contactId && actor.name !== '';
  const nameless = { kind: 'customer', contactId, name: '' } as const;
  for (const { revision, actor } of await historyOf(bcn, period)) {
    if (!isNamed(actor)) continue;
    await updateItem('reviews', historyKey(bcn, period, revision), expression`SET #actor = ${nameless}`);
  }
  const review = await getReview(bcn, period);
  if (!review?.answer || !isNamed(review.answer.actor)) return true;
  const change = expression`SET #answer.#actor = ${nameless}, #revision = ${review.revision + 1}`;
  return (await updateItem('reviews', reviewKey(bcn, period), change, expression`#revision = ${review.revision}`)) !== undefined;
}

/** Moves a review in the list of what is due. */
function dueWrites(before: Review | undefined, review: Review): Write[] {
  const [was, is] = [before && dueKey(before), dueKey(review)];
  if (was?.sk === is?.sk) return [];
  const { bcn, period } = review;
  const removed: Write[] = was ? [{ table: 'reviews', remove: was }] : [];
  return is ? [...removed, { table: 'reviews', put: { ...is, bcn, period } }] : removed;
}

function dueKey(review: Review): Key | undefined {
  if (!isOpen(review.state)) return undefined;
  return { pk: DUE, sk: `${nextDue(review)?.at ?? NEVER}#${review.bcn}#${review.period}` };
}

/** Where a review stands. */
export function reviewKey(bcn: string, period: string): Key {
  return { pk: `REVIEW#${bcn}`, sk: period };
}

function historyKey(bcn: string, period: string, revision: number): Key {
  return { pk: historyPartition(bcn, period), sk: String(revision).padStart(8, '0') };
}

function historyPartition(bcn: string, period: string): string {
  return `HISTORY#${bcn}#${period}`;
}
