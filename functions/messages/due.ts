import { queryItems, queryPage, removeItem, type Write } from '../aws/tables.ts';

// DUE#<shard> / <instant>#<message id>: messages that something has to happen to at an instant that no queue can wait for.

/** After this long a claim without a result is looked at again: SES has told what it knows by then. */
const CLAIM_MILLISECONDS = 15 * 60 * 1000;
/** Each takes a thousand writes a second; an email writes its line and removes it. */
const SHARDS = 4;
const PAGE = 100;

/** One line of the due-index. */
export interface Due {
  readonly pk: string;
  readonly sk: string;
  readonly messageId: string;
  /** True for a message that waits to be sent. */
  readonly waits?: boolean | undefined;
}

/** When a claim without a result is looked at again. */
export function claimDue(claimedAt: Date): Date {
  return new Date(claimedAt.getTime() + CLAIM_MILLISECONDS);
}

/** The line that lets the sweep look at a message at an instant; for the transaction that makes it necessary. */
export function dueWrite(messageId: string, at: Date): Write {
  return { put: dueOf(messageId, at), table: 'messages' };
}

/** The same for a message that waits to be sent until then. */
export function waitWrite(messageId: string, until: Date): Write {
  return { put: { ...dueOf(messageId, until), waits: true }, table: 'messages' };
}

/** How many messages wait for an instant, and for which one the first of them does. */
export async function countWaitingForInstant(): Promise<{ waiting: number; next?: string | undefined }> {
  let waiting = 0;
  let next: string | undefined;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    for await (const { sk, waits } of queryItems<Due>('messages', { pk: `DUE#${shard}` })) {
      if (!waits) continue;
      const [instant] = sk.split('#');
      waiting += 1;
      if (next === undefined || (instant !== undefined && instant < next)) next = instant;
    }
  }
  return { waiting, next };
}

export async function removeDue({ pk, sk }: Due): Promise<void> {
  await removeItem('messages', { pk, sk });
}

/** The line that `dueWrite` keeps. */
export function dueOf(messageId: string, at: Date): Due & Record<string, unknown> {
  const shard = Number.parseInt(messageId.slice(0, 8), 16) % SHARDS;
  return { pk: `DUE#${shard}`, sk: `${at.toISOString()}#${messageId}`, messageId };
}

/** A page of what is due in each shard, oldest first. */
export async function* dueUntil(now: Date): AsyncGenerator<Due[]> {
  for (let shard = 0; shard < SHARDS; shard += 1) {
    let cursor: Record<string, unknown> | undefined;
    do {
      const range = { pk: `DUE#${shard}`, between: ['0', `${now.toISOString()}#~`] as const, pageSize: PAGE };
      const page = await queryPage<Due>('messages', range, cursor);
      if (page.items.length > 0) yield page.items;
      cursor = page.cursor;
    } while (cursor);
  }
}
