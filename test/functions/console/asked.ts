import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import type { ConsoleAnswer, ConsolePage, ConsolePerson, ConsoleRequest } from '../../../functions/console/console-page.ts';

export const VIEWER: ConsolePerson = { subject: 'u-1', name: 'Vera View', role: 'view' };
export const ACTOR: ConsolePerson = { subject: 'u-2', name: 'Jane Clerk', role: 'act' };

type Asked = Partial<Pick<ConsoleRequest, 'parameters' | 'query' | 'person'>>;

/** What a page is asked for, now. */
export function asked({ parameters = {}, query = {}, person = ACTOR }: Asked = {}): ConsoleRequest {
  return { parameters, query, person, now: now(), csrf: 'csrf-of-the-session' };
}

/** A form as it comes. */
export function form(fields: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(fields));
}

/** A page's markup. */
export function markupOf({ body }: ConsolePage): string {
  return ('html' in body ? [body] : body).map(({ html }) => html).join('\n');
}

/** What a reader sees of a page, blanks as one. */
export function textOf(page: ConsolePage): string {
  return markupOf(page)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where the next page of a list is. */
export function nextOf(page: ConsolePage): Record<string, string> | undefined {
  const href = /<a href="([^"]*)" rel="next">/.exec(markupOf(page))?.[1]?.replaceAll('&amp;', '&');
  return href === undefined ? undefined : Object.fromEntries(new URL(href, 'https://console.invalid').searchParams);
}

/** An answer that is a page at once. */
export function pageIn(answer: ConsoleAnswer): ConsolePage {
  if ('to' in answer) throw new Error(`It led to ${answer.to}`);
  return answer;
}

/** What something asked of the tables. */
export interface Reads {
  calls: number;
  /** All that came back. */
  items: number;
  /** The most that one call brought. */
  most: number;
  /** Calls that are neither a read of a key nor a query: scans, writes. */
  others: string[];
}

/** Counts what an act asks of the tables; the calls themselves go through. */
export async function counted<T>(act: () => Promise<T>): Promise<{ result: T; reads: Reads }> {
  const reads: Reads = { calls: 0, items: 0, most: 0, others: [] };
  const send = DynamoDBDocumentClient.prototype.send as unknown as (...sent: unknown[]) => Promise<unknown>;
  const spy = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
  spy.mockImplementation(async function (this: DynamoDBDocumentClient, ...sent: unknown[]) {
    const answer = await send.apply(this, sent);
    note(reads, sent[0], answer as Answer);
    return answer;
  } as never);
  try {
    return { result: await act(), reads };
  } finally {
    spy.mockRestore();
  }
}

interface Answer {
  readonly Item?: unknown;
  readonly Items?: unknown[];
  readonly Responses?: Record<string, unknown[]>;
}

function note(reads: Reads, command: unknown, { Item, Items = [], Responses = {} }: Answer): void {
  const items = Items.length + Object.values(Responses).flat().length + (Item ? 1 : 0);
  reads.calls += 1;
  reads.items += items;
  reads.most = Math.max(reads.most, items);
  const isRead = command instanceof GetCommand || command instanceof QueryCommand || command instanceof BatchGetCommand;
  if (!isRead) reads.others.push((command as object).constructor.name);
}
