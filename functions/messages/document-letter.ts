import type { DocumentsReadyFacts } from '../../templates/documents-ready/facts.ts';
import type { InvoiceFacts } from '../../templates/invoice/facts.ts';
import type { LetterContent } from './letter.ts';
import { fill, fillAll, fillSubject, group, type Row, rowsOf, type Words, word } from './words.ts';

/** An email about documents, with facts that its schema let through. */
export type DocumentInput =
  | { readonly kind: 'invoice'; readonly facts: InvoiceFacts }
  | { readonly kind: 'documents-ready'; readonly facts: DocumentsReadyFacts };

type Flat = Readonly<Record<string, unknown>>;

/**
 * What an email about documents says: the words of its variant, its figures and its links.
 * @throws PermanentError for a missing text or fact
 */
export function documentLetter(facts: DocumentInput['facts'], words: Words): LetterContent {
  const flat: Flat = { ...facts, sellerPhone: facts.seller.phone };
  const variant = group(group(words, 'variants'), facts.variant);
  const replaces = 'corrected' in facts && facts.corrected ? fill(word(words, 'replaces'), flat) : '';
  const enclosed = 'attached' in facts ? fill(word(words, enclosedWord(facts)), flat) : '';
  const texts = {
    ...fillAll(without(words, ['attached', 'attachedBoth', 'notAttached', 'replaces']), flat),
    ...fillAll(without(variant, ['subject']), flat),
    enclosed,
  };
  const intro = [fill(word(variant, 'intro'), flat), replaces].filter(Boolean).join(' ');
  return {
    subject: fillSubject(word(variant, 'subject'), flat, 'customerName'),
    data: {
      ...facts,
      words: { ...texts, intro },
      rows: figuresOf(group(words, 'labels'), variant, flat),
      documents: facts.documents.map((document) => ({ ...document, label: word(group(words, 'documentKinds'), document.kind) })),
    },
  };
}

function enclosedWord(facts: InvoiceFacts): string {
  if (!facts.attached) return 'notAttached';
  return facts.corrected ? 'attachedBoth' : 'attached';
}

/** The figures of the email, in the order of a letter's reference block; what does not apply is left out. */
function figuresOf(labels: Words, variant: Words, facts: Flat): Row[] {
  return rowsOf([
    [typeof variant.number === 'string' ? variant.number : undefined, facts.number],
    [word(labels, 'total'), facts.total],
    [word(labels, 'issueDate'), facts.issueDate],
    [word(labels, 'dueDate'), facts.dueDate],
    ...(facts.variant === 'direct-debit'
      ? [[word(labels, 'collectionDate'), facts.collectionDate] as const, [word(labels, 'mandate'), facts.mandate] as const]
      : []),
    [word(labels, 'period'), facts.period],
    [word(labels, 'customerNumber'), facts.ocn],
    [word(labels, 'account'), `${facts.bcn} · ${facts.accountName}`],
  ]);
}

function without(words: Words, names: readonly string[]): Words {
  return Object.fromEntries(Object.entries(words).filter(([name]) => !names.includes(name)));
}
