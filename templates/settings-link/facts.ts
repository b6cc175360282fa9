import * as z from 'zod';
import type { Language } from '../../functions/money/format.ts';
import { sampleFacts, seller, text, waysOut } from '../facts.ts';

/** Facts of the email with a new link to somebody's settings. */
export const facts = z.object({
  contactName: text,
  customerName: text,
  ocn: text,
  url: z.url(),
  seller,
  ...waysOut,
});

export type SettingsLinkFacts = z.output<typeof facts>;

export function samples(language: Language): SettingsLinkFacts[] {
  return [facts.parse({ ...sampleFacts(language, 'transfer'), url: 'https://post.carrier.example/p/v1.k1.sample.sample' })];
}
