import * as z from 'zod';
import type { Page } from './tables.ts';

/** A part of a list that people look at: a page of it, and where the next one begins. */
export interface Listed<T> {
  readonly rows: readonly T[];
  /** For a URL; missing on the last page. */
  readonly next?: string | undefined;
}

/** Rows that a person sees at once. */
export const ROWS = 50;

const keys = z.record(z.string(), z.string());

/** Where a list goes on, as a URL carries it. Only for tables whose keys hold no name and no address. */
export function cursorText(cursor: Page<unknown>['cursor']): string | undefined {
  return cursor && Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/**
 * Reads a cursor that came back.
 * @param partition the partition that is read: a cursor of another list begins this one anew
 * @returns undefined for none, and for what is none
 */
export function readCursor(text: string | undefined, partition: string): Record<string, string> | undefined {
  try {
    const { data } = keys.safeParse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()));
    return data && Object.values(data).includes(partition) ? data : undefined;
  } catch {
    return undefined;
  }
}
