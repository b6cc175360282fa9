import { createHash } from 'node:crypto';
import type { Stored } from './keys.ts';

/** One line of an import that says something about one record. */
export interface Statement<T> {
  readonly record: T & { readonly updatedAt?: string | undefined };
  readonly line: number;
}

/** The import that makes the statements. */
export interface ImportSource {
  readonly importId: string;
  /** The event's time, as `Date.toISOString()` writes it. */
  readonly time: string;
}

export type Outcome = 'new' | 'changed' | 'same' | 'older';

export interface Decision {
  readonly outcome: Outcome;
  /** Whether the table has to change: also when the same is said anew, so that nothing older can come after it. */
  readonly write: boolean;
}

type Versioned = Pick<Stored<unknown>, 'at' | 'version' | 'written' | 'sha256'> & { readonly erased?: unknown };

/**
 * How a statement will stand in the table. Statements about one record are ordered by the carrier's own time
 * (`updatedAt`, else the event's), then the event's time, then, within a file, the later line.
 */
export function versionOf<T>({ record, line }: Statement<T>, { importId, time }: ImportSource): Omit<Versioned, 'written'> {
  const at = record.updatedAt ?? time;
  return { at, version: [at, time, importId, String(line).padStart(9, '0')].join('#'), sha256: hashOf(record) };
}

/** What a statement means for what the table holds: the newest wins in whatever order statements come, and however often. */
export function decide(next: Omit<Versioned, 'written'>, known: Versioned | undefined): Decision {
  if (!known) return { outcome: 'new', write: true };
  if (known.version === next.version) return { outcome: known.written, write: false };
  // What was erased does not come back because the carrier's export still says it.
  if (known.sha256 === next.sha256) return { outcome: 'same', write: next.at > known.at && known.erased === undefined };
  if (next.version > known.version) return { outcome: 'changed', write: true };
  return { outcome: 'older', write: false };
}

/** The line of the same import that the table's version came from; undefined when it came from another import. */
export function lineOfImport({ version }: Pick<Versioned, 'version'>, { importId }: ImportSource): number | undefined {
  const [, , from, line] = version.split('#');
  return from === importId ? Number(line) : undefined;
}

/** Equal for records that say the same, whenever they were touched. */
function hashOf(record: object): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...record, updatedAt: undefined }))
    .digest('base64url');
}
