import { BatchProcessor, EventType, processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { type CloudEvent, parseEvent, parseWith } from '../events/cloud-event.ts';
import { PassingError, PermanentError } from '../events/failure.ts';
import { now } from './clock.ts';
import { setting } from './environment.ts';
import { recordFailure } from './failures.ts';
import { logger } from './log.ts';
import { sendBody, showAgainIn } from './queues.ts';

/** What a door does with one type of event. */
export interface Route<Schema extends z.ZodType = z.ZodType> {
  readonly data: Schema;
  readonly handle: (event: CloudEvent<z.output<Schema>>, context: Context) => Promise<void>;
}

/** Ties a schema to the function that takes its output. */
export function route<Schema extends z.ZodType>(
  data: Schema,
  handle: (event: CloudEvent<z.output<Schema>>, context: Context) => Promise<void>,
): Route {
  return { data, handle: handle as Route['handle'] };
}

/** Waits between tries, by receive count: quick first, then patient. Seconds. */
const BACKOFF = [1, 5, 30, 120, 600];

/**
 * The door of a queue's function: parses each message once, hands it to the route of its type, and sorts what goes wrong.
 * Permanent: the body goes to the dead-letter queue with `reason`, `field`, `failedAt`, and is acknowledged.
 * Anything else: the message is reported as failed and comes back after a while; its error is kept for `dlq show`.
 * On a FIFO queue a failed message stops its group, not the others.
 */
export function queueDoor(routes: Readonly<Record<string, Route>>): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  return bodyDoor(async (body, context) => {
    const event = parseEvent(body);
    const known = routes[event.type];
    if (!known) {
      throw new PermanentError(`type is ${JSON.stringify(event.type)}: this queue takes ${Object.keys(routes).join(', ')}`, 'type');
    }
    const data = parseWith(known.data, event.data, `Event ${event.id} (${event.type})`);
    await known.handle({ ...event, data }, context);
  });
}

/** The same for a queue whose messages are not ours (SES events by way of SNS). */
export function bodyDoor(handle: (body: string, context: Context) => Promise<void>) {
  const door = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const fifo = event.Records[0]?.eventSourceARN.endsWith('.fifo') ?? false;
    const one = (record: SQSRecord) => handleRecord(record, fifo, () => handle(record.body, context));
    const options = { context, throwOnFullBatchFailure: false };
    if (fifo) return processPartialResponse(event, one, new SqsFifoPartialProcessorAsync(), { ...options, skipGroupOnError: true });
    return processPartialResponse(event, one, new BatchProcessor(EventType.SQS), options);
  };
  return middy<SQSEvent, SQSBatchResponse>().handler(door) as (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
}

async function handleRecord(record: SQSRecord, fifo: boolean, handle: () => Promise<void>): Promise<void> {
  try {
    await handle();
  } catch (error) {
    if (error instanceof PermanentError) return bury(record, error);
    await comeBack(record, error, fifo);
    throw error;
  }
}

/** Puts the message where a person finds it, with the reason. */
async function bury(record: SQSRecord, error: PermanentError): Promise<void> {
  // The reason quotes what was in the message, which may be somebody's name: it stays with the message.
  logger.warn('A message goes to the dead-letter queue', { messageId: record.messageId, field: error.field });
  const group = record.attributes.MessageGroupId;
  await sendBody(
    setting('DLQ'),
    record.body,
    { reason: attributeText(error.message), ...(error.field ? { field: attributeText(error.field) } : {}), failedAt: now().toISOString() },
    group ? { group, deduplicationId: record.messageId } : undefined,
  );
}

async function comeBack(record: SQSRecord, error: unknown, fifo: boolean): Promise<void> {
  const received = Number(record.attributes.ApproximateReceiveCount);
  const asked = error instanceof PassingError ? error.retryAfterSeconds : undefined;
  const seconds = asked ?? BACKOFF[Math.min(received, BACKOFF.length) - 1] ?? 1;
  logger.warn('A message will be tried again', { messageId: record.messageId, received, seconds, error: error as Error });
  await recordFailure(record, error);
  // In a FIFO batch Powertools gives the later messages of the group back too; all of them wait for the visibility time-out.
  if (!fifo) await showAgainIn(queueUrlOfArn(record.eventSourceARN), record.receiptHandle, seconds);
}

/** SQS attributes take no control characters and have to stay small. */
function attributeText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ').slice(0, 2000) || ' ';
}

function queueUrlOfArn(arn: string): string {
  const queue = arn.split(':').at(-1);
  const url = Object.entries(process.env).find(([name, value]) => name.startsWith('QUEUE_') && value?.endsWith(`/${queue}`))?.[1];
  if (!url) throw new Error(`No QUEUE_ variable of this function names ${queue}: the stack must set the one of its own queue`);
  return url;
}
