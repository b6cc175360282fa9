import { randomUUID } from 'node:crypto';
import type { Doer } from '../audit/human-act.ts';
import { record } from '../audit/trail.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { lastFailure } from '../aws/failures.ts';
import { acknowledge, receive, sendBody, showAgainIn } from '../aws/queues.ts';
import { deadLetterNameOf, QUEUES, type QueueName } from '../aws/resources.ts';
import { PermanentError } from '../events/failure.ts';

/** A message that a queue's function could not handle. */
export interface DeadLetter {
  readonly messageId: string;
  /** The CloudEvent's id; empty when the body is none. */
  readonly eventId: string;
  /** Why it is here, in words a person can act on. */
  readonly reason: string;
  readonly failedAt: string;
  readonly field?: string | undefined;
  readonly body: string;
}

type Received = Awaited<ReturnType<typeof receive>>[number];

/** Long enough to look at or redrive a page of messages; they show again at once when the work is done. */
const HIDDEN_SECONDS = 60;

/** @throws PermanentError for a name that is no queue */
export function queueGiven(name: string): QueueName {
  const found = QUEUES.find((queue) => queue === name || queue === `${name}.fifo`);
  if (!found) throw new PermanentError(`QUEUE is ${JSON.stringify(name)}: one of ${QUEUES.join(', ')} is expected`, 'queue');
  return found;
}

/**
 * Looks at a queue's dead letters without taking them away: each is hidden while it is looked at and shown again afterwards.
 * Of one group of a FIFO queue only those that may be worked on now are seen.
 */
export async function peek(queue: QueueName): Promise<DeadLetter[]> {
  const url = deadLettersOf(queue);
  const seen = new Map<string, Received>();
  try {
    for await (const message of unseen(url, seen)) seen.set(message.MessageId ?? '', message);
    return await Promise.all([...seen.values()].map(letterOf));
  } finally {
    await Promise.all([...seen.values()].map(({ ReceiptHandle }) => showAgainIn(url, ReceiptHandle ?? '', 0)));
  }
}

/**
 * Sends dead letters back to their queue as new messages, then deletes them; a crash in between leaves one too many, which
 * the idempotency of the event makes harmless.
 * @param only message ids; without it all that are there now
 * @param doer who sends them back; the audit trail has it before the first one goes
 * @returns how many went back; those that are refused again meanwhile went once, and are dead letters again
 */
export async function redrive(queue: QueueName, only: readonly string[] | undefined, doer: Doer, now: Date): Promise<number> {
  const after = { letters: only ? [...new Set(only)].join(', ') : 'all' };
  await record({ actId: `letters/${randomUUID()}`, what: 'letters.redrive', doer, subject: { queue }, after }, now);
  const url = deadLettersOf(queue);
  const kept = new Map<string, Received>();
  const bodies = new Set<string>();
  let sent = 0;
  try {
    for await (const message of unseen(url, kept)) {
      kept.set(message.MessageId ?? '', message);
      if (only && !only.includes(message.MessageId ?? '')) continue;
      if (isRefusedAgain(message, bodies, now)) continue;
      bodies.add(message.Body ?? '');
      await sendBack(queue, message);
      await acknowledge(url, message.ReceiptHandle ?? '');
      kept.delete(message.MessageId ?? '');
      sent += 1;
    }
    return sent;
  } finally {
    await Promise.all([...kept.values()].map(({ ReceiptHandle }) => showAgainIn(url, ReceiptHandle ?? '', 0)));
  }
}

/** What was sent back just now and refused again stays: a function that is quick would otherwise be asked for ever. */
function isRefusedAgain({ Body = '', MessageAttributes }: Received, sent: ReadonlySet<string>, since: Date): boolean {
  return sent.has(Body) && (MessageAttributes?.failedAt?.StringValue ?? '') >= since.toISOString();
}

/** Everything in the queue that was not received yet. */
async function* unseen(url: string, seen: ReadonlyMap<string, Received>): AsyncGenerator<Received> {
  for (;;) {
    const messages = await receive(url, HIDDEN_SECONDS);
    const fresh = messages.filter(({ MessageId }) => !seen.has(MessageId ?? ''));
    if (fresh.length === 0) return;
    yield* fresh;
  }
}

function sendBack(queue: QueueName, { Body = '', Attributes }: Received): Promise<void> {
  const group = Attributes?.MessageGroupId ?? 'redriven';
  const fifo = queue.endsWith('.fifo') ? { group, deduplicationId: randomUUID() } : undefined;
  return sendBody(queueUrlOf(queue), Body, {}, fifo);
}

/** What buried it; a message that ran out of tries tells the last error that was recorded. */
async function letterOf({ MessageId = '', Body = '', MessageAttributes, Attributes }: Received): Promise<DeadLetter> {
  const text = (name: string) => MessageAttributes?.[name]?.StringValue;
  const failure = text('reason') === undefined ? await lastFailure(MessageId) : undefined;
  const sentAt = new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString();
  return {
    messageId: MessageId,
    eventId: eventIdOf(Body),
    reason:
      text('reason') ??
      failure?.reason ??
      'No reason was recorded: the function was cut off (time-out, memory, crash). Its log tells more.',
    failedAt: text('failedAt') ?? failure?.failedAt ?? sentAt,
    field: text('field') ?? failure?.field,
    body: Body,
  };
}

function eventIdOf(body: string): string {
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return typeof id === 'string' ? id : '';
  } catch {
    return '';
  }
}

function deadLettersOf(queue: QueueName): string {
  const url = queueUrlOf(queue);
  const slash = url.lastIndexOf('/') + 1;
  return url.slice(0, slash) + deadLetterNameOf(url.slice(slash));
}
