import { randomUUID } from 'node:crypto';
import { type Message, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, inject } from 'vitest';
import { followClock } from '../../functions/aws/clock.ts';
import { deadLetterNameOf, type OutletName, physicalName, type QueueName, variableOf } from '../../functions/aws/resources.ts';
import type { CloudEvent } from '../../functions/events/cloud-event.ts';
import { endpointVariables } from '../../infra/local/emulators/emulators.ts';
import type { SentMail } from '../../infra/local/emulators/mail-store.ts';
import { queueArn, ResourceMaker } from '../../infra/local/emulators/resources.ts';
import { makeResources, settingsOf } from './own-resources.ts';

let client: SQSClient | undefined;

/**
 * Gives this test file a cloud of its own: every table, bucket and queue of `functions/aws/resources.ts` under a stage
 * that nobody else has, and the environment that points the code there. Call it once, at the top of the file.
 */
export function useCloud(): void {
  const before = { ...process.env };
  beforeAll(async () => {
    const { ports } = inject('emulators');
    const stage = `t${randomUUID().slice(0, 8)}`;
    Object.assign(process.env, endpointVariables(ports));
    Object.assign(process.env, settingsOf(stage));
    client = new SQSClient({});
    const maker = new ResourceMaker(ports);
    await makeAll(maker, stage);
    await control('/secret', { id: `carrierpost-${stage}-link-keys` });
    maker.close();
  });
  afterAll(() => {
    followClock(undefined);
    client?.destroy();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
}

/** Lets the code of this file see this instant as now, until it is set again; without one: the machine's time. */
export function setClock(instant?: string): void {
  const at = instant === undefined ? undefined : Date.parse(instant);
  followClock(at === undefined ? undefined : () => at);
}

/** Points `DLQ` at the dead-letter queue of a queue, as its own function would see it. */
export function workOn(queue: QueueName): void {
  const url = process.env[variableOf('QUEUE', queue)] ?? '';
  process.env.DLQ = url.replace(/[^/]+$/, deadLetterNameOf(nameOf(queue)));
}

/**
 * A Lambda event of a queue with these CloudEvents (or raw bodies), received for the first time. Sets `DLQ` too.
 * The messages are not in the queue; to hand over real ones use `receiveAll(queue)` and `eventOf(queue, messages)`.
 */
export function sqsEvent(queue: QueueName, ...bodies: readonly (CloudEvent | string)[]): SQSEvent {
  workOn(queue);
  return { Records: bodies.map((body) => recordOf(queue, { Body: typeof body === 'string' ? body : JSON.stringify(body) })) };
}

/** A Lambda event of messages that were really received. */
export function eventOf(queue: QueueName, messages: readonly Message[]): SQSEvent {
  workOn(queue);
  return { Records: messages.map((message) => recordOf(queue, message)) };
}

/** What Lambda passes beside the event. */
export function contextOf(functionName = 'test', remainingMilliseconds = 60_000): Context {
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${functionName}`,
    awsRequestId: randomUUID(),
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'test',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => remainingMilliseconds,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

/** Takes every visible message off a queue (`dlq: true`: off its dead-letter queue) for good. */
export async function receiveAll(queue: QueueName | OutletName, { dlq = false } = {}): Promise<Message[]> {
  const [all] = await take([dlq ? deadLetterNameOf(nameOf(queue)) : nameOf(queue)]);
  return all ?? [];
}

/** The CloudEvents that wait in several queues, taken off them, queue after queue. */
export async function eventsOf<Queue extends QueueName>(queues: readonly Queue[]): Promise<{ queue: Queue; event: CloudEvent }[]> {
  const taken = await take(queues.map(nameOf));
  return queues.flatMap((queue, place) => (taken[place] ?? []).map((message) => ({ queue, event: eventIn(message) })));
}

/** The CloudEvents that wait in a queue, taken off it. */
export async function eventsIn<Data = unknown>(queue: QueueName | OutletName): Promise<CloudEvent<Data>[]> {
  return (await receiveAll(queue)).map((message) => eventIn<Data>(message));
}

function eventIn<Data>({ Body }: Message): CloudEvent<Data> {
  return JSON.parse(Body ?? '') as CloudEvent<Data>;
}

async function take(names: readonly string[]): Promise<Message[][]> {
  return (await control('/take', { queues: names.join(',') })) as Message[][];
}

/** Puts a message into a queue as it is. */
export async function send(queue: QueueName, body: string, group?: string): Promise<void> {
  const QueueUrl = process.env[variableOf('QUEUE', queue)];
  await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: group }));
}

/** Every email that this file has sent so far to this address (all of them without one), oldest first, with its bytes. */
export async function sentMails(address?: string): Promise<(SentMail & { raw: Buffer })[]> {
  const listed = (await control('/mails', { set: ownSet() })) as { mail: SentMail }[];
  const mine = listed.map(({ mail }) => mail).filter(({ destination }) => address === undefined || destination === address);
  return Promise.all(mine.map(async (mail) => ({ ...mail, raw: Buffer.from(String(await control('/raw', { id: mail.id })), 'base64') })));
}

/** Tells SES to fail the next sends of this file, before or after the mail has left. End it with `times: 0`. */
export async function failSes(code: string, times: number, when: 'before' | 'after' = 'before'): Promise<void> {
  await control('/fault', { code, times: String(times), when, set: ownSet() });
}

async function makeAll(maker: ResourceMaker, stage: string): Promise<void> {
  await makeResources(maker, stage);
  const topicArn = await maker.topic(`${stage}-ses`);
  await maker.subscription(topicArn, queueArn(physicalName(stage, 'ses-events')), false);
  await control('/set', { name: physicalName(stage, 'mail'), topicArn });
}

function recordOf(queue: QueueName, message: Message): SQSRecord {
  const fifo = queue.endsWith('.fifo');
  const { SenderId, SentTimestamp, ApproximateReceiveCount, ApproximateFirstReceiveTimestamp, ...others } = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? randomUUID(),
    receiptHandle: message.ReceiptHandle ?? 'not-in-a-queue',
    body: message.Body ?? '',
    attributes: {
      SenderId: SenderId ?? 'test',
      SentTimestamp: SentTimestamp ?? '0',
      ApproximateReceiveCount: ApproximateReceiveCount ?? '1',
      ApproximateFirstReceiveTimestamp: ApproximateFirstReceiveTimestamp ?? '0',
      ...(fifo ? { MessageGroupId: 'test' } : {}),
      ...others,
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn(nameOf(queue)),
    awsRegion: 'eu-west-1',
  };
}

function nameOf(queue: QueueName | OutletName): string {
  return (process.env[variableOf('QUEUE', queue)] ?? '').split('/').at(-1) ?? '';
}

/** The test files share SES; each has a configuration set of its own. */
function ownSet(): string {
  return process.env.SES_CONFIGURATION_SET ?? '';
}

function sqs(): SQSClient {
  if (!client) throw new Error('Call useCloud() at the top of the test file');
  return client;
}

async function control(path: string, query: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${inject('emulators').mailUrl}${path}?${new URLSearchParams(query)}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
