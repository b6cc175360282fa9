import { Buffer } from 'node:buffer';

/** A line of a file, without its line break. */
export interface Line {
  /** From 1. */
  readonly line: number;
  /** Missing when the line cannot be read; then `expected` says why. */
  readonly text?: string | undefined;
  readonly expected?: string | undefined;
  /** How long the line is, in bytes. */
  readonly bytes: number;
  /** Where the next line begins, in bytes from the file's start. */
  readonly end: number;
  /** False for a last line without a line break: perhaps the file was cut there. */
  readonly ended: boolean;
}

/** Where reading goes on: after so many bytes and lines. */
export interface LinePosition {
  readonly offset: number;
  readonly line: number;
}

/** A record is never longer; more of a line is not kept in memory. */
export const LONGEST_LINE = 256 * 1024;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The lines of a UTF-8 stream with their places, blank ones too, a byte order mark left out. However long a line is, no
 * more than LONGEST_LINE of it is held.
 * @param chunks the file's bytes from `from.offset` on
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, from: LinePosition): AsyncGenerator<Line> {
  let { offset: start, line } = from;
  let held: Uint8Array[] = [];
  let bytes = 0;
  const take = (ended: boolean): Line => {
    line += 1;
    const next = lineOf(held, { line, bytes, end: start + bytes + (ended ? 1 : 0), ended }, start === 0);
    start = next.end;
    held = [];
    bytes = 0;
    return next;
  };
  for await (const chunk of chunks) {
    let at = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
      hold(chunk.subarray(at, end));
      at = end + 1;
      yield take(true);
    }
    hold(chunk.subarray(at));
  }
  if (bytes > 0) yield take(false);

  function hold(part: Uint8Array): void {
    if (bytes <= LONGEST_LINE) held.push(part);
    bytes += part.length;
  }
}

function lineOf(held: readonly Uint8Array[], place: Omit<Line, 'text' | 'expected'>, first: boolean): Line {
  if (place.bytes > LONGEST_LINE) {
    return { ...place, expected: `a line of at most ${LONGEST_LINE} bytes is expected, not one of ${place.bytes}` };
  }
  let content = Buffer.concat(held);
  if (first && content.subarray(0, 3).equals(BYTE_ORDER_MARK)) content = content.subarray(3);
  if (content.at(-1) === CARRIAGE_RETURN) content = content.subarray(0, -1);
  try {
    return { ...place, text: decoder.decode(content) };
  } catch {
    return { ...place, expected: 'UTF-8 text is expected' };
  }
}
