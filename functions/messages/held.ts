import { PermanentError } from '../events/failure.ts';
import type { Decision } from './brakes.ts';
import { messagesOf } from './counts.ts';
import type { Message } from './message.ts';
import { sendQueued } from './outbox.ts';
import { getMessage, step } from './store.ts';

/** The messages of a group that wait for a person, each with its reason. Reads an index. */
export async function* heldMessages(group: string): AsyncGenerator<Message> {
  for await (const message of messagesOf(group)) if (message.state === 'held') yield message;
}

/**
 * Queues a held message again: it is composed and checked anew, and held again if what was wrong still is. Saying it twice
 * sends nothing twice.
 * @throws PermanentError when there is no such message, or nothing holds it
 */
export async function releaseHeld(messageId: string, { by, reason }: Decision, now: Date): Promise<void> {
  const cause = `release by ${by}: ${reason}`;
  const released = await step(messageId, now, ({ state }) => (state === 'held' ? { trigger: 'release', cause } : undefined));
  const message = released ?? (await getMessage(messageId));
  if (!message) throw new PermanentError(`messageId is ${JSON.stringify(messageId)}: the outbox has no such message`, 'messageId');
  // A release that was cut short before the message was in its queue is mended by saying it again.
  if (message.state !== 'queued') throw new PermanentError(`Message ${messageId} is ${message.state}: only a held one can be released`);
  await sendQueued([{ message }], now);
}
