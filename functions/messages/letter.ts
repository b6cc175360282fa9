import Handlebars from 'handlebars/runtime.js';
import { templates } from '../../build/templates/templates.mjs';
import type { FirstInvoiceQueryReceivedFacts } from '../../templates/first-invoice-query-received/facts.ts';
import type { FirstInvoiceReviewFacts } from '../../templates/first-invoice-review/facts.ts';
import type { SettingsLinkFacts } from '../../templates/settings-link/facts.ts';
import type { WorksFacts } from '../../templates/works/facts.ts';
import type { WorksAnswerFacts } from '../../templates/works-answer/facts.ts';
import type { Language } from '../money/format.ts';
import { type DocumentInput, documentLetter } from './document-letter.ts';
import { firstInvoiceLetter } from './first-invoice-letter.ts';
import { settingsLinkLetter } from './settings-link-letter.ts';
import { group, type Words } from './words.ts';
import { worksAnswerLetter } from './works-answer-letter.ts';
import { worksLetter } from './works-letter.ts';

/** A template with facts that its schema let through. */
export type LetterInput =
  | DocumentInput
  | { readonly kind: 'works'; readonly facts: WorksFacts }
  | { readonly kind: 'settings-link'; readonly facts: SettingsLinkFacts }
  | { readonly kind: 'first-invoice-review'; readonly facts: FirstInvoiceReviewFacts }
  | { readonly kind: 'first-invoice-query-received'; readonly facts: FirstInvoiceQueryReceivedFacts }
  | { readonly kind: 'works-answer'; readonly facts: WorksAnswerFacts };

/** The template of an email, by the folder's name; several kinds of message may share one. */
export type LetterKind = LetterInput['kind'];

export interface Letter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What a kind's letter says: its subject, and everything that its template prints. */
export interface LetterContent {
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const compiled = new Map<string, HandlebarsTemplateDelegate>();

/**
 * Renders an email in the reader's language.
 * @param publicOrigin the only origin that links may lead to
 * @throws PermanentError for a missing text or fact, Error for a link to somewhere else
 */
export function renderLetter(input: LetterInput, language: Language, publicOrigin: string): Letter {
  const { subject, data } = contentOf(input, group(templates[input.kind].words, language));
  const { unsubscribeUrl } = input.facts;
  const printed = { ...data, language, subject, unsubscribeUrl };
  const options = { helpers: { link: (url: string) => checkedLink(url, publicOrigin) } };
  return {
    subject,
    html: templateOf(input.kind, 'html')(printed, options),
    text: templateOf(input.kind, 'text')(printed, options),
  };
}

/**
 * A link that may stand in an email: the stage's own origin (https; the local cloud has no certificate), or `webcal:` on the same host.
 * @throws Error for any other link
 */
export function checkedLink(url: string, publicOrigin: string): string {
  if (!leadsToUs(url, publicOrigin)) throw new Error(`A link leads to ${placeOf(url)}: only ${publicOrigin} is allowed`);
  return new URL(url).href;
}

/** True for a link to our own pages, and for a subscription (`webcal:`) to a calendar on the very same host and port. */
export function leadsToUs(url: string, publicOrigin: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, origin } = new URL(url);
  const ours = new URL(publicOrigin);
  return protocol === 'webcal:' ? host === ours.host : origin === ours.origin;
}

function contentOf(input: LetterInput, words: Words): LetterContent {
  switch (input.kind) {
    case 'invoice':
    case 'documents-ready':
      return documentLetter(input.facts, words);
    case 'settings-link':
      return settingsLinkLetter(input.facts, words);
    case 'first-invoice-review':
    case 'first-invoice-query-received':
      return firstInvoiceLetter(input.facts, words);
    case 'works':
      return worksLetter(input.facts, words);
    case 'works-answer':
      return worksAnswerLetter(input.facts, words);
  }
}

/** Where a link leads, as far as it can be told. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return JSON.stringify(url);
  const { origin, protocol, host } = new URL(url);
  return origin === 'null' ? `${protocol}//${host}` : origin;
}

function templateOf(kind: LetterKind, part: 'html' | 'text'): HandlebarsTemplateDelegate {
  const key = `${kind}/${part}`;
  const known = compiled.get(key) ?? Handlebars.template(templates[kind][part]);
  compiled.set(key, known);
  return known;
}
