import { expression } from '../aws/expression.ts';
import { getItem, putItem } from '../aws/tables.ts';
import { askAgainIn, blockOf, isBookedOut, type Lane, lease, secondsFor, spacing, useOf } from './rate.ts';

// RATE / <lane>: where the lane is booked to, and the rate it was booked at.

/** What a message may do now: be sent, or come back (with a slot of its own when one could be reserved). */
export type Turn = 'send' | { readonly waitSeconds: number; readonly slot?: string };

interface Rate {
  readonly nextFree: string;
  readonly sesRatePerSecond: number;
}

/** Slots that this process has leased and not used yet. */
const leased = new Map<Lane, Date[]>();
const leasing = new Map<Lane, Promise<void>>();

/**
 * The turn of one message in its lane. Slots are leased in blocks from one item, so processes share the rate without meeting each message.
 * @param reserved the slot that an earlier turn gave to this message
 */
export async function takeTurn(
  messageId: string,
  reserved: string | undefined,
  { lane, sesRatePerSecond }: { lane: Lane; sesRatePerSecond: number },
  now: Date,
): Promise<Turn> {
  if (reserved) {
    const use = useOf(new Date(reserved), now);
    if (use === 'send') return 'send';
    if (use !== 'stale') return { ...use, slot: reserved };
  }
  const slot = await nextSlot(lane, sesRatePerSecond, now);
  if (!slot) return { waitSeconds: askAgainIn(messageId) };
  const use = useOf(slot, now);
  return typeof use === 'object' ? { ...use, slot: slot.toISOString() } : 'send';
}

/** How long so many messages take at the rate of the last sending, in seconds; undefined while nothing was ever sent. */
export async function estimatedSeconds(messages: number): Promise<number | undefined> {
  const rate = await getItem<Rate>('messages', { pk: 'RATE', sk: 'bulk' });
  return rate && secondsFor(messages, rate.sesRatePerSecond);
}

async function nextSlot(lane: Lane, sesRatePerSecond: number, now: Date): Promise<Date | undefined> {
  for (;;) {
    const slot = takeFresh(lane, now);
    if (slot) return slot;
    const running = leasing.get(lane) ?? leaseBlock(lane, sesRatePerSecond, now).finally(() => leasing.delete(lane));
    leasing.set(lane, running);
    await running;
    if ((leased.get(lane) ?? []).length === 0) return undefined;
  }
}

function takeFresh(lane: Lane, now: Date): Date | undefined {
  const slots = (leased.get(lane) ?? []).filter((slot) => useOf(slot, now) !== 'stale');
  const slot = slots.shift();
  leased.set(lane, slots);
  return slot;
}

/** Leaves the lane's slots empty when it is booked out. */
async function leaseBlock(lane: Lane, sesRatePerSecond: number, now: Date): Promise<void> {
  const key = { pk: 'RATE', sk: lane };
  for (;;) {
    const known = await getItem<Rate>('messages', key);
    const nextFree = known && new Date(known.nextFree);
    if (isBookedOut(nextFree, now)) return;
    const next = lease(nextFree, now, blockOf(sesRatePerSecond, lane), spacing(sesRatePerSecond, lane));
    const when = known ? expression`#nextFree = ${known.nextFree}` : expression`attribute_not_exists(#pk)`;
    if (await putItem('messages', { ...key, nextFree: next.nextFree.toISOString(), sesRatePerSecond }, when)) {
      leased.set(lane, [...next.slots]);
      return;
    }
  }
}
