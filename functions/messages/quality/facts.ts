import { templates } from '../../../build/templates/templates.mjs';
import { LANGUAGE_CODES, type Language } from '../../money/format.ts';
import { isAboutDocuments, isAboutFirstInvoice, KINDS, type MessageKind } from '../message.ts';
import type { Words } from '../words.ts';
import type { Candidate, Rules } from './candidate.ts';
import { figuresIn, flat, linksOfHtml, linksOfText, readable, withoutLinks } from './reading.ts';
import { amountsOf, requiredFacts } from './required-facts.ts';

/** What an email says: what it has to, the same in both parts, in the reader's language. */
export const FACTS: Rules = {
  'every required fact is in the HTML': (candidate) => missing(candidate, readable(candidate.mail.html)),
  'every required fact is in the text': (candidate) => missing(candidate, candidate.mail.text),
  'every amount is one of the document': foreignAmounts,
  'HTML and text tell the same': ({ mail: { html, text } }) =>
    differences(new Set(figuresIn(withoutLinks(readable(html)))), new Set(figuresIn(withoutLinks(text)))),
  // Of the plain email: a name that looks like an address is one in the text only.
  'HTML and text lead to the same pages': ({ mail: { neutral } }) =>
    differences(new Set(linksOfHtml(neutral.html)), new Set(linksOfText(neutral.text))),
  "it is in the reader's language": wrongLanguage,
};

function missing(candidate: Candidate, content: string): string[] {
  const told = flat(content);
  return Object.entries(requiredFacts(candidate)).flatMap(([name, fact]) => (told.includes(flat(fact)) ? [] : [name]));
}

function foreignAmounts({ message, mail: { neutral }, language }: Candidate): string[] {
  if (!isAboutDocuments(message) && !isAboutFirstInvoice(message)) return [];
  const known = new Set(amountsOf(message.facts, language));
  const told = [neutral.subject, readable(neutral.html), neutral.text].join('\n').match(/[\u2212-]?\d[\d.,\u202f]*\u00a0[A-Z]{3}\b/g) ?? [];
  return [...new Set(told)].filter((amount) => !known.has(amount));
}

function differences(html: ReadonlySet<string>, text: ReadonlySet<string>): string[] {
  return [
    ...[...html].filter((fact) => !text.has(fact)).map((fact) => `${fact} is in the HTML alone`),
    ...[...text].filter((fact) => !html.has(fact)).map((fact) => `${fact} is in the text alone`),
  ];
}

/** The words decide, not what the email calls itself: most of them must be from the texts of the reader's language. */
function wrongLanguage({ message, mail, language }: Candidate): string[] {
  const declared = /<html[^>]*\slang="([^"]*)"/.exec(mail.html)?.[1];
  const [likeliest] = LANGUAGE_CODES.map((code) => ({ code, words: wordsOf(mail.neutral.text, message.kind, code) })).sort(
    (a, b) => b.words - a.words,
  );
  const found = { 'is called': mail.language, 'has HTML called': declared, 'reads like': likeliest?.code };
  return Object.entries(found).flatMap(([what, code]) => (code === language ? [] : [`it ${what} ${code}, the reader's is ${language}`]));
}

const vocabularies = new Map<string, ReadonlySet<string>>();

/** How many different words of a text the kind's strings in a language have. */
function wordsOf(text: string, kind: MessageKind, language: Language): number {
  const { template } = KINDS[kind];
  const key = `${template} ${language}`;
  const known =
    vocabularies.get(key) ?? new Set(templates[template].words[language] ? wordsIn(textsOf(templates[template].words[language])) : []);
  vocabularies.set(key, known);
  return new Set(wordsIn(text).filter((word) => known.has(word))).size;
}

function textsOf(words: Words): string {
  return Object.values(words)
    .map((text) => (typeof text === 'string' ? text.replace(/\{\{\w+\}\}/g, ' ') : textsOf(text)))
    .join(' ');
}

function wordsIn(text: string): string[] {
  return (
    withoutLinks(text)
      .toLowerCase()
      .match(/\p{L}{2,}/gu) ?? []
  );
}
