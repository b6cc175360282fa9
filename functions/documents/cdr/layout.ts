/** The columns of the published CDR, in their order, and what each may hold. */
export const PUBLISHED = [
  ['recordId', 'text'],
  ['chargedNumber', 'number'],
  ['aNumber', 'number'],
  ['bNumber', 'number'],
  ['direction', 'direction'],
  ['startTime', 'start'],
  ['durationSeconds', 'seconds'],
  ['ratedSeconds', 'seconds'],
  ['callClass', 'text'],
  ['destination', 'text'],
  ['timeBand', 'text'],
  ['charge', 'amount'],
  ['currency', 'text'],
  ['serviceId', 'text'],
] as const;

export type Field = (typeof PUBLISHED)[number][0];
export type FieldKind = (typeof PUBLISHED)[number][1];

/** The place of each field in a row of the published CDR. */
export const FIELD = Object.fromEntries(PUBLISHED.map(([name], index) => [name, index])) as Readonly<Record<Field, number>>;

/** The last published column marks late usage with the period it belongs to (`2026-09`); it is empty for the period's own calls. */
export const LATE_COLUMN = 'latePeriod';

/** Where the published fields stand in a carrier's file. Of several columns the first that is filled counts. */
export type Sources = Readonly<Record<Exclude<Field, 'startTime' | 'direction'>, readonly string[]>>;

/** A carrier's file format, as data: a new one is a new file beside `fcs-v3.ts` and a row in `layouts.ts`. */
export interface Layout {
  readonly name: string;
  /** With a header row columns are found by their names there, in any order; without one they stand as listed. */
  readonly headerRow: boolean;
  readonly columns: readonly string[];
  readonly sources: Sources;
  /** What differs on inbound calls. */
  readonly inbound: Partial<Sources>;
  /** `word`: the column says inbound or outbound itself. `codes`: these codes are inbound, all others outbound. */
  readonly direction: { readonly column: string; readonly inboundCodes?: readonly string[] };
  /** `instant`: RFC 3339 in one column. `uk-local`: DD/MM/YYYY and HH:MM:SS in two, local time of the carrier. */
  readonly start:
    | { readonly format: 'instant'; readonly column: string }
    | { readonly format: 'uk-local'; readonly date: string; readonly time: string };
  /** What an empty field means. */
  readonly defaults: Partial<Record<Field, string>>;
}
