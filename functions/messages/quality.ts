import type { Composed } from './composed.ts';
import { leadsToUs } from './letter.ts';
import { MAX_SUBJECT } from './words.ts';

/** What the checks look at: the email as it would leave. */
export interface Candidate extends Composed {
  readonly publicOrigin: string;
  /** SHA-256 of each attachment's bytes as they were read, by key; missing when there is no such object. */
  readonly sha256: ReadonlyMap<string, string>;
}

const MAX_HTML_BYTES = 100 * 1024;

/** Every rule: its sentence, and what of the email breaks it. */
const RULES: Readonly<Record<string, (mail: Candidate) => readonly string[]>> = {
  'no placeholder is left': (mail) => leftovers(mail, /\{\{|\}\}|\[\[|\]\]/),
  'no value is undefined, null or NaN': (mail) => leftovers(mail, /\bundefined\b|\bNaN\b|\[object \w+\]/),
  'every required fact is in the HTML': ({ required, html }) => missing(required, readable(html)),
  'every required fact is in the text': ({ required, text }) => missing(required, text),
  'the subject is one line of 1 to 150 characters': ({ subject }) =>
    subject.trim() === '' || [...subject].length > MAX_SUBJECT || /[\r\n]/.test(subject) ? [`${[...subject].length} characters`] : [],
  'there is a text part': ({ text }) => (text.trim() === '' ? ['it is empty'] : []),
  'the HTML is below 100 KB': ({ html }) => (Buffer.byteLength(html) >= MAX_HTML_BYTES ? [`${Buffer.byteLength(html)} bytes`] : []),
  'every link leads to our own pages': ({ html, neutral, publicOrigin }) => [
    ...strangers(
      [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, url]) => unescaped(url as string)),
      publicOrigin,
    ),
    ...strangers(
      [...neutral.text.matchAll(/\b(?:https?|webcal):\/\/[^\s)>]+/gi)].map(([url]) => url),
      publicOrigin,
    ),
  ],
  'every attachment is the recorded document': ({ attachments, sha256 }) =>
    attachments.filter(({ key, sha256: recorded }) => sha256.get(key) !== recorded).map(({ filename }) => filename),
};

/**
 * Checks an email before it leaves.
 * @returns a sentence for each rule that it breaks; empty when it may go
 */
export function problemsOf(mail: Candidate): string[] {
  return Object.entries(RULES).flatMap(([rule, broken]) => {
    const found = broken(mail);
    return found.length > 0 ? [`Rule "${rule}" is broken: ${found.join(', ')}`] : [];
  });
}

function leftovers({ neutral: { subject, html, text } }: Candidate, pattern: RegExp): string[] {
  const parts = { subject, HTML: readable(html), text };
  return Object.entries(parts).flatMap(([part, content]) => {
    const found = pattern.exec(content);
    return found ? [`${found[0]} in the ${part}`] : [];
  });
}

function missing(required: Readonly<Record<string, string>>, content: string): string[] {
  const flat = content.replace(/\s+/g, ' ');
  return Object.entries(required).flatMap(([name, fact]) => (flat.includes(fact.replace(/\s+/g, ' ')) ? [] : [name]));
}

function strangers(urls: readonly string[], publicOrigin: string): string[] {
  return urls.filter((url) => !leadsToUs(url, publicOrigin));
}

/** What a reader sees of the HTML. */
function readable(html: string): string {
  const body = html
    .replace(/<style[\s\S]*?<\/style>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ');
  return unescaped(body);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
  nbsp: '\u00a0',
};

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|nbsp|#x27|#x60|#x3D);/g, (_, name: string) => ENTITIES[name] ?? '');
}
