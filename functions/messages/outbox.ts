import pLimit from 'p-limit';
import { queueUrlOf } from '../aws/environment.ts';
import { type Sending, sendEvents } from '../aws/queues.ts';
import type { QueueName } from '../aws/resources.ts';
import type { Write } from '../aws/tables.ts';
import { addressKey } from '../directory/address-key.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { categoryOf, KINDS, type Message, messageIdOf, type NewMessage, QUEUED } from './message.ts';
import { newestWrite } from './newest.ts';
import { getMessage, newMessageWrite, putMessage } from './store.ts';

const PARALLEL_WRITES = 16;

export type { NewMessage } from './message.ts';
export type { MailFacts } from './message-content.ts';

/**
 * Puts messages into the outbox and onto their queues. When it returns, all of them are there; saying the same again is a no-op.
 * A crash between the two is mended by the caller's own redelivery: a known message that nobody has handled yet is queued again.
 * @returns how many were new and how many were known by their business key
 */
export async function enqueue(messages: readonly NewMessage[], now: Date): Promise<{ queued: number; known: number }> {
  const limit = pLimit(PARALLEL_WRITES);
  const unique = new Map(messages.map((message) => newItem(message, now)).map((item) => [item.messageId, item]));
  const kept = await Promise.all([...unique.values()].map((item) => limit(() => keep(item))));
  await sendQueued(
    kept.flatMap(({ message }) => (message?.state === 'queued' ? [{ message }] : [])),
    now,
  );
  const queued = kept.filter(({ isNew }) => isNew).length;
  return { queued, known: messages.length - queued };
}

/**
 * A message as it will stand in the outbox, and the writes that put it there, for the transaction of whoever decided it. When that went
 * through, `sendQueued` must follow, or `queueAgain` after a crash.
 */
export function messageWrites(message: NewMessage, now: Date): { message: Message; writes: Write[] } {
  const item = newItem(message, now);
  const replaces = 'while' in item && item.while === 'newest';
  return { message: item, writes: [newMessageWrite(item), ...(replaces ? [newestWrite(item)] : [])] };
}

/** Queues messages once more that may never have got into their queues; those that somebody handled already stay as they are. */
export async function queueAgain(messageIds: readonly string[], now: Date): Promise<void> {
  const limit = pLimit(PARALLEL_WRITES);
  const messages = await Promise.all(messageIds.map((messageId) => limit(() => getMessage(messageId))));
  await sendQueued(
    messages.flatMap((message) => (message?.state === 'queued' ? [{ message }] : [])),
    now,
  );
}

/** Sends messages to the queues of their kinds, at once or after a delay (0 to 900 seconds). */
export async function sendQueued(
  copies: readonly { message: Message; delaySeconds?: number; slot?: string | undefined }[],
  now: Date,
): Promise<void> {
  const byQueue = Map.groupBy(copies, ({ message }): QueueName => KINDS[message.kind].queue);
  for (const [queue, ofQueue] of byQueue) {
    const sendings = ofQueue.map(({ message, delaySeconds, slot }): Sending => {
      const event = ownEvent(QUEUED, `${message.messageId}/${message.version}/${slot ?? ''}`, { messageId: message.messageId, slot }, now);
      return { event, delaySeconds: delaySeconds ?? 0 };
    });
    await sendEvents(queueUrlOf(queue), sendings);
  }
}

async function keep(item: Message): Promise<{ message: Message | undefined; isNew: boolean }> {
  if (await putMessage(item)) return { message: item, isNew: true };
  return { message: await getMessage(item.messageId), isNew: false };
}

function newItem(message: NewMessage, now: Date): Message {
  const address = addressKey(message.address);
  const at = now.toISOString();
  return {
    ...message,
    address,
    messageId: messageIdOf({ ...message, address }),
    category: categoryOf(message),
    state: 'queued',
    version: 0,
    queuedAt: at,
    claims: [],
    history: [{ at, trigger: 'enqueue', state: 'queued', cause: message.cause }],
  };
}
