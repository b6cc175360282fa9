import { createHash } from 'node:crypto';
import dynalite from 'dynalite/db/index.js';
import { type Request, TableError, tableError } from './table-error.ts';
import type { TableStore } from './table-store.ts';

type Run = (operation: string, input: Request) => Request;

interface Step {
  readonly kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
  readonly input: Request;
  readonly key: Request;
}

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
const TOKEN_MILLISECONDS = 10 * 60 * 1000;

/**
 * TransactWriteItems: everything or nothing, inside one SQLite transaction that a kill rolls back.
 * @throws TableError TransactionCanceledException with a reason for each item, in their order
 */
export function writeTransaction(store: TableStore, input: Request, run: Run): Request {
  const items = (input.TransactItems ?? []) as Request[];
  if (items.length === 0 || items.length > MAX_ITEMS) {
    throw tableError(
      'ValidationException',
      `1 validation error detected: Value at 'transactItems' must have length between 1 and ${MAX_ITEMS}`,
    );
  }
  const token = tokenOf(input, items);
  if (token && isKnown(store, token)) return {};
  const steps = items.map((item) => stepOf(store, item));
  refuseDoubles(steps);
  store.begin();
  try {
    const reasons = steps.map((step) => take(step, run));
    if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
    refuseTooMuch(steps, run);
    if (token) store.write(token.key, { hash: token.hash, at: Date.now() });
    store.commit();
    return {};
  } catch (error) {
    store.rollback();
    throw error;
  }
}

/** TransactGetItems: all of them as of one moment. */
export function getTransaction(input: Request, read: (data: Request) => Request): Request {
  const items = (input.TransactItems ?? []) as { Get: Request }[];
  return {
    Responses: items.map(({ Get }) => {
      const { Item } = read({ ...Get, ConsistentRead: true });
      return Item ? { Item } : {};
    }),
  };
}

function stepOf(store: TableStore, item: Request): Step {
  const [kind, input] = Object.entries(item)[0] as [Step['kind'], Request];
  const table = store.read(`table~${String(input.TableName)}`) as { KeySchema: { AttributeName: string }[] } | undefined;
  if (!table) throw tableError('ResourceNotFoundException', 'Requested resource not found');
  const source = (input.Key ?? input.Item) as Request;
  return { kind, input, key: Object.fromEntries(table.KeySchema.map(({ AttributeName }) => [AttributeName, source[AttributeName]])) };
}

function take({ kind, input, key }: Step, run: Run): Reason {
  const { ReturnValuesOnConditionCheckFailure: wanted, ...rest } = input;
  const before = run('GetItem', { TableName: input.TableName, Key: key, ConsistentRead: true }).Item as Request | undefined;
  try {
    if (kind === 'Put') run('PutItem', rest);
    else if (kind === 'Update') run('UpdateItem', rest);
    else if (kind === 'Delete') run('DeleteItem', rest);
    else check(rest, key, before, run);
    return { Code: 'None' };
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    if (!String(error.body.__type).includes('ConditionalCheckFailed')) return { Code: 'ValidationError', Message: error.message };
    return {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(wanted === 'ALL_OLD' && before ? { Item: before } : {}),
    };
  }
}

/** A condition without a change: the item is written as it is, or a missing one is removed. */
function check(input: Request, key: Request, before: Request | undefined, run: Run): void {
  const { Key: _, ...condition } = input;
  if (before) run('PutItem', { ...condition, Item: before });
  else run('DeleteItem', { ...condition, Key: key });
}

function refuseDoubles(steps: readonly Step[]): void {
  const keys = steps.map(({ input, key }) => `${String(input.TableName)} ${JSON.stringify(key)}`);
  if (new Set(keys).size === keys.length) return;
  throw tableError('ValidationException', 'Transaction request cannot include multiple operations on one item');
}

function refuseTooMuch(steps: readonly Step[], run: Run): void {
  let bytes = 0;
  for (const { input, key } of steps) {
    const { Item } = run('GetItem', { TableName: input.TableName, Key: key, ConsistentRead: true });
    if (Item) bytes += dynalite.itemSize(Item);
  }
  if (bytes > MAX_BYTES) throw tableError('ValidationException', 'Transaction request size has exceeded the maximum allowed size of 4 MB');
}

function tokenOf(input: Request, items: readonly Request[]): { key: string; hash: string } | undefined {
  if (!input.ClientRequestToken) return undefined;
  return { key: `token~${String(input.ClientRequestToken)}`, hash: createHash('sha256').update(JSON.stringify(items)).digest('hex') };
}

function isKnown(store: TableStore, token: { key: string; hash: string }): boolean {
  const known = store.read(token.key) as { hash: string; at: number } | undefined;
  if (!known || Date.now() - known.at > TOKEN_MILLISECONDS) return false;
  if (known.hash === token.hash) return true;
  throw tableError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request.',
  );
}

function cancelled(reasons: readonly Reason[]): TableError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return tableError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    {
      CancellationReasons: reasons,
    },
  );
}
