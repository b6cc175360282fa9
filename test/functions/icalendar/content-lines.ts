import { expect } from 'vitest';

/** What RFC 5545 allows on a line once it is unfolded: a name, parameters, a value without control characters. */
const PROPERTY = /^[A-Z-]+(;[A-Z-]+=("[^"\p{Cc}]*"|[^",;:\p{Cc}]*))*:[^\p{Cc}]*$/u;

/**
 * The unfolded lines of an iCalendar object, after a look at its bytes: CRLF and no other line break, at most 75 octets a line, every line
 * valid UTF-8 by itself, nothing but properties.
 */
export function contentLines(object: string): string[] {
  const bytes = Buffer.from(object);
  expect(bytes.subarray(-2).toString()).toBe('\r\n');
  const lines = bytes.toString('latin1').slice(0, -2).split('\r\n');
  const wrong = lines.filter((line) => line === '' || line.length > 75 || /[\r\n]/.test(line) || !isUtf8(line));
  expect(wrong).toEqual([]);
  const unfolded = object.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
  expect(unfolded.filter((line) => !PROPERTY.test(line))).toEqual([]);
  return unfolded;
}

/** The properties with a name (and parameters). */
export function linesOf(object: string, name: string): string[] {
  return contentLines(object).filter((line) => line.split(/[;:]/)[0] === name);
}

/** The names of all lines, BEGIN and END with what they begin and end. */
export function outline(object: string): string[] {
  return contentLines(object).map((line) => (/^(BEGIN|END):/.test(line) ? line : (line.split(/[;:]/)[0] ?? '')));
}

function isUtf8(latin1: string): boolean {
  const bytes = Buffer.from(latin1, 'latin1');
  return bytes.equals(Buffer.from(bytes.toString('utf8')));
}
