import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

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
  const { prototype } = DynamoDBDocumentClient;
  const { send } = prototype;
  const calls: string[] = [];
  const brought: number[] = [];
  prototype.send = async function (this: DynamoDBDocumentClient, ...given: unknown[]) {
    calls.push((given[0] as object).constructor.name);
    const answer: Read = await Reflect.apply(send, this, given);
    brought.push(itemsOf(answer));
    return answer;
  } as typeof send;
  try {
    const result = await work();
    return { result, calls, items: brought.reduce((sum, count) => sum + count, 0), most: Math.max(0, ...brought) };
  } finally {
    prototype.send = send;
  }
}

function itemsOf({ Item, Items = [], Responses = {} }: Read): number {
  return (Item ? 1 : 0) + Items.length + Object.values(Responses).reduce((sum, items) => sum + items.length, 0);
}
