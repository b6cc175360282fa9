/** A line has at most 75 octets, its line break not counted (RFC 5545, 3.1). */
const OCTETS = 75;

/**
 * A text of several lines that changes nothing but itself. Every kind of line break becomes `\n`; tabs and other control characters become
 * blanks; halves of characters become U+FFFD; white space at the ends falls away.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]/g, '\n')
    .replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, ' ')
    .trim();
}

/** The same for a text of one line: line breaks become one blank. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\n+/g, ' ');
}

/**
 * A name that may stand in a quoted parameter. RFC 5545 has no way to write a quote there, some readers take a backslash or a caret
 * (RFC 6868) for an escape, and marks that turn the reading direction would turn the address that follows: `"` becomes `'`, `\` becomes `/`,
 * `^` becomes `ˆ`, the marks go.
 */
export function cleanName(name: string): string {
  return cleanLine(name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''))
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll('^', '\u02c6');
}

/** Writes a clean text as a TEXT value (RFC 5545, 3.3.11). */
export function escapeText(text: string): string {
  return text.replace(/[\\;,\n]/g, (mark) => (mark === '\n' ? '\\n' : `\\${mark}`));
}

/** Folds a line into lines of at most 75 octets in UTF-8, never inside a character, and ends it: CRLF, and CRLF and a blank at the folds. */
export function contentLine(line: string): string {
  if (line.length * 3 <= OCTETS || Buffer.byteLength(line) <= OCTETS) return `${line}\r\n`;
  let folded = '';
  let from = 0;
  let octets = 0;
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > OCTETS) {
      folded += `${line.slice(from, at)}\r\n `;
      from = at;
      octets = 1;
    }
    octets += size;
    at += size === 4 ? 2 : 1;
  }
  return `${folded}${line.slice(from)}\r\n`;
}
