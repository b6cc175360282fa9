import * as z from 'zod';
import type { Language } from '../../functions/money/format.ts';
import { seller, text, waysOut } from '../facts.ts';
import { coordinator } from '../works/facts.ts';
import { proposedWindow, sampleWorks } from '../works/samples.ts';

/** Facts of our answer to somebody who proposed another time from a calendar. Texts are single lines in the reader's language and time zone. */
export const facts = z.object({
  contactName: text,
  customerName: text,
  ocn: text,
  worksId: text,
  title: text,
  subjectWindow: text,
  windowLocal: text,
  windowUtc: text,
  /** What was proposed, where the calendar told it. */
  proposedWindow: text.optional(),
  ticketId: text,
  coordinator,
  seller,
  ...waysOut,
});

export type WorksAnswerFacts = z.output<typeof facts>;

/** With and without the time that was proposed. */
export function samples(language: Language): WorksAnswerFacts[] {
  const sample = facts.parse({ ...sampleWorks(language), ticketId: 'T-2026-00042' });
  return [{ ...sample, proposedWindow: proposedWindow(language) }, sample];
}
