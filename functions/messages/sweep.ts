import pLimit from 'p-limit';
import { count, logger } from '../aws/log.ts';
import { queueWaiting } from './brakes.ts';
import { claimDue, type Due, dueUntil, removeDue } from './due.ts';
import { followDelay, tellStillInDoubt } from './follow-up.ts';
import { recheckAfterDeployment } from './held.ts';
import { isInstant, isOwed, type Message } from './message.ts';
import { sendQueued } from './outbox.ts';
import { getMessage, step } from './store.ts';

const CAUSE = 'schedule mail-sweep';
const PARALLEL = 16;
/** How many messages behind released brakes one sweep queues; the next sweep goes on. */
const MAX_RELEASED = 10_000;
/** The same for messages that were held under other templates. */
const MAX_RECHECKED = 1_000;

/** Looks at every message whose instant has come, and queues what waited behind brakes that were released or held under older templates. */
export async function sweep(now: Date): Promise<void> {
  const limit = pLimit(PARALLEL);
  for await (const page of dueUntil(now)) await Promise.all(page.map((due) => limit(() => settle(due, now))));
  await queueWaiting(MAX_RELEASED, CAUSE, now);
  await recheckAfterDeployment(MAX_RECHECKED, now);
}

/** The line goes away last, so that a sweep that is cut short is repeated by the next one. */
async function settle(due: Due, now: Date): Promise<void> {
  const message = await getMessage(due.messageId);
  if (message) await followDelay(message, now);
  const after = message && (message.state === 'deferred' ? await woken(message, now) : await settled(message, now));
  if (after?.state === 'queued') await sendQueued([{ message: after }], now);
  await removeDue(due);
}

/** A message that waited for an instant goes back to its queue, where everything about it is checked anew. */
function woken({ messageId }: Message, now: Date): Promise<Message | undefined> {
  return step(messageId, now, ({ waitsFor }) =>
    isInstant(waitsFor) && waitsFor <= now.toISOString() ? { trigger: 'release', cause: CAUSE, set: { waitsFor: undefined } } : undefined,
  );
}

/** A claim that nobody reported about for 15 minutes: what is owed goes once more, other mail never. */
async function settled(message: Message, now: Date): Promise<Message | undefined> {
  const isOver = ({ claimedAt }: Message) => claimedAt !== undefined && claimDue(new Date(claimedAt)) <= now;
  const { messageId } = message;
  const doubted = await step(messageId, now, (current) =>
    isOver(current) ? { trigger: 'doubt', cause: CAUSE, reason: 'nobody reported about the claim for 15 minutes' } : undefined,
  );
  const again = await step(messageId, now, (current) =>
    isOver(current) && isOwed(current) && !current.triedAgain
      ? { trigger: 'try-again', cause: CAUSE, reason: 'it is owed, and goes once more', set: { triedAgain: true } }
      : undefined,
  );
  const after = again ?? doubted ?? (await getMessage(messageId));
  if (after?.state === 'unknown') {
    logger.warn('Nobody knows whether a message has left', { messageId });
    if (isOwed(after) && (await tellStillInDoubt(after, now))) count('NotDelivered', 1, { kind: after.kind });
  }
  return after;
}
