const COMMA = 44;
const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;

/** No layout has more columns; what stands beyond them is counted, not kept. */
const MAX_FIELDS = 128;

/** The longest row that is read. A quote that is never closed would otherwise swallow the file. */
export const MAX_ROW_BYTES = 65_536;

export const TOO_LONG = `the row is longer than ${MAX_ROW_BYTES} bytes: a line feed or a closing quote is missing`;

/** One row of a CSV file as offsets into bytes: no field becomes a string unless somebody needs it as one. */
export interface Row {
  bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Fields of the row, also those beyond what is kept. */
  count: number;
  /** Lines of the file that the row takes: more than one when a quoted field holds line feeds. */
  lines: number;
  /** Where fields of rows with quotes are kept without them. */
  readonly unquoted: Buffer;
}

export function newRow(): Row {
  return {
    bytes: Buffer.alloc(0),
    starts: new Int32Array(MAX_FIELDS),
    ends: new Int32Array(MAX_FIELDS),
    count: 0,
    lines: 1,
    unquoted: Buffer.alloc(MAX_ROW_BYTES),
  };
}

/**
 * Splits the row that begins at an offset (RFC 4180; line feeds or CRLF).
 * @param bytes whole rows; the last one may lack its line feed
 * @returns the offset of the next row, or -1 when a quote is not closed or stands inside a field
 */
export function splitRow(bytes: Buffer, from: number, row: Row): number {
  const { starts, ends } = row;
  const length = bytes.length;
  let count = 0;
  let start = from;
  let at = from;
  for (; at < length; at++) {
    const byte = bytes[at];
    if (byte === COMMA) {
      if (count < MAX_FIELDS) {
        starts[count] = start;
        ends[count] = at;
      }
      count++;
      start = at + 1;
    } else if (byte === LINE_FEED) break;
    else if (byte === QUOTE) return splitQuotedRow(bytes, from, row);
  }
  const end = at > start && bytes[at - 1] === RETURN ? at - 1 : at;
  if (count < MAX_FIELDS) {
    starts[count] = start;
    ends[count] = end;
  }
  row.bytes = bytes;
  row.count = count + 1;
  row.lines = 1;
  return at < length ? at + 1 : at;
}

/** The field's text. */
export function textOf(row: Row, field: number): string {
  return row.bytes.toString('utf8', row.starts[field], row.ends[field]);
}

interface Copy {
  readonly bytes: Buffer;
  /** The next byte to read. */
  at: number;
  readonly into: Buffer;
  /** Bytes written so far. */
  to: number;
  lines: number;
}

/** Rows with quotes are rare: their fields are copied without them. */
function splitQuotedRow(bytes: Buffer, from: number, row: Row): number {
  const copy: Copy = { bytes, at: from, into: row.unquoted, to: 0, lines: 1 };
  let count = 0;
  for (let more = true; more; count++) {
    const start = copy.to;
    const whole = bytes[copy.at] === QUOTE ? copyQuoted(copy) : copyPlain(copy);
    if (!whole) return -1;
    if (count < MAX_FIELDS) {
      row.starts[count] = start;
      row.ends[count] = copy.to;
    }
    more = bytes[copy.at] === COMMA;
    copy.at++;
  }
  row.bytes = row.unquoted;
  row.count = count;
  row.lines = copy.lines;
  return Math.min(copy.at, bytes.length);
}

/** Copies up to the comma or the row's end; false when a quote stands inside. */
function copyPlain(copy: Copy): boolean {
  const { bytes, into } = copy;
  for (; !endsField(bytes, copy.at); copy.at++) {
    if (bytes[copy.at] === QUOTE || copy.to === into.length) return false;
    into[copy.to++] = bytes[copy.at] as number;
  }
  skipReturn(copy);
  return true;
}

/** Copies what stands in quotes, doubled ones once; false when they are not closed or something follows them. */
function copyQuoted(copy: Copy): boolean {
  const { bytes, into } = copy;
  for (copy.at++; copy.at < bytes.length; copy.at++) {
    if (bytes[copy.at] === QUOTE && bytes[++copy.at] !== QUOTE) {
      skipReturn(copy);
      return endsField(bytes, copy.at);
    }
    if (bytes[copy.at] === LINE_FEED) copy.lines++;
    if (copy.to === into.length) return false;
    into[copy.to++] = bytes[copy.at] as number;
  }
  return false;
}

function endsField(bytes: Buffer, at: number): boolean {
  return at >= bytes.length || bytes[at] === COMMA || bytes[at] === LINE_FEED || (bytes[at] === RETURN && endsRow(bytes, at + 1));
}

function endsRow(bytes: Buffer, at: number): boolean {
  return at >= bytes.length || bytes[at] === LINE_FEED;
}

function skipReturn(copy: Copy): void {
  if (copy.bytes[copy.at] === RETURN && endsRow(copy.bytes, copy.at + 1)) copy.at++;
}
