import { PermanentError } from '../events/failure.ts';

/** The longest subject: what is longer is cut on phones, and blocked by the checks. */
export const MAX_SUBJECT = 150;

/** Texts in one language, with `{{fact}}` where a fact goes. */
export type Words = { readonly [key: string]: string | Words };

/**
 * Fills facts into a text, once: what a fact brings along is never read as a placeholder.
 * @throws PermanentError naming the fact that is missing
 */
export function fill(text: string, facts: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (typeof value !== 'string' || value === '')
      throw new PermanentError(`The text ${JSON.stringify(text)} needs ${name}, which is missing`, name);
    return value;
  });
}

/**
 * Fills facts into a subject and shortens one of them, a name or a reference, so that the rest stays readable however long it is.
 * @throws PermanentError naming the fact that is missing
 */
export function fillSubject(text: string, facts: Readonly<Record<string, unknown>>, flexible: string): string {
  const rest = [...fill(text, { ...facts, [flexible]: '-' })].length - 1;
  return fill(text, { ...facts, [flexible]: shortened(String(facts[flexible]), MAX_SUBJECT - rest) });
}

/** Fills facts into every text of a group; deeper groups are left out. */
export function fillAll(words: Words, facts: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).flatMap(([key, text]) => (typeof text === 'string' ? [[key, fill(text, facts)]] : [])));
}

/**
 * A group of texts.
 * @throws PermanentError when the language's strings file lacks it
 */
export function group(words: Words, name: string): Words {
  const found = words[name];
  if (typeof found !== 'object') throw new PermanentError(`The strings have no group ${name}`, name);
  return found;
}

/** One text by name. */
export function word(words: Words, name: string): string {
  const found = words[name];
  if (typeof found !== 'string') throw new PermanentError(`The strings have no text ${name}`, name);
  return found;
}

/** A line of the email's reference block. */
export interface Row {
  readonly label: string;
  readonly value: string;
}

/** The rows that have something to say, in their order. */
export function rowsOf(rows: readonly (readonly [label: string | undefined, value: unknown])[]): Row[] {
  return rows.flatMap(([label, value]) => (label !== undefined && typeof value === 'string' ? [{ label, value }] : []));
}

/**
 * A name or number from outside as one harmless line: control characters and line breaks become blanks, marks that turn the reading
 * direction of what follows go away, and right-to-left text is isolated so that it cannot reorder its neighbours.
 */
export function oneLine(text: string): string {
  const line = text
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(line) ? `\u2068${line}\u2069` : line;
}

/** Shortens a text to so many characters, with an ellipsis; never cuts a character in two. */
export function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, Math.max(0, length - 1))
        .join('')
        .trimEnd()}…`;
}
