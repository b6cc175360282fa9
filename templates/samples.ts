import type { LetterInput } from '../functions/messages/letter.ts';
import type { Language } from '../functions/money/format.ts';
import { samples as documentsReady } from './documents-ready/facts.ts';
import { samples as firstInvoiceQueryReceived } from './first-invoice-query-received/facts.ts';
import { samples as firstInvoiceReview } from './first-invoice-review/facts.ts';
import { samples as invoice } from './invoice/facts.ts';
import { samples as settingsLink } from './settings-link/facts.ts';
import { samples as works } from './works/samples.ts';
import { samples as worksAnswer } from './works-answer/facts.ts';

/** Every kind of email in every wording, as a reader of the language gets it. */
export function sampleLetters(language: Language): LetterInput[] {
  return [
    ...invoice(language).map((facts): LetterInput => ({ kind: 'invoice', facts })),
    ...documentsReady(language).map((facts): LetterInput => ({ kind: 'documents-ready', facts })),
    ...settingsLink(language).map((facts): LetterInput => ({ kind: 'settings-link', facts })),
    ...firstInvoiceReview(language).map((facts): LetterInput => ({ kind: 'first-invoice-review', facts })),
    ...firstInvoiceQueryReceived(language).map((facts): LetterInput => ({ kind: 'first-invoice-query-received', facts })),
    ...works(language).map((facts): LetterInput => ({ kind: 'works', facts })),
    ...worksAnswer(language).map((facts): LetterInput => ({ kind: 'works-answer', facts })),
  ];
}
