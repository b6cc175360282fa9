import { z } from 'zod';
import { formatDate, type Language } from '../../functions/money/format.ts';
import { draftFacts, sampleDraft, text } from '../facts.ts';

/** Why the customer is written to. */
const VARIANTS = ['first', 'changed', 'reminder', 'extended', 'link'] as const;

/** Facts of the email that asks a customer to check the draft of its first invoice. */
export const facts = draftFacts.extend({ variant: z.enum(VARIANTS), answerBy: text.optional() });

export type FirstInvoiceReviewFacts = z.output<typeof facts>;

/** Every occasion; a new link is also asked for when the day to answer has passed. */
export function samples(language: Language): FirstInvoiceReviewFacts[] {
  const answerBy = formatDate('2026-11-11', language);
  return VARIANTS.map((variant) => facts.parse({ ...sampleDraft(language), variant, ...(variant === 'link' ? {} : { answerBy }) }));
}
