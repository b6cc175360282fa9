import { addressKey } from '../directory/address-key.ts';

/** A header: its name in lower case, its value on one line. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A longer head is nobody's: who sees only a part of it cannot tell who wrote the mail. */
const HEAD_BYTES = 256 * 1024;
const LONGEST_FROM = 2_000;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const ENCODED_WORD = /=\?[^?\s]*\?[^?\s]*\?[^?\s]*\?=/g;
const ADDRESS = /[^\s<>()[\],;:"\\@]+@[^\s<>()[\],;:"\\@]+/g;
/** How machines called themselves before `Auto-Submitted`. */
const MACHINES = ['x-autoreply', 'x-autorespond', 'x-auto-reply'];

/**
 * The headers of a mail, topmost first; none when the head is larger than 256 KB. More forgiving than a parser has to be (a blank
 * before the colon is allowed), so that no other reader sees a From that is not seen here.
 */
export function readHead(raw: Buffer): Header[] {
  const start = raw.subarray(0, HEAD_BYTES).toString('latin1');
  const end = /^\r?\n|\n\r?\n/.exec(start)?.index ?? start.length;
  if (end >= HEAD_BYTES) return [];
  const lines: string[] = [];
  for (const line of start.slice(0, end).split('\n')) {
    if (/^[ \t]/.test(line) && lines.length > 0) lines.push(`${lines.pop()} ${line}`);
    else lines.push(line);
  }
  return lines.map(headerOf);
}

/** The values of a header, topmost (the last that was added) first. */
export function valuesOf(head: readonly Header[], wanted: string): string[] {
  return head.filter(({ name }) => name === wanted).map(({ value }) => value);
}

/**
 * The one mailbox that the mail says it is from, folded. Who vouches for a mail vouches for its From alone, so a From that readers
 * could take in two ways is nobody's: several headers or addresses, an address that stands without quotes in the name, a group, a
 * quoted local part, an address in encoded words.
 */
export function soleSender(head: readonly Header[]): string | undefined {
  const [from, ...others] = valuesOf(head, 'from');
  if (from === undefined || others.length > 0 || from.length > LONGEST_FROM) return undefined;
  const bare = from.replace(QUOTED, ' ').replace(ENCODED_WORD, ' ');
  const found = bare.match(ADDRESS) ?? [];
  if (/[":;\\\p{Cc}\ufffd]/u.test(bare) || bare.split('@').length - 1 !== found.length) return undefined;
  const [address, ...more] = new Set(found.map(addressKey));
  return more.length === 0 ? address : undefined;
}

/**
 * Whether a machine wrote the mail: out of office, a bounce, a receipt (RFC 3834). Calendars mark the answers that they send
 * for people in the same way, so of a mail with a calendar part this says nothing.
 */
export function isAutoSubmitted(head: readonly Header[]): boolean {
  const says = (name: string, pattern: RegExp) => valuesOf(head, name).some((value) => pattern.test(value));
  return (
    says('auto-submitted', /^(?!no\b)\S/i) ||
    says('precedence', /^(bulk|junk|auto_reply)\b/i) ||
    says('return-path', /^<\s*>/) ||
    says('content-type', /^multipart\/report\b/i) ||
    MACHINES.some((name) => says(name, /^(?!no\b)\S/i))
  );
}

/** When the sender's clock says the mail was written; undefined when it says nothing that can be read. */
export function dateOf(head: readonly Header[]): Date | undefined {
  const date = new Date(valuesOf(head, 'date')[0]?.slice(0, 100) ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A head is ASCII, or UTF-8 by RFC 6532. */
function headerOf(line: string): Header {
  const colon = line.indexOf(':');
  const value = Buffer.from(line.slice(colon + 1), 'latin1').toString('utf8');
  return { name: line.slice(0, Math.max(0, colon)).trim().toLowerCase(), value: value.replace(/\s+/g, ' ').trim() };
}
