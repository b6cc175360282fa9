import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What something asked of the tables. */
export interface TableCalls {
  readonly calls: number;
  /** Calls that are not the reads that a page may do. */
  readonly others: readonly string[];
  readonly items: number;
  /** The most items that one call brought. */
  readonly most: number;
}

interface Answered {
  readonly Item?: object;
  readonly Items?: readonly object[];
  readonly Responses?: Readonly<Record<string, readonly object[]>>;
}

const READS: ReadonlySet<string> = new Set(['GetCommand', 'BatchGetCommand', 'QueryCommand']);

/** Does something, and counts what it asks of the tables; every call goes through. */
export async function countingCalls(act: () => Promise<unknown>): Promise<TableCalls> {
  const { prototype } = DynamoDBDocumentClient;
  const { send } = prototype;
  const names: string[] = [];
  const brought: number[] = [];
  prototype.send = async function (this: DynamoDBDocumentClient, ...given: unknown[]) {
    names.push((given[0] as object).constructor.name);
    const answer: Answered = await Reflect.apply(send, this, given);
    brought.push(itemsOf(answer));
    return answer;
  } as typeof send;
  try {
    await act();
  } finally {
    prototype.send = send;
  }
  const items = brought.reduce((sum, count) => sum + count, 0);
  return { calls: names.length, others: names.filter((name) => !READS.has(name)), items, most: Math.max(0, ...brought) };
}

function itemsOf({ Item, Items = [], Responses = {} }: Answered): number {
  return (Item ? 1 : 0) + Items.length + Object.values(Responses).reduce((sum, items) => sum + items.length, 0);
}
