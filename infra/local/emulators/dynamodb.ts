import { createRequire } from 'node:module';
import dynalite from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import type { Chaos } from './chaos.ts';
import { type Request, TableError, tableError } from './table-error.ts';
import { TableStore } from './table-store.ts';
import { getTransaction, writeTransaction } from './table-transactions.ts';

interface Rules {
  readonly types: unknown;
  readonly custom: unknown;
}

type Action = (store: TableStore, data: Request, done: (error: unknown, result?: Request) => void) => void;

const load = createRequire(import.meta.url);
const loaded = new Map<string, { rules: Rules; action: Action }>();

const WRITES = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteTable',
  'UpdateTable',
  'TagResource',
]);
const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'DescribeTable', 'ListTables', 'ListTagsOfResource']);

/** How many changed items a stale index may not have seen yet. */
const STALE_ITEMS = 50;

export interface DynamoSettings {
  readonly directory: string;
  readonly account: string;
  readonly region: string;
  readonly chaos: Chaos;
}

/** DynamoDB over dynalite's rules and one SQLite file: what dynalite lacks (transactions, TTL calls) is added here. */
export class DynamoEmulator {
  readonly #store: TableStore;
  readonly #chaos: Chaos;
  readonly #recent = new Map<string, Request | undefined>();

  constructor({ directory, account, region, chaos }: DynamoSettings) {
    this.#store = new TableStore(directory, account, region);
    this.#chaos = chaos;
  }

  /** Runs one operation as the service would. */
  async operate(operation: string, input: Request): Promise<Request> {
    if (operation === 'TransactWriteItems') {
      if (this.#chaos.strikes('conflict')) throw conflict(input);
      return writeTransaction(this.#store, input, (kind, data) => this.#write(kind, data));
    }
    if (operation === 'TransactGetItems') return getTransaction(input, (data) => this.#now('GetItem', data));
    if (operation === 'Query' || operation === 'Scan') return this.#list(operation, input);
    if (operation === 'BatchWriteItem') return this.#batchWrite(input);
    if (WRITES.has(operation)) return this.#single(operation, input);
    if (READS.has(operation)) return this.#now(operation, input);
    return timeToLive(this.#store, operation, input);
  }

  close(): void {
    this.#store.close();
  }

  async #single(operation: string, input: Request): Promise<Request> {
    const wanted = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const before = wanted
      ? this.#now('GetItem', { TableName: input.TableName, Key: this.#keyOf(input), ConsistentRead: true }).Item
      : undefined;
    this.#store.begin();
    try {
      const result = this.#write(operation, input);
      this.#store.commit();
      if (operation === 'CreateTable') await new Promise((resolve) => setTimeout(resolve, 2));
      return result;
    } catch (error) {
      this.#store.rollback();
      const refused = error instanceof TableError && String(error.body.__type).includes('ConditionalCheckFailed');
      throw refused && before ? new TableError({ ...error.body, Item: before }) : error;
    }
  }

  /** Each item by itself, as the service does: a batch is not a transaction. */
  #batchWrite(input: Request): Request {
    this.#now('BatchWriteItem', input, true);
    this.#store.begin();
    for (const [TableName, requests] of Object.entries(input.RequestItems as Record<string, Request[]>)) {
      for (const { PutRequest, DeleteRequest } of requests) {
        const put = PutRequest as Request | undefined;
        if (put) this.#write('PutItem', { TableName, Item: put.Item });
        else this.#write('DeleteItem', { TableName, Key: (DeleteRequest as Request).Key });
      }
    }
    this.#store.commit();
    return { UnprocessedItems: {} };
  }

  #write(operation: string, input: Request): Request {
    if (input.Item || input.Key) {
      this.#store.itemKey = this.#tableKey(input);
      if (this.#chaos.strikes('staleIndex')) this.#remember(input);
    }
    return this.#now(operation, input);
  }

  async #list(operation: string, input: Request): Promise<Request> {
    const start = input.IndexName ? (input.ExclusiveStartKey as Request | undefined) : undefined;
    this.#store.itemKey = start ? this.#tableKey({ TableName: input.TableName, Key: start }) : '';
    const listed = await new Promise<Request>((resolve, reject) => {
      this.#run(operation, input, false, (error, result) => (error ? reject(error) : resolve(result as Request)));
    });
    return input.IndexName && this.#chaos.strikes('staleIndex') ? this.#stale(input, listed) : listed;
  }

  /** Runs an action that ends in the same turn. */
  #now(operation: string, input: Request, checkOnly = false): Request {
    let answer: { error: unknown; result?: Request } | undefined;
    this.#run(operation, input, checkOnly, (error, result) => {
      answer = { error, result: result as Request };
    });
    if (!answer) throw new Error(`${operation} did not end in one turn`);
    if (answer.error) throw answer.error;
    return answer.result ?? {};
  }

  #run(operation: string, input: Request, checkOnly: boolean, done: (error: unknown, result?: Request) => void): void {
    try {
      const { rules, action } = partsOf(operation);
      const data = validations.checkTypes({ ...input }, rules.types) as Request;
      validations.checkValidations(data, rules.types, rules.custom, this.#store);
      if (checkOnly) {
        done(null, {});
        return;
      }
      action(this.#store, data, (error, result) => done(error ? refusal(error) : null, result));
    } catch (error) {
      done(refusal(error));
    }
  }

  #keyOf(input: Request): Request {
    if (input.Key) return input.Key as Request;
    const item = input.Item as Request;
    const table = this.#store.read(`table~${String(input.TableName)}`) as { KeySchema: { AttributeName: string }[] } | undefined;
    if (!table) throw tableError('ResourceNotFoundException', 'Requested resource not found');
    return Object.fromEntries(table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]));
  }

  #tableKey(input: Request): string {
    const table = this.#store.read(`table~${String(input.TableName)}`);
    const item = (input.Item ?? input.Key) as Request;
    try {
      return table ? dynalite.createKey(item, table) : '';
    } catch {
      return '';
    }
  }

  #remember(input: Request): void {
    const before = this.#now('GetItem', { TableName: input.TableName, Key: this.#keyOf(input), ConsistentRead: true }).Item as
      | Request
      | undefined;
    this.#recent.set(`${String(input.TableName)} ${this.#store.itemKey}`, before);
    const oldest = this.#recent.keys().next().value;
    if (this.#recent.size > STALE_ITEMS && oldest !== undefined) this.#recent.delete(oldest);
  }

  /** The index as it was before the last changes: new items are missing, changed ones show what they were. */
  #stale(input: Request, listed: Request): Request {
    const items = (listed.Items as Request[] | undefined)?.flatMap((Item) => {
      const key = `${String(input.TableName)} ${this.#tableKey({ TableName: input.TableName, Item })}`;
      if (!this.#recent.has(key)) return [Item];
      const before = this.#recent.get(key);
      const partition = `${String(input.IndexName)}Pk`;
      return before && JSON.stringify(before[partition]) === JSON.stringify(Item[partition]) ? [before] : [];
    });
    return { ...listed, Items: items, Count: items?.length ?? listed.Count };
  }
}

/** dynalite's rules for an operation's input, and what it does. */
function partsOf(operation: string): { rules: Rules; action: Action } {
  const known = loaded.get(operation);
  if (known) return known;
  const name = operation.charAt(0).toLowerCase() + operation.slice(1);
  const parts = { rules: load(`dynalite/validations/${name}`) as Rules, action: load(`dynalite/actions/${name}`) as Action };
  loaded.set(operation, parts);
  return parts;
}

function refusal(error: unknown): unknown {
  const body = (error as { body?: Record<string, unknown> }).body;
  return body ? new TableError(body) : error;
}

function conflict(input: Request): TableError {
  const items = (input.TransactItems ?? []) as unknown[];
  const CancellationReasons = items.map((_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return tableError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    {
      CancellationReasons,
    },
  );
}

/** Time to live, backups: accepted and remembered; items are not removed, as readers must not rely on removal either. */
function timeToLive(store: TableStore, operation: string, input: Request): Request {
  const key = `ttl~${String(input.TableName)}`;
  if (operation === 'UpdateTimeToLive') {
    store.write(key, input.TimeToLiveSpecification);
    return { TimeToLiveSpecification: input.TimeToLiveSpecification };
  }
  if (operation === 'DescribeTimeToLive') {
    const kept = store.read(key) as { Enabled: boolean; AttributeName: string } | undefined;
    const status = kept?.Enabled ? { TimeToLiveStatus: 'ENABLED', AttributeName: kept.AttributeName } : { TimeToLiveStatus: 'DISABLED' };
    return { TimeToLiveDescription: status };
  }
  throw new TableError({ __type: 'com.amazon.coral.service#UnknownOperationException', message: `The local DynamoDB has no ${operation}` });
}
