import type { Columns } from './columns.ts';
import { FIELD, type FieldKind, LATE_COLUMN, PUBLISHED } from './layout.ts';
import type { CallRecord } from './record.ts';
import { MAX_ROW_BYTES } from './row.ts';

const COMMA = 44;
const LINE_FEED = 10;
const RETURN = 13;
const TAB = 9;
const QUOTE = 34;
const APOSTROPHE = 39;
const EQUALS = 61;
const PLUS = 43;
const MINUS = 45;
const AT = 64;
const ZERO = 48;
const NINE = 57;

/** Stands for the last three digits of a masked number. */
const HIDDEN = 'xxx';

/** Room for one more row: every byte doubled as a quote, apostrophes, the late column. */
export const MAX_PUBLISHED_BYTES = 2 * MAX_ROW_BYTES + 1_024;

/** The header row of the published CDR. */
export const HEADER = Buffer.from(`${[...PUBLISHED.map(([name]) => name), LATE_COLUMN].join(',')}\n`);

const KINDS: readonly FieldKind[] = PUBLISHED.map(([, kind]) => kind);

/** How the rows of a file are written. */
export interface RowStyle {
  readonly columns: Columns;
  /** The last three digits of the other party's number are hidden. */
  readonly masked: boolean;
  readonly currency: string;
}

/**
 * Writes the record as a row of the published CDR: numbers and amounts as they came, free text so that no spreadsheet takes it for a formula.
 * @param late the earlier period the call belongs to; '' for the period's own
 * @returns the offset after the row
 */
export function writeRecord(out: Buffer, from: number, record: CallRecord, style: RowStyle, late: string): number {
  let to = from;
  for (let field = 0; field < KINDS.length; field++) {
    to = writeField(out, to, record, style, field);
    out[to++] = COMMA;
  }
  to = writeAscii(out, to, late);
  out[to++] = LINE_FEED;
  return to;
}

function writeField(out: Buffer, to: number, record: CallRecord, style: RowStyle, field: number): number {
  const { bytes, starts, ends } = record.row;
  const place = record.at[field] as number;
  if (field === FIELD.startTime) return writeStart(out, to, record, style.columns);
  if (field === FIELD.currency) return writeAscii(out, to, style.currency);
  if (field === FIELD.direction && style.columns.layout.direction.inboundCodes) return writeAscii(out, to, record.direction);
  if (place < 0) return to;
  const start = starts[place] as number;
  const end = ends[place] as number;
  const kind = KINDS[field];
  if (kind === 'amount' || kind === 'seconds') return copy(out, to, bytes, start, end);
  if (kind !== 'number') return writeText(out, to, bytes, start, end);
  const number = isNumber(bytes, start, end);
  if (style.masked && isOtherParty(record, field)) return number ? writeMasked(out, to, bytes, start, end) : writeAscii(out, to, HIDDEN);
  return number ? copy(out, to, bytes, start, end) : writeText(out, to, bytes, start, end);
}

/** `2026-10-25T01:30:00`: as it came, or from date and time; a local time stays local, because the repeated hour of October cannot be told. */
function writeStart(out: Buffer, at: number, { row }: CallRecord, { layout, start: places }: Columns): number {
  const { bytes, starts, ends } = row;
  const [first = 0, second = 0] = places;
  const start = starts[first] as number;
  if (layout.start.format === 'instant') return copy(out, at, bytes, start, ends[first] as number);
  let to = copy(out, at, bytes, start + 6, start + 10);
  out[to++] = MINUS;
  to = copy(out, to, bytes, start + 3, start + 5);
  out[to++] = MINUS;
  to = copy(out, to, bytes, start, start + 2);
  out[to++] = 84;
  return copy(out, to, bytes, starts[second] as number, ends[second] as number);
}

/** Who is not the customer: the called one of an outbound call, the caller of an inbound one; where the direction is unclear, every number but the charged one. */
function isOtherParty({ direction, row, at }: CallRecord, field: number): boolean {
  if (field === FIELD.chargedNumber) return false;
  if (direction === 'inbound') return field === FIELD.aNumber;
  if (direction === 'outbound') return field === FIELD.bNumber;
  const [charged, own] = [at[FIELD.chargedNumber] as number, at[field] as number];
  if (charged < 0) return true;
  const { bytes, starts, ends } = row;
  return bytes.compare(bytes, starts[own], ends[own], starts[charged], ends[charged]) !== 0;
}

/** Without its plus, because what is no number any more could be taken for a formula. */
function writeMasked(out: Buffer, to: number, bytes: Buffer, start: number, end: number): number {
  const digits = bytes[start] === PLUS ? start + 1 : start;
  return writeAscii(out, copy(out, to, bytes, digits, end - HIDDEN.length), HIDDEN);
}

/** `^\+?\d{3,15}$` */
function isNumber(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start] === PLUS ? start + 1 : start;
  if (end - first < 3 || end - first > 15) return false;
  for (let at = first; at < end; at++) if ((bytes[at] as number) < ZERO || (bytes[at] as number) > NINE) return false;
  return true;
}

function writeText(out: Buffer, from: number, bytes: Buffer, start: number, end: number): number {
  if (start === end) return from;
  let to = from;
  if (startsFormula(bytes[start] as number)) out[to++] = APOSTROPHE;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === COMMA || byte === QUOTE || byte === LINE_FEED || byte === RETURN) return writeQuoted(out, from, bytes, start, end);
    out[to++] = byte;
  }
  return to;
}

function writeQuoted(out: Buffer, from: number, bytes: Buffer, start: number, end: number): number {
  let to = from;
  out[to++] = QUOTE;
  if (startsFormula(bytes[start] as number)) out[to++] = APOSTROPHE;
  for (let at = start; at < end; at++) {
    if (bytes[at] === QUOTE) out[to++] = QUOTE;
    out[to++] = bytes[at] as number;
  }
  out[to++] = QUOTE;
  return to;
}

function startsFormula(byte: number): boolean {
  return byte === EQUALS || byte === PLUS || byte === MINUS || byte === AT || byte === TAB || byte === RETURN || byte === LINE_FEED;
}

/** Fields are too short for the call into native code that Buffer.copy is. */
function copy(out: Buffer, from: number, bytes: Buffer, start: number, end: number): number {
  let to = from;
  for (let at = start; at < end; at++) out[to++] = bytes[at] as number;
  return to;
}

function writeAscii(out: Buffer, from: number, text: string): number {
  for (let at = 0; at < text.length; at++) out[from + at] = text.charCodeAt(at);
  return from + text.length;
}
