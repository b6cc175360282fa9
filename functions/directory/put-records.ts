import pLimit from 'p-limit';
import { expression } from '../aws/expression.ts';
import { getItems, type Item, type Key, putItem, putItems, transact } from '../aws/tables.ts';
import type { FieldIssue } from '../events/cloud-event.ts';
import type { Stored } from './keys.ts';
import type { Kind, KindName } from './kinds.ts';
import { pointersOfAccounts, pointersOfCustomers } from './moves.ts';
import type { BillingAccount, Customer } from './records.ts';
import { decide, type ImportSource, lineOfImport, type Outcome, type Statement, versionOf } from './statement.ts';

export type AnyRecord = { readonly updatedAt?: string | undefined };

/** A record that may go in, if it is new or newer. */
export interface Ready {
  readonly statement: Statement<AnyRecord>;
  readonly key: Key;
  readonly unknown: readonly string[];
}

/** What became of a line. */
export interface LineOutcome {
  readonly line: number;
  readonly outcome: Outcome | 'rejected';
  /** Why it was rejected. */
  readonly issues: readonly FieldIssue[];
  /** Fields that no record of this kind has. */
  readonly unknown: readonly string[];
  /** Another line of the same file about the same record. */
  readonly repeats?: { readonly id: string; readonly line: number } | undefined;
}

interface Writing {
  readonly name: KindName;
  readonly kind: Kind<AnyRecord>;
  readonly source: ImportSource;
}

/** One outcome and the write that makes it true, if the table has to change for it. */
interface Plan {
  readonly done: LineOutcome;
  readonly put?: { readonly item: Item; readonly when: ReturnType<typeof expression> };
}

/** Several in one transaction are a third of the work of one by one; a transaction holds 4 MB. */
const TOGETHER = 25;
const MOST_CHARACTERS = 1_000_000;
const PARALLEL = 4;

/** Writes records of one kind, at most one about each thing, their pointers first; see keys.ts. */
export async function putRecords(writing: Writing, ready: readonly Ready[]): Promise<LineOutcome[]> {
  const { name, kind, source } = writing;
  const stored = await storedBy(ready.map(({ key }) => key));
  const decided = ready.map((one) => ({ ...one, ...decide(versionOf(one.statement, source), stored.get(nameOf(one.key))) }));
  const changing = decided.filter(({ outcome }) => outcome === 'new' || outcome === 'changed');
  const pointers = [...changing.flatMap(({ statement }) => kind.pointersOf(statement.record)), ...(await byEntity(name, changing))];
  await putPointers(pointers);
  const limit = pLimit(PARALLEL);
  const outcomes = await Promise.all(batchesOf(ready).map((batch) => limit(() => putTogether(writing, batch, stored))));
  // What came in between: an account that a moved customer got, an account whose customer moved.
  const there = new Set(pointers.map(nameOf));
  await putPointers((await byEntity(name, changing)).filter((pointer) => !there.has(nameOf(pointer))));
  return outcomes.flat();
}

/** The items of these keys, by name. */
export async function storedBy(keys: readonly Key[]): Promise<Map<string, Stored<unknown>>> {
  const items = await getItems<Stored<unknown>>('directory', keys);
  return new Map(items.map((item) => [nameOf(item), item]));
}

/** A key as one string. */
export function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

async function putTogether(
  writing: Writing,
  batch: readonly Ready[],
  stored: ReadonlyMap<string, Stored<unknown>>,
): Promise<LineOutcome[]> {
  const plans = batch.map((one) => planOf(writing, one, stored.get(nameOf(one.key))));
  const writes = plans.flatMap(({ put }) => (put ? [{ put: put.item, table: 'directory' as const, when: put.when }] : []));
  if (writes.length === 0 || (await transact(writes)).length === 0) return plans.map(({ done }) => done);
  // Someone else wrote one of them in between: each for itself.
  return Promise.all(batch.map((one) => putOne(writing, one)));
}

async function putOne(writing: Writing, one: Ready): Promise<LineOutcome> {
  for (;;) {
    const { done, put } = planOf(writing, one, (await storedBy([one.key])).get(nameOf(one.key)));
    if (!put || (await putItem('directory', put.item, put.when))) return done;
  }
}

function planOf({ kind, source }: Writing, { statement, key, unknown }: Ready, known: Stored<unknown> | undefined): Plan {
  const version = versionOf(statement, source);
  const { outcome, write } = decide(version, known);
  const repeats = known && repeatIn(known, kind.idOf(statement.record), version.version, source);
  const done: LineOutcome = { line: statement.line, outcome, issues: [], unknown, repeats };
  if (!write) return { done };
  const when = known ? expression`#version = ${known.version}` : expression`attribute_not_exists(#pk)`;
  return {
    done,
    put: { item: { ...key, ...kind.indexedBy?.(statement.record), record: statement.record, ...version, written: outcome, repeats }, when },
  };
}

/** The other line of this import about the same record; remembered with a version that this import has written before. */
function repeatIn(known: Stored<unknown>, id: string, version: string, source: ImportSource): LineOutcome['repeats'] {
  if (known.version === version) return known.repeats as LineOutcome['repeats'];
  const line = lineOfImport(known, source);
  return line === undefined ? undefined : { id, line };
}

/** How a bill run finds the accounts of an entity; a customer takes its accounts along when it goes to another. */
async function byEntity(name: KindName, changing: readonly { statement: Statement<AnyRecord>; outcome: Outcome }[]): Promise<Item[]> {
  if (name === 'billingAccounts') return pointersOfAccounts(changing.map(({ statement }) => statement.record as BillingAccount));
  if (name !== 'customers') return [];
  return pointersOfCustomers(changing.filter(({ outcome }) => outcome === 'changed').map(({ statement }) => statement.record as Customer));
}

function batchesOf(ready: readonly Ready[]): Ready[][] {
  const batches: Ready[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const one of ready) {
    const length = JSON.stringify(one.statement.record).length;
    const last = batches.at(-1);
    characters += length;
    if (last && last.length < TOGETHER && characters <= MOST_CHARACTERS) {
      last.push(one);
      continue;
    }
    batches.push([one]);
    characters = length;
  }
  return batches;
}

async function putPointers(pointers: readonly Item[]): Promise<void> {
  await putItems('directory', [...new Map(pointers.map((pointer) => [nameOf(pointer), pointer])).values()]);
}
