/** Of the account's rate we use 80%; emergency mail has a share of its own, so that a month-end never makes it wait. */
export const LANES = { bulk: 0.65, urgent: 0.15 } as const;

export type Lane = keyof typeof LANES;

/** Sending times that a process may use, one message each, in order. */
export interface Lease {
  readonly slots: readonly Date[];
  /** When the next lease of this lane begins. */
  readonly nextFree: Date;
}

/** Slots may be used this much early: the rate is kept over the second, not within it. */
const EARLY_MILLISECONDS = 1000;
/** A reserved slot that is used later than this may meet a crowd: a new one is taken. */
const LATE_MILLISECONDS = 60_000;
/** SQS delays no longer. */
const MAX_DELAY_SECONDS = 900;
/** Nothing is ever reserved so far ahead: such an instant was written before the clock was set back. */
const OTHER_TIME_MILLISECONDS = 3_600_000;
/** How many slots a process takes at once. */
const MAX_BLOCK = 10;

/** Milliseconds between two messages of a lane. */
export function spacing(sesRatePerSecond: number, lane: Lane): number {
  return 1000 / (sesRatePerSecond * LANES[lane]);
}

/** How many slots are leased at once: what a second allows, at least one, at most a batch. */
export function blockOf(sesRatePerSecond: number, lane: Lane): number {
  return Math.max(1, Math.min(MAX_BLOCK, Math.floor(1000 / spacing(sesRatePerSecond, lane))));
}

/**
 * Reserves the next slots of a lane.
 * @param nextFree where the last lease ended
 */
export function lease(nextFree: Date | undefined, now: Date, count: number, millisecondsApart: number): Lease {
  const known = nextFree && !isFromAnotherTime(nextFree, now) ? nextFree.getTime() : 0;
  const from = Math.max(known, now.getTime());
  const slots = Array.from({ length: count }, (_, index) => new Date(Math.floor(from + index * millisecondsApart)));
  return { slots, nextFree: new Date(Math.ceil(from + count * millisecondsApart)) };
}

/** What a slot means now: send; come back in so many seconds; or it is stale and another has to be taken. */
export function useOf(slot: Date, now: Date): 'send' | 'stale' | { readonly waitSeconds: number } {
  const ahead = slot.getTime() - now.getTime();
  if (isFromAnotherTime(slot, now)) return 'stale';
  if (ahead > EARLY_MILLISECONDS) return { waitSeconds: Math.min(MAX_DELAY_SECONDS, Math.ceil(ahead / 1000)) };
  return ahead < -LATE_MILLISECONDS ? 'stale' : 'send';
}

/** True when the lane is booked for as long as a queue can delay: nothing is reserved then, the message asks again later. */
export function isBookedOut(nextFree: Date | undefined, now: Date): boolean {
  return nextFree !== undefined && !isFromAnotherTime(nextFree, now) && nextFree.getTime() - now.getTime() > MAX_DELAY_SECONDS * 1000;
}

/**
 * When to ask again while the lane is booked out: spread over the range by the message's id, so that not all of them come at once.
 * @param messageId hexadecimal
 */
export function askAgainIn(messageId: string): number {
  return 300 + (Number.parseInt(messageId.slice(0, 8), 16) % 600);
}

/** How long so many messages take, in seconds. */
export function secondsFor(messages: number, sesRatePerSecond: number): number {
  return Math.ceil((messages * spacing(sesRatePerSecond, 'bulk')) / 1000);
}

function isFromAnotherTime(instant: Date, now: Date): boolean {
  return instant.getTime() - now.getTime() > OTHER_TIME_MILLISECONDS;
}
