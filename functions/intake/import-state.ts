import { createHash, randomUUID } from 'node:crypto';
import { expression } from '../aws/expression.ts';
import { expiresAfterDays, KEPT_DAYS } from '../aws/retention.ts';
import { getItem, putItem, putItems, queryItems, updateItem } from '../aws/tables.ts';
import { PassingError } from '../events/failure.ts';
import type { Finding, Progress, Tally } from './progress.ts';

/*
 * The `intake` table: one partition an import.
 *
 * | what                                        | pk                | sk                       |
 * |---------------------------------------------|-------------------|--------------------------|
 * | how far it is, with its counts              | IMPORT#<importId> | STATE                    |
 * | something to tell in the report             | IMPORT#<importId> | FINDING#<number>         |
 * | accounts of a period whose input changed    | IMPORT#<importId> | CHANGED#<number>         |
 *
 * Everything an import does can be done twice without harm, so the state is only moved on after a piece is done, together
 * with the counts of that piece, in one conditional write by the worker that holds the import. A worker that begins takes
 * it over; the one before finds that at its next step and leaves.
 */

/** How far an import is. */
export interface ImportState {
  readonly importId: string;
  readonly source: string;
  readonly eventId: string;
  /** The event's time: when the carrier said all this. */
  readonly time: string;
  readonly bucket: string;
  /** With a slash at its end. */
  readonly prefix: string;
  readonly startedAt: string;
  readonly finishedAt?: string | undefined;
  /** Who works on it: what another worker does after that is refused. */
  readonly worker: string;
  /** The step at work, `finished` at the end. */
  readonly step: string;
  /** Inside the step; empty at its beginning. */
  readonly at: Progress['at'];
  readonly periods: readonly string[];
  /** By file or folder of the export. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** By file, names of fields that no record has. */
  readonly unknownFields: Readonly<Record<string, readonly string[]>>;
  /** Bills and usage files of `<period>/<calendar>` that lie in this export. */
  readonly delivered: Readonly<Record<string, { readonly bills: number; readonly usageFiles: number }>>;
  readonly bytes: { readonly total: number; readonly done: number };
  readonly findings: number;
  readonly changes: number;
}

export interface Announcement {
  readonly source: string;
  readonly eventId: string;
  readonly time: string;
  readonly bucket: string;
  readonly prefix: string;
}

/** Findings beyond these are counted, not told one by one: a report of a million lines helps nobody. */
const MOST_FINDINGS = 10_000;
const MOST_UNKNOWN_FIELDS = 100;

/** One import per event, however often it is delivered. */
export function importIdOf(source: string, eventId: string): string {
  return createHash('sha256').update(`${source}\n${eventId}`).digest('hex').slice(0, 32);
}

/** Opens an import at its first step, or answers the one that is there. */
export async function openImport(announcement: Announcement, firstStep: string, now: Date): Promise<ImportState> {
  const importId = importIdOf(announcement.source, announcement.eventId);
  const state: ImportState = {
    ...announcement,
    importId,
    startedAt: now.toISOString(),
    worker: '',
    step: firstStep,
    at: {},
    periods: [],
    tallies: {},
    unknownFields: {},
    delivered: {},
    bytes: { total: 0, done: 0 },
    findings: 0,
    changes: 0,
  };
  if (await putItem('intake', { ...stateKey(importId), ...state }, expression`attribute_not_exists(#pk)`)) return state;
  return (await importProgress(importId)) ?? state;
}

/** How far an import is; undefined when it has not begun. */
export function importProgress(importId: string): Promise<ImportState | undefined> {
  return getItem<ImportState>('intake', stateKey(importId));
}

/** Makes the caller the worker of an import; undefined when there is no such import. */
export function takeOver(importId: string): Promise<ImportState | undefined> {
  return updateItem<ImportState>(
    'intake',
    stateKey(importId),
    expression`SET #worker = ${randomUUID()}`,
    expression`attribute_exists(#pk)`,
  );
}

/** Records a piece of work and moves on by it. Recording the same piece twice is recording it once. */
export async function advance(state: ImportState, progress: Progress): Promise<ImportState> {
  const { findings = [], changed } = progress;
  // A finding quotes what was rejected, which may be somebody's name.
  const expiresAt = expiresAfterDays(state.startedAt, KEPT_DAYS);
  const told = findings.slice(0, Math.max(0, MOST_FINDINGS - state.findings));
  await putItems(
    'intake',
    told.map((finding, index) => ({ ...numberedKey(state.importId, 'FINDING', state.findings + index), ...finding, expiresAt })),
  );
  if (changed) await putItems('intake', [{ ...numberedKey(state.importId, 'CHANGED', state.changes), ...changed }]);
  return save(state, {
    ...afterwards(state, progress),
    findings: state.findings + told.length,
    changes: state.changes + (changed ? 1 : 0),
  });
}

/** Moves on to the next step. */
export function enter(state: ImportState, step: string, finishedAt?: Date): Promise<ImportState> {
  return save(state, { ...state, step, at: {}, finishedAt: finishedAt?.toISOString() });
}

/** What an import has to tell, in the order of the export. */
export function findingsOf(importId: string): AsyncGenerator<Finding> {
  return queryItems<Finding>('intake', { pk: stateKey(importId).pk, beginsWith: 'FINDING#' });
}

/** The accounts whose input an import changed, by period. */
export function changesOf(importId: string): AsyncGenerator<{ sk: string; period: string; bcns: string[] }> {
  return queryItems('intake', { pk: stateKey(importId).pk, beginsWith: 'CHANGED#' });
}

/** @throws PassingError when another worker has taken over */
async function save(before: ImportState, after: ImportState): Promise<ImportState> {
  const saved = await putItem('intake', { ...stateKey(before.importId), ...after }, expression`#worker = ${before.worker}`);
  if (!saved) throw new PassingError(`Another worker has taken over import ${before.importId}`, { retryAfterSeconds: 60 });
  return after;
}

function afterwards(state: ImportState, { file, at, tally, unknownFields = [], delivered = {}, periods, bytes }: Progress): ImportState {
  const known = state.unknownFields[file] ?? [];
  const unknown = [...new Set([...known, ...unknownFields])].slice(0, MOST_UNKNOWN_FIELDS);
  return {
    ...state,
    at,
    periods: periods ?? state.periods,
    tallies: tally ? { ...state.tallies, [file]: addTallies(state.tallies[file], tally) } : state.tallies,
    unknownFields: unknown.length > 0 ? { ...state.unknownFields, [file]: unknown } : state.unknownFields,
    delivered: addDelivered(state.delivered, delivered),
    bytes: { total: state.bytes.total + (bytes?.total ?? 0), done: state.bytes.done + (bytes?.done ?? 0) },
  };
}

function addTallies(a: Tally | undefined, b: Tally): Tally {
  if (!a) return b;
  return {
    read: a.read + b.read,
    new: a.new + b.new,
    changed: a.changed + b.changed,
    same: a.same + b.same,
    older: a.older + b.older,
    rejected: a.rejected + b.rejected,
  };
}

function addDelivered(before: ImportState['delivered'], more: NonNullable<Progress['delivered']>): ImportState['delivered'] {
  const sums = { ...before };
  for (const [calendar, { bills, usageFiles }] of Object.entries(more)) {
    const sum = sums[calendar] ?? { bills: 0, usageFiles: 0 };
    sums[calendar] = { bills: sum.bills + bills, usageFiles: sum.usageFiles + usageFiles };
  }
  return sums;
}

function stateKey(importId: string) {
  return { pk: `IMPORT#${importId}`, sk: 'STATE' };
}

function numberedKey(importId: string, what: 'FINDING' | 'CHANGED', index: number) {
  return { pk: `IMPORT#${importId}`, sk: `${what}#${String(index).padStart(8, '0')}` };
}
