import type { ReviewContent, ReviewOccasion } from './message-content.ts';

/** Which occasion asks for an answer soon, instead of by a day. */
const WITHOUT_DAY: Readonly<Partial<Record<ReviewOccasion, ReviewOccasion>>> = {
  first: 'first-soon',
  changed: 'changed-soon',
  reminder: 'reminder-soon',
  extended: 'reminder-soon',
};

/**
 * What an email about a draft asks for on the day it leaves: where sending was held up beyond the day to answer by, it asks for none.
 * @param today the reader's local date
 */
export function askedOn(
  today: string,
  { about, answerBy }: Pick<ReviewContent['facts'], 'about' | 'answerBy'>,
): Pick<ReviewContent['facts'], 'about' | 'answerBy'> {
  if (answerBy === undefined || answerBy >= today) return { about, answerBy };
  return { about: WITHOUT_DAY[about] ?? about };
}
