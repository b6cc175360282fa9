/**
 * The names of everything that keeps state: the one list that the CDK app creates from, functions find by, and the
 * local cloud and the CLI publish. A logical name is what the contracts call the thing; the physical name adds the stage.
 */
export const TABLES = {
  /** customers, billing accounts, contacts, services, numbers, legal entities */
  directory: { indexes: ['byMailbox'] },
  /** imports: progress, cursor, rejected records */
  intake: { indexes: [] },
  /** what each contact wants, suppressed addresses */
  preferences: { indexes: [] },
  /** the outbox: messages, due-index, pauses, sending tokens */
  messages: { indexes: ['bySesId', 'byGroup', 'byContact', 'byWeek', 'byAccount'] },
  /** what a person has to do */
  tasks: { indexes: ['byState', 'byPerson', 'byKind', 'byBcn'] },
  /** document versions and publications */
  documents: { indexes: ['byCustomer', 'byNumber'] },
  /** bills received, runs, accounts of a run, number series, issued register */
  billing: { indexes: [] },
  /** the reviews of first invoices, and when something is due for one */
  reviews: { indexes: [] },
  /** planned works by revision */
  works: { indexes: ['byStart'] },
  /** who did what, and why; nothing in it ever changes */
  audit: { indexes: ['byDay', 'byDoer', 'bySubject'] },
  /** who is signed in at the console */
  console: { indexes: [] },
  /** acts that wait for a second person */
  approvals: { indexes: [] },
  /** the last error of a message that will be tried again; kept for two weeks */
  failures: { indexes: [] },
} as const satisfies Record<string, { indexes: readonly string[] }>;

/** Indexes that lead to items by their keys alone, for who looks something up: a change of an item costs nothing more there. */
export const LEADING_INDEXES: ReadonlySet<string> = new Set(['byMailbox', 'byAccount', 'byKind', 'byBcn', 'byNumber', 'byStart']);

export const BUCKETS = [
  /** a carrier's exports */
  'intake',
  /** documents as customers get them */
  'portal',
  /** what was issued, control reports */
  'register',
  /** what goes out by post: the PDFs of a publication and their addresses */
  'print',
  /** mail that came in, as SES stored it */
  'inbound',
] as const;

/** Each queue has a dead-letter queue `<name>-dlq` (`.fifo` last). `queue.fifo` preserves order in a group. */
export const QUEUES = [
  'intake',
  'billing',
  'prepare',
  'numbering.fifo',
  'render',
  'ledger.fifo',
  'deliver',
  'print',
  'first-invoices.fifo',
  'mail-emergency',
  'mail-works',
  'mail-invoices',
  'mail-other',
  'ses-events',
  'planned-works.fifo',
  'works-replies',
  'unsubscribe-mails',
  'works-customers.fifo',
] as const;

/** Queues that others read: what carrierpost tells the carrier's own systems. They have no dead-letter queue, because nobody here works on them. */
export const OUTLETS = ['works-tickets'] as const;

export type TableName = keyof typeof TABLES;
export type BucketName = (typeof BUCKETS)[number];
export type QueueName = (typeof QUEUES)[number];
export type OutletName = (typeof OUTLETS)[number];

/** The environment variable that tells a function where a resource is: `TABLE_DIRECTORY`, `QUEUE_NUMBERING`, `BUCKET_PORTAL`. */
export function variableOf(kind: 'TABLE' | 'BUCKET' | 'QUEUE', name: string): string {
  return `${kind}_${name
    .replace(/\.fifo$/, '')
    .replaceAll('-', '_')
    .toUpperCase()}`;
}

/** `carrierpost-production-mail-works`; a FIFO queue keeps its suffix. */
export function physicalName(stage: string, name: string): string {
  return `carrierpost-${stage}-${name}`;
}

/** Bucket names are unique in the world, so they carry the account and the region. */
export function bucketName(stage: string, name: BucketName | 'access-logs', account: string, region: string): string {
  return `${physicalName(stage, name)}-${account}-${region}`;
}

/** The dead-letter queue of a queue: `intake-dlq`, `numbering-dlq.fifo`. */
export function deadLetterNameOf(queue: string): string {
  return queue.endsWith('.fifo') ? `${queue.slice(0, -'.fifo'.length)}-dlq.fifo` : `${queue}-dlq`;
}
