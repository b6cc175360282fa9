import { cursorText, type Listed, ROWS, readCursor } from '../aws/page-cursor.ts';
import { getItems, queryPage } from '../aws/tables.ts';
import { HELD, type HeldLine } from './hold.ts';
import type { Message } from './message.ts';
import { accountKeyOf, keyOfMessage } from './store.ts';

/** Whose emails: of billing (documents, first invoices), or of planned works. */
export type Sender = 'billing' | 'works';

/** Sorts behind every instant. */
const LAST = '~';

/** A page of the emails about an account, the newest first. Asks an index: one of the last moment may be missing. */
export async function accountMessages(bcn: string, sender: Sender, after: string | undefined): Promise<Listed<Message>> {
  const pk = accountKeyOf({ bcn });
  const range = { pk, index: 'byAccount', beginsWith: `${sender}#`, descending: true, pageSize: ROWS };
  const page = await queryPage<Led>('messages', range, readCursor(after, pk));
  return { rows: await led(page.items), next: cursorText(page.cursor) };
}

/** The emails of billing about an account from an instant on, oldest first, fifty at most. */
export async function billingMessagesSince(bcn: string, from: string): Promise<{ messages: Message[]; isAll: boolean }> {
  const between = [`billing#${from}`, `billing#${LAST}`] as const;
  const range = { pk: accountKeyOf({ bcn }), index: 'byAccount', between, pageSize: ROWS };
  const { items, cursor } = await queryPage<Led>('messages', range);
  return { messages: await led(items), isAll: cursor === undefined };
}

/** A page of the emails that wait for a person. */
export async function heldPage(after: string | undefined): Promise<Listed<Message>> {
  const page = await queryPage<HeldLine>('messages', { pk: HELD, pageSize: ROWS }, readCursor(after, HELD));
  const messages = await getMessages(page.items.map(({ messageId }) => messageId));
  return { rows: messages.filter(({ state }) => state === 'held'), next: cursorText(page.cursor) };
}

interface Led {
  /** `MESSAGE#<id>` */
  readonly pk: string;
}

function led(items: readonly Led[]): Promise<Message[]> {
  return getMessages(items.map(({ pk }) => pk.slice('MESSAGE#'.length)));
}

/** Those of the messages that exist, in this order. */
export async function getMessages(messageIds: readonly string[]): Promise<Message[]> {
  const found = await getItems<Message>('messages', messageIds.map(keyOfMessage));
  const byId = new Map(found.map((message) => [message.messageId, message]));
  return [...new Set(messageIds)].flatMap((messageId) => byId.get(messageId) ?? []);
}
