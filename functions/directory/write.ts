import pLimit from 'p-limit';
import { expression } from '../aws/expression.ts';
import { getItems, type Item, type Key, putItem, putItems } from '../aws/tables.ts';
import { type FieldIssue, fieldIssues } from '../events/cloud-event.ts';
import { unknownFields, withoutBlanks } from './blanks.ts';
import type { Stored } from './keys.ts';
import { KINDS, type Kind, type KindName } from './kinds.ts';
import { pointersOfAccounts, pointersOfCustomers } from './moves.ts';
import type { BillingAccount, Customer } from './records.ts';
import { decide, type ImportSource, lineOfImport, type Outcome, type Statement, versionOf } from './statement.ts';

/** A record as it stands in a file. */
export interface GivenRecord {
  readonly line: number;
  readonly given: unknown;
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

type AnyRecord = { readonly updatedAt?: string | undefined };
interface Ready {
  readonly statement: Statement<AnyRecord>;
  readonly key: Key;
  readonly unknown: readonly string[];
}

const PARALLEL_WRITES = 32;

/**
 * Puts records of one kind into the directory: each only when it is new or newer than what is there, and only when what
 * it refers to is known. Doing it again, or twice at once, changes nothing more and gives the same outcomes.
 * @param given up to a few hundred records, in the order of their file
 * @returns one outcome a record, in the same order
 */
export async function writeRecords(name: KindName, given: readonly GivenRecord[], source: ImportSource): Promise<LineOutcome[]> {
  // The table of kinds is typed kind by kind; from here on a record is only handed back to its own kind.
  const kind = KINDS[name] as unknown as Kind<AnyRecord>;
  const outcomes = new Map<number, LineOutcome>();
  const parsed = given.flatMap((record) => parsedOr(kind, record, outcomes));
  const known = await withReferences(kind, parsed, outcomes);
  const last = lastOfEach(kind, known, source, outcomes);
  for (const outcome of await write({ name, kind, source }, last)) outcomes.set(outcome.line, outcome);
  return given.map(({ line }) => outcomes.get(line) as LineOutcome);
}

function parsedOr(kind: Kind<AnyRecord>, { line, given }: GivenRecord, outcomes: Map<number, LineOutcome>): Ready[] {
  const filled = withoutBlanks(given);
  const parsed = kind.schema.safeParse(filled);
  if (!parsed.success) {
    outcomes.set(line, { line, outcome: 'rejected', issues: fieldIssues(parsed.error, given), unknown: [] });
    return [];
  }
  return [{ statement: { record: parsed.data, line }, key: kind.keyOf(parsed.data), unknown: unknownFields(filled, parsed.data) }];
}

/** Those whose references are in the directory. */
async function withReferences(kind: Kind<AnyRecord>, ready: readonly Ready[], outcomes: Map<number, LineOutcome>): Promise<Ready[]> {
  const references = ready.map(({ statement }) => kind.refersTo(statement.record));
  const there = await storedBy(references.flat().map(({ key }) => key));
  return ready.filter(({ statement: { line }, unknown }, index) => {
    const missing = (references[index] ?? []).filter(({ key }) => !there.has(nameOf(key)));
    const issues = missing.map(({ field, value, expected }) => ({ field, value: JSON.stringify(value), expected }));
    if (missing.length > 0) outcomes.set(line, { line, outcome: 'rejected', issues, unknown });
    return missing.length === 0;
  });
}

/** Of several lines about one record only the last counts; deciding it here makes a repeated import count alike. */
function lastOfEach(kind: Kind<AnyRecord>, ready: readonly Ready[], source: ImportSource, outcomes: Map<number, LineOutcome>): Ready[] {
  const last = new Map<string, Ready>();
  for (const next of ready) {
    const id = kind.idOf(next.statement.record);
    const before = last.get(id);
    if (!before) {
      last.set(id, next);
      continue;
    }
    const [a, b] = [versionOf(before.statement, source), versionOf(next.statement, source)];
    const [loser, winner] = a.version < b.version ? [before, next] : [next, before];
    const { line } = loser.statement;
    outcomes.set(line, {
      line,
      outcome: a.sha256 === b.sha256 ? 'same' : 'older',
      issues: [],
      unknown: loser.unknown,
      repeats: { id, line: winner.statement.line },
    });
    last.set(id, winner);
  }
  return [...last.values()];
}

interface Writing {
  readonly name: KindName;
  readonly kind: Kind<AnyRecord>;
  readonly source: ImportSource;
}

async function write(writing: Writing, ready: readonly Ready[]): Promise<LineOutcome[]> {
  const { name, kind, source } = writing;
  const stored = await storedBy(ready.map(({ key }) => key));
  const decided = ready.map((one) => ({ ...one, ...decide(versionOf(one.statement, source), stored.get(nameOf(one.key))) }));
  const changing = decided.filter(({ outcome }) => outcome === 'new' || outcome === 'changed');
  await putPointers(changing.flatMap(({ statement }) => kind.pointersOf(statement.record)));
  await putPointers(await pointersByEntity(name, changing));
  const limit = pLimit(PARALLEL_WRITES);
  const outcomes = await Promise.all(ready.map((one) => limit(() => writeOne(writing, one, stored.get(nameOf(one.key))))));
  // Again, for what came in between: an account that a moved customer got, an account whose customer moved.
  await putPointers(await pointersByEntity(name, changing));
  return outcomes;
}

async function writeOne({ kind, source }: Writing, { statement, key, unknown }: Ready, before: Stored<unknown> | undefined) {
  const version = versionOf(statement, source);
  for (let known = before; ; known = (await storedBy([key])).get(nameOf(key))) {
    const { outcome, write } = decide(version, known);
    const repeats = known && repeatIn(known, kind.idOf(statement.record), version.version, source);
    const done: LineOutcome = { line: statement.line, outcome, issues: [], unknown, repeats };
    if (!write) return done;
    const item = { ...key, record: statement.record, ...version, written: outcome, repeats };
    const when = known ? expression`#version = ${known.version}` : expression`attribute_not_exists(#pk)`;
    if (await putItem('directory', item, when)) return done;
  }
}

/** The other line of this import about the same record; remembered with a version that this import has written before. */
function repeatIn(known: Stored<unknown>, id: string, version: string, source: ImportSource): LineOutcome['repeats'] {
  if (known.version === version) return known.repeats as LineOutcome['repeats'];
  const line = lineOfImport(known, source);
  return line === undefined ? undefined : { id, line };
}

/** How a bill run finds the accounts of an entity; a customer takes its accounts along when it goes to another. */
async function pointersByEntity(
  name: KindName,
  changing: readonly { statement: Statement<AnyRecord>; outcome: Outcome }[],
): Promise<Item[]> {
  if (name === 'billingAccounts') return pointersOfAccounts(changing.map(({ statement }) => statement.record as BillingAccount));
  if (name !== 'customers') return [];
  return pointersOfCustomers(changing.filter(({ outcome }) => outcome === 'changed').map(({ statement }) => statement.record as Customer));
}

async function storedBy(keys: readonly Key[]): Promise<Map<string, Stored<unknown>>> {
  const items = await getItems<Stored<unknown>>('directory', keys);
  return new Map(items.map((item) => [nameOf(item), item]));
}

async function putPointers(pointers: readonly Item[]): Promise<void> {
  await putItems('directory', [...new Map(pointers.map((pointer) => [nameOf(pointer), pointer])).values()]);
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}
