import { MAX_SUBJECT } from '../words.ts';
import type { Candidate, Rules } from './candidate.ts';
import { readable } from './reading.ts';

const MAX_HTML_BYTES = 100 * 1024;

/** How an email is made. What is left over is looked for in the plain email: a customer may be called `{{x}}`. */
export const FORM: Rules = {
  'no placeholder is left': (candidate) => leftovers(candidate, /\{\{|\}\}|\[\[|\]\]/),
  'no value is undefined, null or NaN': (candidate) => leftovers(candidate, /\bundefined\b|\bNaN\b|\bnull\b|\[object \w+\]/),
  'the subject is one line of 1 to 150 characters': ({ mail: { subject } }) =>
    subject.trim() === '' || [...subject].length > MAX_SUBJECT || /[\r\n]/.test(subject) ? [`${[...subject].length} characters`] : [],
  'there is a text part': ({ mail: { text } }) => (text.trim() === '' ? ['it is empty'] : []),
  'the HTML is below 100 KB': ({ mail: { html } }) =>
    Buffer.byteLength(html) >= MAX_HTML_BYTES ? [`${Buffer.byteLength(html)} bytes`] : [],
  'every picture has words that stand for it': ({ mail: { html } }) =>
    (html.match(/<img\b[^>]*>/gi) ?? []).filter((picture) => !/\salt="[^"]+"/i.test(picture)),
};

function leftovers({ mail: { neutral } }: Candidate, pattern: RegExp): string[] {
  const parts = { subject: neutral.subject, HTML: readable(neutral.html), text: neutral.text };
  return Object.entries(parts).flatMap(([part, content]) => {
    const found = pattern.exec(content);
    return found ? [`${found[0]} in the ${part}`] : [];
  });
}
