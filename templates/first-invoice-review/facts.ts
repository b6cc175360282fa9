import * as z from 'zod';
import { formatDate, type Language } from '../../functions/money/format.ts';
import { draftFacts, sampleDraft, text } from '../facts.ts';

/** Why the customer is written to. */
const VARIANTS = ['first', 'changed', 'reminder', 'first-soon', 'changed-soon', 'reminder-soon', 'extended', 'link'] as const;
/** Those that name no day to answer by. */
const WITHOUT_DAY: readonly string[] = ['first-soon', 'changed-soon', 'reminder-soon', 'link'];

/** Facts of the email that asks a customer to check the draft of its first invoice. */
export const facts = draftFacts.extend({ variant: z.enum(VARIANTS), answerBy: text.optional() });

export type FirstInvoiceReviewFacts = z.output<typeof facts>;

/** Every occasion; a new link is also asked for when the day to answer has passed, and some drafts come too late for one. */
export function samples(language: Language): FirstInvoiceReviewFacts[] {
  const answerBy = formatDate('2026-11-11', language);
  return VARIANTS.map((variant) =>
    facts.parse({ ...sampleDraft(language), variant, ...(WITHOUT_DAY.includes(variant) ? {} : { answerBy }) }),
  );
}
