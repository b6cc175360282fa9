import { type Node, parse } from 'acorn';
import { TABLES } from '../../functions/aws/resources.ts';

/** What the code of a bundle does with tables and queues: read from its calls, after esbuild has left out what nothing reaches. */
export interface BundleNeeds {
  /** `messages:get`, `billing:put`; for an index `messages/bySesId:query`. */
  readonly tables: ReadonlySet<string>;
  /** Environment variables that it reads by name. */
  readonly settings: ReadonlySet<string>;
  readonly buckets: ReadonlySet<string>;
  readonly queues: ReadonlySet<string>;
}

/** functions/aws/tables.ts: the functions whose first argument is a table, and what they do with it. */
const TABLE_CALLS: Readonly<Record<string, string>> = {
  getItem: 'get',
  getItems: 'getMany',
  queryPage: 'query',
  queryItems: 'query',
  putItem: 'put',
  putItems: 'putMany',
  updateItem: 'update',
  removeItem: 'remove',
};
/** The forms of a write in a transaction: `{ table: 'billing', put: ... }`. */
const WRITES = ['put', 'update', 'remove', 'check'];
const SETTING_CALL = 'setting';

/** @param code a bundle whose names were kept */
export function needsOf(code: string): BundleNeeds {
  const needs = { tables: new Set<string>(), settings: new Set<string>(), buckets: new Set<string>(), queues: new Set<string>() };
  walk(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type === 'CallExpression') readCall(node, needs);
    if (node.type === 'ObjectExpression') readWrite(node, needs.tables);
    if (node.type === 'ObjectExpression') readIndex(node, needs.tables);
  });
  return needs;
}

type Fields = Node & Readonly<Record<string, unknown>>;

function readCall(node: Fields, needs: { [Kind in keyof BundleNeeds]: Set<string> }): void {
  // esbuild numbers names that are used twice in a bundle: putItem2.
  const name = String((node.callee as Fields).name ?? '').replace(/\d+$/, '');
  const [first, second] = node.arguments as Fields[];
  const text = textOf(first);
  if (text === undefined) return;
  const operation = TABLE_CALLS[name];
  if (operation && !propertyOf(second, 'index')) needs.tables.add(`${text}:${operation}`);
  if (name === SETTING_CALL) needs.settings.add(text);
  if (name === 'bucketNamed') needs.buckets.add(text);
  if (name === 'queueUrlOf') needs.queues.add(text);
}

function readWrite(node: Fields, tables: Set<string>): void {
  const table = textOf(propertyOf(node, 'table'));
  if (table === undefined) return;
  for (const write of WRITES) if (propertyOf(node, write)) tables.add(`${table}:${write}`);
}

/** A query's range may be put together before the call; the name of its index tells the table. */
function readIndex(node: Fields, tables: Set<string>): void {
  const index = textOf(propertyOf(node, 'index'));
  const owner = Object.entries(TABLES).find(([, { indexes }]) => (indexes as readonly string[]).includes(index ?? ''));
  if (owner && propertyOf(node, 'pk')) tables.add(`${owner[0]}/${index}:query`);
}

function propertyOf(node: Fields | undefined, name: string): Fields | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  const found = (node.properties as Fields[]).find((property) => property.type === 'Property' && (property.key as Fields).name === name);
  return found?.value as Fields | undefined;
}

function textOf(node: Fields | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function walk(node: Node, visit: (node: Fields) => void): void {
  visit(node as Fields);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
