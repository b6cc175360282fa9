import { fieldIssues } from '../events/cloud-event.ts';
import { unknownFields, withoutBlanks } from './blanks.ts';
import { KINDS, type Kind, type KindName } from './kinds.ts';
import { type AnyRecord, type LineOutcome, nameOf, putRecords, type Ready, storedBy } from './put-records.ts';
import { type ImportSource, versionOf } from './statement.ts';

/** A record as it stands in a file. */
export interface GivenRecord {
  readonly line: number;
  readonly given: unknown;
}

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
  for (const outcome of await putRecords({ name, kind, source }, last)) outcomes.set(outcome.line, outcome);
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
