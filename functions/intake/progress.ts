import type { FieldIssue } from '../events/cloud-event.ts';

/** What became of the records or files of one kind. */
export interface Tally {
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly older: number;
  readonly rejected: number;
}

/** Something that the import report tells a person. */
export type Finding =
  /** Did not go in. */
  | ({ readonly is: 'rejection'; readonly file: string; readonly line?: number | undefined } & FieldIssue)
  /** Went on to the bill run with the reason, so that its account is parked. */
  | { readonly is: 'unreadable'; readonly file: string; readonly reason: string }
  /** The same, because it is not the file that the carrier announced. */
  | { readonly is: 'checksum'; readonly file: string; readonly announced: string; readonly found: string }
  /** Good to know; nothing was rejected. */
  | { readonly is: 'remark'; readonly file: string; readonly line?: number | undefined; readonly text: string };

/** A piece of an import that is done: everything before `at` is in the tables. */
export interface Progress {
  /** Where the step would go on. */
  readonly at: { readonly after?: string; readonly offset?: number; readonly line?: number };
  /** The file or folder that the counts are told under. */
  readonly file: string;
  readonly tally?: Tally | undefined;
  readonly findings?: readonly Finding[];
  readonly unknownFields?: readonly string[];
  /** Accounts whose bills or usage may have changed. */
  readonly changed?: { readonly period: string; readonly bcns: readonly string[] } | undefined;
  /** Files of an account's calendar, by `<period>/<calendar>`. */
  readonly delivered?: Readonly<Record<string, { readonly bills: number; readonly usageFiles: number }>>;
  /** All periods of the export, once they are known. */
  readonly periods?: readonly string[];
  /** To be done, and done. */
  readonly bytes?: { readonly total?: number; readonly done?: number };
}

/** What a step works on: an export, from where the step stands. */
export interface StepWork {
  readonly importId: string;
  readonly time: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly at: Progress['at'];
  readonly delivered: Readonly<Record<string, { readonly bills: number; readonly usageFiles: number }>>;
  readonly periods: readonly string[];
  /** The first piece may have been done before, by a worker that died: what it answers now need not be what changed. */
  readonly again: boolean;
}

/** Counts outcomes; an outcome is read once. */
export function tallyOf(outcomes: Iterable<'new' | 'changed' | 'same' | 'older' | 'rejected'>): Tally {
  const tally = { read: 0, new: 0, changed: 0, same: 0, older: 0, rejected: 0 };
  for (const outcome of outcomes) {
    tally.read += 1;
    tally[outcome] += 1;
  }
  return tally;
}
