import { expression } from '../aws/expression.ts';
import { getItems, transact, type Write } from '../aws/tables.ts';
import { type CapPeriod, capPeriods, type Deferral, deferralOf, uncounted } from './deferral.ts';
import { waitWrite } from './due.ts';
import { isOwed, type Message, queuedCause } from './message.ts';
import type { Recipient } from './recipient.ts';
import { stepWrite } from './store.ts';

// SENT#<ocn>#<contactId> / DAY#<date> | WEEK#<its Monday>: how many emails a contact with a cap got there.

/** Counts are of no use when their week is long over. */
const KEEP_SECONDS = 14 * 86_400;

/** Whether a message has to wait for its contact, by what was counted until now; see deferral.ts. */
export async function deferralNow(message: Message, { preference, timeZone }: Recipient, now: Date): Promise<Deferral | undefined> {
  const keys = capPeriods(preference.caps, timeZone, now).map(({ key }) => countKey(message, key));
  const counts = keys.length === 0 ? [] : await getItems<{ sk: string; sent: number }>('messages', keys);
  const sent = new Map(counts.map((count) => [count.sk, count.sent]));
  return deferralOf({ message, preference, timeZone, sent }, now);
}

/**
 * Makes a queued message wait for an instant; the sweep takes it back to its queue then, and everything is checked anew. Nothing happens when
 * somebody else took a step with it meanwhile: then its other copy goes on.
 */
export async function waitUntil({ until, cause, reason }: Deferral, message: Message, now: Date): Promise<void> {
  const write = stepWrite(
    message,
    { trigger: 'defer', cause: `${queuedCause(message)}: ${cause}`, reason, set: { waitsFor: until.toISOString() } },
    now,
  );
  if (write) await transact([write, waitWrite(message.messageId, until)]);
}

/**
 * The places that a message takes in its contact's day and week, for the transaction of its claim. Of two optional messages at once only
 * one gets the last place: the other's claim fails, and it waits.
 */
export function countWrites(message: Message, { preference, timeZone }: Recipient, now: Date): { writes: Write[]; countedIn: string[] } {
  const periods = uncounted(message, capPeriods(preference.caps, timeZone, now));
  return { writes: periods.map((period) => countWrite(message, period)), countedIn: periods.map(({ key }) => key) };
}

function countWrite(message: Message, { key, cap, endsAt }: CapPeriod): Write {
  const expiresAt = Math.floor(endsAt.getTime() / 1000) + KEEP_SECONDS;
  const change = expression`ADD #sent ${1} SET #expiresAt = ${expiresAt}`;
  const count = { update: countKey(message, key), table: 'messages' as const, change };
  return isOwed(message) ? count : { ...count, when: expression`attribute_not_exists(#sent) OR #sent < ${cap}` };
}

function countKey({ ocn, contactId }: Message, key: string) {
  return { pk: `SENT#${ocn}#${contactId}`, sk: key };
}
