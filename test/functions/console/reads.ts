import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';

/** What somebody asked of the tables. */
export interface Reads<Result> {
  readonly result: Result;
  /** The calls by name: `QueryCommand`, `BatchGetCommand`. */
  readonly calls: readonly string[];
  /** Items that came back, all calls together. */
  readonly items: number;
  /** The most that one call brought. */
  readonly most: number;
}

interface Read {
  readonly Item?: object;
  readonly Items?: readonly object[];
  readonly Responses?: Readonly<Record<string, readonly object[]>>;
}

/** Does something and counts what it asks of the tables: every call goes through, and is watched. */
export async function watchReads<Result>(work: () => Promise<Result>): Promise<Reads<Result>> {
  const watched = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
  try {
    const result = await work();
    const calls = watched.mock.calls.map(([command]) => command.constructor.name);
    const answers = await Promise.all(watched.mock.results.map(({ value }) => value as Promise<Read>));
    const items = answers.map(itemsOf);
    return { result, calls, items: items.reduce((sum, count) => sum + count, 0), most: Math.max(0, ...items) };
  } finally {
    watched.mockRestore();
  }
}

function itemsOf({ Item, Items = [], Responses = {} }: Read): number {
  return (Item ? 1 : 0) + Items.length + Object.values(Responses).reduce((sum, items) => sum + items.length, 0);
}
