import type { Field, Layout } from './layout.ts';
import { FIELD, PUBLISHED } from './layout.ts';

/** A layout bound to the places of a file's columns. */
export interface Columns {
  readonly layout: Layout;
  /** How many fields every row must have. */
  readonly count: number;
  /** The file's column names, for reasons. */
  readonly names: readonly string[];
  /** Per published field: the places that may hold it, in order. */
  readonly outbound: readonly Int32Array[];
  readonly inbound: readonly Int32Array[];
  readonly direction: number;
  /** One place for an instant, two for date and time. */
  readonly start: readonly number[];
}

/**
 * Finds a layout's columns in a file.
 * @param header the names of the file's header row; the layout's own columns where it has none
 * @returns the columns, or the names that are missing
 */
export function columnsOf(layout: Layout, header: readonly string[] = layout.columns): Columns | readonly string[] {
  const missing = layout.columns.filter((name) => !header.includes(name));
  if (missing.length > 0) return missing;
  const placesOf = (names: readonly string[]) => Int32Array.from(names, (name) => header.indexOf(name));
  const sources = { ...layout.sources, startTime: [], direction: [layout.direction.column] };
  const fields = PUBLISHED.map(([field]): Field => field);
  const { start } = layout;
  return {
    layout,
    count: header.length,
    names: header,
    outbound: fields.map((field) => placesOf(sources[field])),
    inbound: fields.map((field) => placesOf({ ...sources, ...layout.inbound }[field])),
    direction: header.indexOf(layout.direction.column),
    start: (start.format === 'instant' ? [start.column] : [start.date, start.time]).map((name) => header.indexOf(name)),
  };
}

/** The file's name of the column that a published field came from. */
export function columnName({ names, outbound, start }: Columns, field: Field): string {
  const place = field === 'startTime' ? start[0] : outbound[FIELD[field]]?.[0];
  return names[place ?? -1] ?? field;
}
