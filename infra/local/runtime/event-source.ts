import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { WorkerCalls } from '../emulators/calls.ts';
import type { Chaos } from '../emulators/chaos.ts';
import type { FauxMessage } from '../emulators/fauxqs-parts.ts';
import type { MappingPart } from '../template/parts.ts';
import type { Functions } from './functions.ts';

/** A message as the queue's thread hands it over. */
export interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly MessageAttributes?: Readonly<Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>>;
  readonly sent: FauxMessage;
}

/** SQS hands out at most so many messages at once. */
const MAX_RECEIVE = 10;

/** Feeds one queue to one function as Lambda's poller does: batches, partial failures, as many at once as allowed. */
export class EventSource {
  readonly queue: string;
  readonly #mapping: MappingPart;
  readonly #queues: WorkerCalls;
  readonly #functions: Functions;
  readonly #chaos: Chaos;
  readonly #slots: number;
  #working = 0;
  #hinted = false;
  #stopped = false;
  onWork: () => void = () => {};

  constructor(mapping: MappingPart, queues: WorkerCalls, functions: Functions, chaos: Chaos) {
    this.queue = mapping.queueArn.split(':').at(-1) ?? '';
    this.#mapping = mapping;
    this.#queues = queues;
    this.#functions = functions;
    this.#chaos = chaos;
    this.#slots = Math.min(mapping.maximumConcurrency ?? Number.POSITIVE_INFINITY, functions.limitOf(mapping.functionArn));
  }

  /** How many pollers are at work: from before a receive until its messages are settled. */
  busy(): number {
    return this.#working + (this.#hinted ? 1 : 0);
  }

  /** Something may be visible in the queue. */
  wake(): void {
    if (this.#stopped) return;
    this.#hinted = true;
    while (this.#hinted && this.#working < this.#slots) {
      this.#hinted = false;
      this.#working += 1;
      void this.#poll();
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async #poll(): Promise<void> {
    try {
      for (let batch = await this.#receive(); batch.length > 0 && !this.#stopped; batch = await this.#receive()) {
        // There may be more than this batch: another poller looks.
        this.#hinted = true;
        this.wake();
        await this.#handle(batch);
      }
    } catch (error) {
      if (!this.#stopped) throw error;
    } finally {
      this.#working -= 1;
      this.onWork();
      if (this.#hinted) this.wake();
    }
  }

  async #receive(): Promise<Received[]> {
    const wanted = this.#mapping.batchSize;
    const batch = await this.#queues.call<Received[]>('receive', this.queue, Math.min(wanted, MAX_RECEIVE));
    while (batch.length > 0 && batch.length < wanted && batch.length % MAX_RECEIVE === 0) {
      const more = await this.#queues.call<Received[]>('receive', this.queue, Math.min(wanted - batch.length, MAX_RECEIVE));
      if (more.length === 0) break;
      batch.push(...more);
    }
    return batch;
  }

  async #handle(batch: readonly Received[]): Promise<void> {
    const event: SQSEvent = { Records: batch.map((message) => recordOf(message, this.#mapping.queueArn)) };
    const outcome = await this.#functions.invoke(this.#mapping.functionArn, JSON.stringify(event));
    if (outcome.error !== undefined) return;
    const failed = failuresOf(outcome.body, batch, this.#mapping.partial);
    if (failed === 'all') return;
    const done = batch.filter(({ MessageId }) => !failed.has(MessageId)).map(({ ReceiptHandle }) => ReceiptHandle);
    const again = done.filter(() => this.#chaos.strikes('duplicate'));
    if (again.length > 0) await this.#queues.call('show', this.queue, again, 0);
    const gone = done.filter((handle) => !again.includes(handle));
    if (gone.length > 0) await this.#queues.call('remove', this.queue, gone);
  }
}

/**
 * Which messages of a batch failed, by what the function answered. An id that is empty or not of the batch, or an
 * answer that is none, fails the whole batch, as on Lambda.
 */
export function failuresOf(
  body: string | undefined,
  batch: readonly { MessageId: string }[],
  partial: boolean,
): ReadonlySet<string> | 'all' {
  if (!partial) return new Set();
  const answer = JSON.parse(body ?? 'null') as SQSBatchResponse | null;
  const failures = answer?.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return 'all';
  const known = new Set(batch.map(({ MessageId }) => MessageId));
  const ids = failures.map(({ itemIdentifier }) => itemIdentifier);
  return ids.every((id) => known.has(id)) ? new Set(ids) : 'all';
}

function recordOf({ MessageId, ReceiptHandle, Body, MD5OfBody, MessageAttributes = {}, sent }: Received, queueArn: string): SQSRecord {
  const attributes = Object.entries(MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue, stringListValues: [], binaryListValues: [] },
  ]);
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: {
      ApproximateReceiveCount: String(sent.approximateReceiveCount),
      SentTimestamp: String(sent.sentTimestamp),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(sent.approximateFirstReceiveTimestamp ?? sent.sentTimestamp),
      ...(sent.messageGroupId ? { MessageGroupId: sent.messageGroupId } : {}),
      ...(sent.messageDeduplicationId ? { MessageDeduplicationId: sent.messageDeduplicationId } : {}),
      ...(sent.sequenceNumber ? { SequenceNumber: sent.sequenceNumber } : {}),
    },
    messageAttributes: Object.fromEntries(attributes) as SQSRecord['messageAttributes'],
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}
