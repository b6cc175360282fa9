import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import type { CloudEvent } from '../events/cloud-event.ts';
import { PassingError } from '../events/failure.ts';

export interface Sending {
  readonly event: CloudEvent;
  /** FIFO queues: what is kept in order. The deduplication id is the body's hash (content based) unless given. */
  readonly group?: string;
  readonly deduplicationId?: string;
  /** Standard queues: 0 to 900. */
  readonly delaySeconds?: number;
}

/** The largest batch SQS takes. */
const BATCH = 10;
const PARALLEL_BATCHES = 8;
const MAX_TRIES = 5;

let client: SQSClient | undefined;

function sqs(): SQSClient {
  client ??= new SQSClient({ maxAttempts: 6 });
  return client;
}

/** Sends one event. */
export async function sendEvent(queueUrl: string, sending: Sending): Promise<void> {
  await sqs().send(new SendMessageCommand({ QueueUrl: queueUrl, ...messageOf(sending) }));
}

/**
 * Sends many events in batches. When it returns, every one of them is in the queue.
 * @throws PassingError when SQS kept refusing some: the caller's own message must be tried again
 */
export async function sendEvents(queueUrl: string, sendings: readonly Sending[]): Promise<void> {
  const limit = pLimit(PARALLEL_BATCHES);
  const batches = Array.from({ length: Math.ceil(sendings.length / BATCH) }, (_, index) =>
    sendings.slice(index * BATCH, (index + 1) * BATCH),
  );
  await Promise.all(batches.map((batch) => limit(() => sendBatch(queueUrl, batch))));
}

async function sendBatch(queueUrl: string, batch: readonly Sending[]): Promise<void> {
  let entries = batch.map((sending, index) => ({ Id: String(index), ...messageOf(sending) }));
  for (let turn = 0; entries.length > 0; turn += 1) {
    if (turn === MAX_TRIES) throw new PassingError(`${entries.length} messages could not be queued to ${queueUrl}`);
    const { Failed = [] } = await sqs().send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const refused = new Set(Failed.map(({ Id }) => Id));
    entries = entries.filter(({ Id }) => refused.has(Id));
  }
}

/** Sends a raw body, for a dead-letter queue or a redrive. */
export async function sendBody(
  queueUrl: string,
  body: string,
  attributes: Readonly<Record<string, string>>,
  fifo?: { group: string; deduplicationId: string },
): Promise<void> {
  const MessageAttributes: Record<string, MessageAttributeValue> = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
  await sqs().send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes,
      MessageGroupId: fifo?.group,
      MessageDeduplicationId: fifo?.deduplicationId,
    }),
  );
}

/** Receives up to ten messages with all their attributes; they stay invisible for `visibilitySeconds`. */
export async function receive(queueUrl: string, visibilitySeconds: number): Promise<Message[]> {
  const { Messages } = await sqs().send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout: visibilitySeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages ?? [];
}

/** Deletes a received message for good. */
export async function acknowledge(queueUrl: string, receiptHandle: string): Promise<void> {
  await sqs().send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}

/** Lets a received message come back after so many seconds (0 to 43,200). */
export async function showAgainIn(queueUrl: string, receiptHandle: string, seconds: number): Promise<void> {
  await sqs().send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }));
}

/** How many messages wait, are being worked on, and are delayed. */
export async function depthOf(queueUrl: string): Promise<{ waiting: number; inFlight: number; delayed: number }> {
  const { Attributes = {} } = await sqs().send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }));
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}

/**
 * An event as a message body. What queues refuse (U+FFFE, U+FFFF, half a character; the local ones every character beyond
 * U+FFFF, so emoji too) is written as a JSON escape: the same text to whoever parses it.
 */
export function bodyOf(event: CloudEvent): string {
  return JSON.stringify(event).replaceAll(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

function messageOf({ event, group, deduplicationId, delaySeconds }: Sending) {
  return { MessageBody: bodyOf(event), MessageGroupId: group, MessageDeduplicationId: deduplicationId, DelaySeconds: delaySeconds };
}
