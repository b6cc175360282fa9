import type * as z from 'zod';
import type { Language } from '../../functions/money/format.ts';
import { draftFacts, sampleDraft } from '../facts.ts';

/** Facts of the email that says that questions about a draft have arrived. */
export const facts = draftFacts;

export type FirstInvoiceQueryReceivedFacts = z.output<typeof facts>;

export function samples(language: Language): FirstInvoiceQueryReceivedFacts[] {
  return [facts.parse(sampleDraft(language))];
}
