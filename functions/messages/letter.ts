import Handlebars from 'handlebars/runtime.js';
import { templates } from '../../build/templates/templates.mjs';
import type { DocumentsReadyFacts } from '../../templates/documents-ready/facts.ts';
import type { InvoiceFacts } from '../../templates/invoice/facts.ts';
import type { Language } from '../money/format.ts';
import type { MessageKind } from './message.ts';
import { fill, fillAll, group, shortened, type Words, word } from './words.ts';

/** The longest subject: what is longer is cut on phones, and blocked by the checks. */
export const MAX_SUBJECT = 150;

/** A kind with facts that its schema let through. */
export type LetterInput =
  | { readonly kind: 'invoice'; readonly facts: InvoiceFacts }
  | { readonly kind: 'documents-ready'; readonly facts: DocumentsReadyFacts };

export interface Letter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

type Flat = Readonly<Record<string, unknown>>;

const compiled = new Map<string, HandlebarsTemplateDelegate>();

/**
 * Renders an email in the reader's language.
 * @param publicOrigin the only origin that links may lead to
 * @throws PermanentError for a missing text or fact, Error for a link to somewhere else
 */
export function renderLetter({ kind, facts }: LetterInput, language: Language, publicOrigin: string): Letter {
  const words = wordsOf(kind, language);
  const flat: Flat = { ...facts, sellerPhone: facts.seller.phone };
  const variant = group(group(words, 'variants'), facts.variant);
  const subject = subjectOf(word(variant, 'subject'), flat);
  const enclosed = 'attached' in facts ? fill(word(words, facts.attached ? 'attached' : 'notAttached'), flat) : '';
  const texts = {
    ...fillAll(without(words, ['attached', 'notAttached']), flat),
    ...fillAll(without(variant, ['subject']), flat),
    enclosed,
  };
  const data = {
    ...facts,
    language,
    subject,
    words: texts,
    rows: rowsOf(group(words, 'labels'), variant, flat),
    documents: facts.documents.map((document) => ({ ...document, label: word(group(words, 'documentKinds'), document.kind) })),
  };
  const options = { helpers: { link: (url: string) => checkedLink(url, publicOrigin) } };
  return { subject, html: templateOf(kind, 'html')(data, options), text: templateOf(kind, 'text')(data, options) };
}

/**
 * A link that may stand in an email: https, or the stage's own origin (the local cloud has no certificate).
 * @throws Error for any other link
 */
export function checkedLink(url: string, publicOrigin: string): string {
  const { origin, href } = new URL(url);
  if (origin !== new URL(publicOrigin).origin) throw new Error(`A link leads to ${origin}: only ${publicOrigin} is allowed`);
  return href;
}

/** Names are shortened so that the subject stays readable, however long they are. */
function subjectOf(text: string, facts: Flat): string {
  const name = String(facts.customerName);
  const rest = [...fill(text, { ...facts, customerName: '-' })].length - 1;
  return fill(text, { ...facts, customerName: shortened(name, MAX_SUBJECT - rest) });
}

/** The figures of the email, in the order of a letter's reference block; what does not apply is left out. */
function rowsOf(labels: Words, variant: Words, facts: Flat): { label: string; value: string }[] {
  const rows: [string | undefined, unknown][] = [
    [typeof variant.number === 'string' ? variant.number : undefined, facts.number],
    [word(labels, 'total'), facts.total],
    [word(labels, 'issueDate'), facts.issueDate],
    [word(labels, 'dueDate'), facts.dueDate],
    ...(facts.variant === 'direct-debit'
      ? [
          [word(labels, 'collectionDate'), facts.collectionDate] as [string, unknown],
          [word(labels, 'mandate'), facts.mandate] as [string, unknown],
        ]
      : []),
    [word(labels, 'period'), facts.period],
    [word(labels, 'customerNumber'), facts.ocn],
    [word(labels, 'account'), `${facts.bcn} · ${facts.accountName}`],
  ];
  return rows.flatMap(([label, value]) => (label !== undefined && typeof value === 'string' ? [{ label, value }] : []));
}

function wordsOf(kind: MessageKind, language: Language): Words {
  return group(templates[kind].words, language);
}

function without(words: Words, names: readonly string[]): Words {
  return Object.fromEntries(Object.entries(words).filter(([name]) => !names.includes(name)));
}

function templateOf(kind: MessageKind, part: 'html' | 'text'): HandlebarsTemplateDelegate {
  const key = `${kind}/${part}`;
  const known = compiled.get(key) ?? Handlebars.template(templates[kind][part]);
  compiled.set(key, known);
  return known;
}
