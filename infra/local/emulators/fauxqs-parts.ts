import type { ObjectFiles, StoredObject } from './object-files.ts';

/** The inner parts of fauxqs that the messaging emulator works on; the package exports only its server. */
export interface FauxMessage {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: Record<string, unknown>;
  readonly sentTimestamp: number;
  approximateReceiveCount: number;
  approximateFirstReceiveTimestamp?: number;
  delayUntil?: number;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  readonly sequenceNumber?: string;
}

export interface FauxQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly attributes: Record<string, string>;
  messages: FauxMessage[];
  delayedMessages: FauxMessage[];
  readonly inflightMessages: Map<string, { message: FauxMessage; visibilityDeadline: number }>;
  readonly fifoMessages: Map<string, FauxMessage[]>;
  readonly fifoDelayed: Map<string, FauxMessage[]>;
  persistence: FauxPersistence | undefined;
  isFifo(): boolean;
  hasAvailableFifoMessages(): boolean;
  dequeue(count: number, visibility: number | undefined, deadLetters: (arn: string) => FauxQueue | undefined): { ReceiptHandle: string }[];
  deleteMessage(receiptHandle: string): boolean;
  changeVisibility(receiptHandle: string, seconds: number): void;
  processTimers(): void;
  notifyWaiters(): void;
}

export interface FauxPersistence {
  readonly db: { exec(sql: string): void; prepare(sql: string): { run(...values: unknown[]): unknown } };
  transaction(work: () => void): void;
  updateMessageReady(messageId: string): void;
  loadSqsAndSns(sqs: FauxSqsStore, sns: FauxSnsStore): void;
  close(): void;
}

export interface FauxSqsStore {
  host: string | undefined;
  region: string | undefined;
  persistence: FauxPersistence | undefined;
  createQueue(name: string, url: string, arn: string, attributes: Record<string, string>, tags?: unknown): FauxQueue;
  allQueues(): Iterable<FauxQueue>;
  getQueueByName(name: string): FauxQueue | undefined;
  getQueueByArn(arn: string): FauxQueue | undefined;
}

export interface FauxSnsStore {
  region: string | undefined;
  persistence: FauxPersistence | undefined;
}

export interface FauxS3Store {
  readonly buckets: Map<string, Map<string, StoredObject>>;
  persistence: ObjectFiles | undefined;
  createBucket(name: string, type?: string): void;
  listObjects(bucket: string, options?: ListOptions): Listing;
}

export interface ListOptions {
  prefix?: string;
  delimiter?: string;
  maxKeys?: number;
  startAfter?: string;
  marker?: string;
}

export interface Listing {
  objects: StoredObject[];
  commonPrefixes: string[];
  isTruncated: boolean;
}

interface Parts {
  readonly SqsStore: new () => FauxSqsStore;
  readonly SnsStore: new () => FauxSnsStore;
  readonly S3Store: new () => FauxS3Store;
  readonly PersistenceManager: new (directory: string) => FauxPersistence;
}

/** Loads them by file, next to the package's entry. */
export async function fauxqsParts(): Promise<Parts> {
  const entry = import.meta.resolve('fauxqs');
  const load = (file: string) => import(new URL(file, entry).href) as Promise<Record<string, never>>;
  const modules = await Promise.all(['./sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js', './persistence.js'].map(load));
  return Object.assign({}, ...modules) as Parts;
}
