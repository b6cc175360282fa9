import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { PassingError } from '../events/failure.ts';
import { tableNamed } from './environment.ts';
import type { Expression } from './expression.ts';
import type { TableName } from './resources.ts';

/** Every table has the same keys; what they mean is told by the capability that owns the table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & Record<string, unknown>;

export interface QueryRange {
  readonly pk: string;
  /** Only sort keys that begin with this. */
  readonly beginsWith?: string;
  /** Only sort keys in this range, both ends included. */
  readonly between?: readonly [string, string];
  /** A secondary index of the table; its keys are the attributes `<index>Pk` and `<index>Sk`. Reads there may be stale. */
  readonly index?: string;
  readonly descending?: boolean;
  readonly consistent?: boolean;
  readonly pageSize?: number;
}

export interface Page<T> {
  readonly items: T[];
  /** Hand back to read on; missing on the last page. */
  readonly cursor?: Record<string, unknown> | undefined;
}

/** One write of a transaction. */
export type Write =
  | { readonly put: Item; readonly table: TableName; readonly when?: Expression }
  | { readonly update: Key; readonly table: TableName; readonly change: Expression; readonly when?: Expression }
  | { readonly remove: Key; readonly table: TableName; readonly when?: Expression }
  | { readonly check: Key; readonly table: TableName; readonly when: Expression };

/** Which writes of a transaction found their condition false; empty when it went through. */
export type FailedConditions = readonly number[];

const MAX_CONFLICT_TRIES = 12;

let client: DynamoDBDocumentClient | undefined;

function dynamo(): DynamoDBDocumentClient {
  client ??= DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 6 }), { marshallOptions: { removeUndefinedValues: true } });
  return client;
}

/** Reads one item, consistently. */
export async function getItem<T>(table: TableName, key: Key): Promise<T | undefined> {
  const { Item } = await dynamo().send(new GetCommand({ TableName: tableNamed(table), Key: keyOf(key), ConsistentRead: true }));
  return Item as T | undefined;
}

/** Writes an item. Answers false when the condition did not hold. */
export async function putItem(table: TableName, item: Item, when?: Expression): Promise<boolean> {
  return holds(dynamo().send(new PutCommand({ TableName: tableNamed(table), Item: item, ...conditioned(when) })));
}

/** Changes an item and answers it as it is afterwards, or undefined when the condition did not hold. */
export async function updateItem<T>(table: TableName, key: Key, change: Expression, when?: Expression): Promise<T | undefined> {
  const command = new UpdateCommand({ TableName: tableNamed(table), Key: keyOf(key), ...changed(change, when), ReturnValues: 'ALL_NEW' });
  try {
    return (await dynamo().send(command)).Attributes as T;
  } catch (error) {
    if (isNamed(error, 'ConditionalCheckFailedException')) return undefined;
    throw error;
  }
}

/** Removes an item. Answers false when the condition did not hold. */
export async function removeItem(table: TableName, key: Key, when?: Expression): Promise<boolean> {
  return holds(dynamo().send(new DeleteCommand({ TableName: tableNamed(table), Key: keyOf(key), ...conditioned(when) })));
}

/** Reads one page of a partition. */
export async function queryPage<T>(table: TableName, range: QueryRange, cursor?: Record<string, unknown>): Promise<Page<T>> {
  const [pkName, skName] = range.index ? [`${range.index}Pk`, `${range.index}Sk`] : ['pk', 'sk'];
  const sort = range.between ? ' AND #sk BETWEEN :from AND :to' : range.beginsWith !== undefined ? ' AND begins_with(#sk, :from)' : '';
  const result = await dynamo().send(
    new QueryCommand({
      TableName: tableNamed(table),
      IndexName: range.index,
      KeyConditionExpression: `#pk = :pk${sort}`,
      ExpressionAttributeNames: { '#pk': pkName, ...(sort ? { '#sk': skName } : {}) },
      ExpressionAttributeValues: {
        ':pk': range.pk,
        ...(range.between ? { ':from': range.between[0], ':to': range.between[1] } : {}),
        ...(!range.between && range.beginsWith !== undefined ? { ':from': range.beginsWith } : {}),
      },
      ScanIndexForward: !range.descending,
      ConsistentRead: range.index ? false : (range.consistent ?? true),
      Limit: range.pageSize,
      ExclusiveStartKey: cursor,
    }),
  );
  return { items: (result.Items ?? []) as T[], cursor: result.LastEvaluatedKey };
}

/** Reads a whole partition page by page, never more than a page in memory. */
export async function* queryItems<T>(table: TableName, range: QueryRange): AsyncGenerator<T> {
  let cursor: Record<string, unknown> | undefined;
  do {
    const page: Page<T> = await queryPage<T>(table, range, cursor);
    yield* page.items;
    cursor = page.cursor;
  } while (cursor);
}

/** Reads many items by key, consistently; missing ones are left out, the order is the table's. */
export async function getItems<T>(table: TableName, keys: readonly Key[]): Promise<T[]> {
  const name = tableNamed(table);
  const found: T[] = [];
  let rest: Record<string, unknown>[] = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, keyOf(key)])).values()];
  for (let turn = 0; rest.length > 0; turn += 1) {
    const batch = rest.slice(0, 100);
    const result = await dynamo().send(new BatchGetCommand({ RequestItems: { [name]: { Keys: batch, ConsistentRead: true } } }));
    found.push(...((result.Responses?.[name] ?? []) as T[]));
    const unread = result.UnprocessedKeys?.[name]?.Keys ?? [];
    rest = [...unread, ...rest.slice(100)];
    if (unread.length > 0) await pause(turn);
  }
  return found;
}

/** Writes many items without conditions, 25 at a time. Two items of one key are an error of the caller's. */
export async function putItems(table: TableName, items: readonly Item[]): Promise<void> {
  const name = tableNamed(table);
  let rest = items.map((item) => ({ PutRequest: { Item: item as Record<string, unknown> } }));
  for (let turn = 0; rest.length > 0; turn += 1) {
    const result = await dynamo().send(new BatchWriteCommand({ RequestItems: { [name]: rest.slice(0, 25) } }));
    const unwritten = (result.UnprocessedItems?.[name] ?? []) as typeof rest;
    rest = [...unwritten, ...rest.slice(25)];
    if (unwritten.length > 0) await pause(turn);
  }
}

/**
 * All writes or none, at most 100. Conflicts with other transactions are tried again.
 * @returns the positions of the writes whose condition was false; empty when everything was written
 * @throws PassingError when the conflict outlasts the tries
 */
export async function transact(writes: readonly Write[]): Promise<FailedConditions> {
  for (let turn = 0; turn < MAX_CONFLICT_TRIES; turn += 1) {
    try {
      await dynamo().send(new TransactWriteCommand({ TransactItems: writes.map(transactItem) }));
      return [];
    } catch (error) {
      if (!isNamed(error, 'TransactionCanceledException') && !isNamed(error, 'TransactionConflictException')) throw error;
      const codes = ((error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? []).map(({ Code }) => Code);
      const failed = codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : []));
      if (failed.length > 0) return failed;
      if (codes.includes('ValidationError')) throw error;
      await pause(turn);
    }
  }
  throw new PassingError('The transaction met other writers on the same items too often');
}

function transactItem(write: Write): NonNullable<TransactWriteCommandInput['TransactItems']>[number] {
  const TableName = tableNamed(write.table);
  if ('put' in write) return { Put: { TableName, Item: write.put, ...conditioned(write.when) } };
  if ('update' in write) return { Update: { TableName, Key: keyOf(write.update), ...changed(write.change, write.when) } };
  if ('remove' in write) return { Delete: { TableName, Key: keyOf(write.remove), ...conditioned(write.when) } };
  return { ConditionCheck: { TableName, Key: keyOf(write.check), ...conditioned(write.when), ConditionExpression: write.when.text } };
}

function conditioned(when: Expression | undefined) {
  if (!when) return {};
  return { ConditionExpression: when.text, ExpressionAttributeNames: filled(when.names), ExpressionAttributeValues: filled(when.values) };
}

function changed(change: Expression, when: Expression | undefined) {
  return {
    UpdateExpression: change.text,
    ConditionExpression: when?.text,
    ExpressionAttributeNames: filled({ ...change.names, ...when?.names }),
    ExpressionAttributeValues: filled({ ...change.values, ...when?.values }),
  };
}

/** DynamoDB refuses empty maps of names or values. */
function filled<T>(map: Readonly<Record<string, T>>): Record<string, T> | undefined {
  return Object.keys(map).length > 0 ? { ...map } : undefined;
}

function keyOf({ pk, sk }: Key): Record<string, unknown> {
  return { pk, sk };
}

async function holds(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (isNamed(error, 'ConditionalCheckFailedException')) return false;
    throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function pause(turn: number): Promise<void> {
  const milliseconds = Math.random() * Math.min(1000, 20 * 2 ** turn);
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
