import * as z from 'zod';
import type { Language } from '../../functions/money/format.ts';
import { numberedFacts, SAMPLE_WAYS, sampleFacts, unnumberedFacts, VARIANTS } from '../facts.ts';

/** Links only: with a numbered document among them, or call records and number lists alone. */
export const facts = z.discriminatedUnion('variant', [unnumberedFacts, numberedFacts]);

export type DocumentsReadyFacts = z.output<typeof facts>;

/** One sample for each wording. */
export function samples(language: Language): DocumentsReadyFacts[] {
  const sample = sampleFacts(language, 'transfer');
  return [
    ...VARIANTS.map((variant): DocumentsReadyFacts => sampleFacts(language, variant)),
    unnumberedFacts.parse({ ...sample, ...SAMPLE_WAYS, variant: 'no-invoice', documents: sample.documents.slice(1) }),
  ];
}
