import { type Columns, columnName } from './columns.ts';
import { FIELD, type Field, PUBLISHED } from './layout.ts';
import { type Row, textOf } from './row.ts';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const SLASH = 47;
const COLON = 58;

/** The finest charge that is read: nine decimals. */
export const CHARGE_DECIMALS = 9;
const MAX_CHARGE_DIGITS = 9;
const MAX_SECONDS_DIGITS = 9;
const MAX_CLASS_BYTES = 100;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The facts of the row at hand. One object serves the whole file: nothing is made per row. */
export interface CallRecord {
  readonly row: Row;
  /** Per published field the column that holds it; -1 when it is empty. */
  readonly at: Int32Array;
  /** `other` when the word says neither. */
  direction: 'inbound' | 'outbound' | 'other';
  /** The local date as written, YYYYMMDD as a number. */
  day: number;
  /** The column that the start stands in. */
  start: number;
  /** True when the start is told with its offset from UTC. */
  zoned: boolean;
  seconds: number;
  ratedSeconds: number;
  /** Whole units of the charge, and what follows the point in 10^-9; both negative for a credit. */
  units: number;
  fraction: number;
  decimals: number;
}

/** What is wrong with a row. */
export interface Fault {
  readonly field: string;
  readonly value: string;
  readonly right: string;
}

export function newRecord(row: Row): CallRecord {
  const at = new Int32Array(PUBLISHED.length).fill(-1);
  return { row, at, direction: 'other', day: 0, start: 0, zoned: false, seconds: 0, ratedSeconds: 0, units: 0, fraction: 0, decimals: 0 };
}

/**
 * Reads the row's facts into the record.
 * @returns the first field that is wrong
 */
export function readRecord(record: CallRecord, columns: Columns): Fault | undefined {
  const { row, at } = record;
  record.direction = directionOf(row, columns);
  const places = record.direction === 'inbound' ? columns.inbound : columns.outbound;
  for (let field = 0; field < at.length; field++) at[field] = filled(row, places[field] as Int32Array);
  if (empty(record, 'recordId')) return fault(record, columns, 'recordId', 'an id that no other call has');
  if (!isClass(record))
    return fault(record, columns, 'callClass', `the class that the call is billed under, at most ${MAX_CLASS_BYTES} bytes,`);
  if (!readCharge(record)) return fault(record, columns, 'charge', `an amount such as 0.01234, at most ${CHARGE_DECIMALS} decimals,`);
  record.seconds = wholeNumber(row, at[FIELD.durationSeconds] as number);
  if (record.seconds < 0) return fault(record, columns, 'durationSeconds', 'a number of seconds');
  record.ratedSeconds = wholeNumber(row, at[FIELD.ratedSeconds] as number);
  if (record.ratedSeconds < 0) return fault(record, columns, 'ratedSeconds', 'a number of seconds');
  return readStart(record, columns);
}

/** The field's bytes as text; '' when it is empty. */
export function fieldText({ row, at }: CallRecord, field: Field): string {
  const place = at[FIELD[field]] as number;
  return place < 0 ? '' : textOf(row, place);
}

function empty({ at }: CallRecord, field: Field): boolean {
  return (at[FIELD[field]] as number) < 0;
}

function isClass({ row, at }: CallRecord): boolean {
  const place = at[FIELD.callClass] as number;
  return place >= 0 && (row.ends[place] as number) - (row.starts[place] as number) <= MAX_CLASS_BYTES;
}

function fault(record: CallRecord, columns: Columns, field: Field, right: string): Fault {
  return { field: columnName(columns, field), value: fieldText(record, field), right };
}

function filled({ starts, ends }: Row, places: Int32Array): number {
  for (let index = 0; index < places.length; index++) {
    const place = places[index] as number;
    if ((ends[place] as number) > (starts[place] as number)) return place;
  }
  return -1;
}

function directionOf({ bytes, starts, ends }: Row, { direction, layout }: Columns): CallRecord['direction'] {
  const codes = layout.direction.inboundCodes;
  if (codes) {
    const start = starts[direction] as number;
    const inbound = codes.some(
      (code) => ends[direction] === start + code.length && bytes.toString('latin1', start, start + code.length) === code,
    );
    return inbound ? 'inbound' : 'outbound';
  }
  // The first letter tells inbound, incoming and in from outbound, outgoing and out.
  const letter = (bytes[starts[direction] as number] as number) | 32;
  if ((ends[direction] as number) === (starts[direction] as number)) return 'other';
  if (letter === 105) return 'inbound';
  return letter === 111 ? 'outbound' : 'other';
}

/** The field as a whole number, -1 when it is none. */
function wholeNumber({ bytes, starts, ends }: Row, place: number): number {
  if (place < 0) return -1;
  const start = starts[place] as number;
  const end = ends[place] as number;
  return end - start > MAX_SECONDS_DIGITS ? -1 : digits(bytes, start, end);
}

/** Digits from start to end as a number, -1 when there are none or others among them. */
function digits(bytes: Buffer, start: number, end: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) return -1;
    value = value * 10 + byte - ZERO;
  }
  return value;
}

function readCharge(record: CallRecord): boolean {
  const { bytes, starts, ends } = record.row;
  const place = record.at[FIELD.charge] as number;
  if (place < 0) return false;
  const end = ends[place] as number;
  let at = starts[place] as number;
  const negative = bytes[at] === MINUS;
  if (negative) at++;
  let point = at;
  while (point < end && bytes[point] !== POINT) point++;
  const units = point - at > MAX_CHARGE_DIGITS ? -1 : digits(bytes, at, point);
  if (units < 0) return false;
  const decimals = point < end ? end - point - 1 : 0;
  let fraction = 0;
  if (point < end) {
    fraction = decimals > CHARGE_DECIMALS ? -1 : digits(bytes, point + 1, end);
    if (fraction < 0) return false;
    for (let missing = decimals; missing < CHARGE_DECIMALS; missing++) fraction *= 10;
  }
  record.units = negative ? -units : units;
  record.fraction = negative ? -fraction : fraction;
  record.decimals = decimals;
  return true;
}

function readStart(record: CallRecord, columns: Columns): Fault | undefined {
  const { row } = record;
  const [first = 0, second = 0] = columns.start;
  record.start = first;
  const start = row.starts[first] as number;
  const end = row.ends[first] as number;
  if (columns.layout.start.format === 'instant') {
    record.day = dayAt(row.bytes, start, start + 5, start + 8);
    const offset = isTime(row.bytes, start + 11, end) ? offsetAt(row.bytes, start + 19, end) : 'wrong';
    record.zoned = offset === 'zoned';
    if (record.day > 0 && offset !== 'wrong') return undefined;
    return { field: columns.names[first] ?? '', value: textOf(row, first), right: 'an instant such as 2026-10-05T09:30:00+02:00' };
  }
  record.zoned = false;
  record.day = end - start === 10 && row.bytes[start + 2] === SLASH ? dayAt(row.bytes, start + 6, start + 3, start) : 0;
  if (record.day === 0) return { field: columns.names[first] ?? '', value: textOf(row, first), right: 'a date such as 31/10/2026' };
  const time = row.starts[second] as number;
  if (isTime(row.bytes, time, row.ends[second] as number) && (row.ends[second] as number) === time + 8) return undefined;
  return { field: columns.names[second] ?? '', value: textOf(row, second), right: 'a time such as 23:59:59' };
}

/** YYYYMMDD of a date whose year, month and day stand at these offsets; 0 when there is no such day. */
function dayAt(bytes: Buffer, yearAt: number, monthAt: number, dayAt: number): number {
  const year = digits(bytes, yearAt, yearAt + 4);
  const month = digits(bytes, monthAt, monthAt + 2);
  const day = digits(bytes, dayAt, dayAt + 2);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > (DAYS_IN_MONTH[month - 1] as number)) return 0;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return 0;
  return year * 10_000 + month * 100 + day;
}

/** True for HH:MM:SS; a leap second counts. */
function isTime(bytes: Buffer, at: number, end: number): boolean {
  if (end < at + 8 || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return false;
  const hour = digits(bytes, at, at + 2);
  const minute = digits(bytes, at + 3, at + 5);
  const second = digits(bytes, at + 6, at + 8);
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
}

/** What follows the seconds: an offset, nothing, or something wrong. */
function offsetAt(bytes: Buffer, from: number, end: number): 'zoned' | 'local' | 'wrong' {
  let at = from;
  if (bytes[at] === POINT && at < end) {
    at++;
    while (at < end && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at++;
  }
  if (at === end) return 'local';
  if (at + 1 === end && bytes[at] === 90) return 'zoned';
  const sign = bytes[at] === 43 || bytes[at] === MINUS;
  const right = sign && at + 6 === end && bytes[at + 3] === COLON && digits(bytes, at + 1, at + 3) >= 0 && digits(bytes, at + 4, end) >= 0;
  return right ? 'zoned' : 'wrong';
}
