import * as z from 'zod';
import type { Language } from '../../functions/money/format.ts';
import { kindOf, numberedFacts, sampleFacts, VARIANTS } from '../facts.ts';

/** An invoice, credit note or statement; `attachment` is the file's name when the PDF is attached. */
export const facts = z.discriminatedUnion('attached', [
  numberedFacts.extend({ attached: z.literal(true), attachment: z.string().trim().min(1) }),
  numberedFacts.extend({ attached: z.literal(false) }),
]);

export type InvoiceFacts = z.output<typeof facts>;

/** One sample for each wording, with and without the attachment. */
export function samples(language: Language): InvoiceFacts[] {
  return [
    ...VARIANTS.map((variant): InvoiceFacts => {
      const sample = sampleFacts(language, variant);
      return { ...sample, attached: true, attachment: `${kindOf(variant)}-${sample.number}.pdf` };
    }),
    { ...sampleFacts(language, 'transfer'), attached: false },
    correctionSample(language),
  ];
}

/** A document that replaces another one, with the credit note that takes that back. */
function correctionSample(language: Language): InvoiceFacts {
  const pair = { corrected: 'DE26004690', creditNote: 'DEGS26000017' };
  const attachment = `invoice-DE26004711.pdf, credit-note-${pair.creditNote}.pdf`;
  return { ...sampleFacts(language, 'transfer'), ...pair, attached: true, attachment };
}
