import { BANNED } from './banned-words.ts';
import type { Rules } from './candidate.ts';
import { withoutLinks } from './reading.ts';

const GOOD_SUBJECT = 60;
const LONG_SENTENCE = 30;

/** What reads badly. Nothing is held for it: it is counted, and kept with the message. */
export const WORDING: Rules = {
  'the subject has at most 60 characters': ({ mail: { subject } }) =>
    [...subject].length > GOOD_SUBJECT ? [`${[...subject].length} characters`] : [],
  'no sentence has more than 30 words': ({ mail: { neutral } }) =>
    sentencesOf(neutral.text)
      .map((sentence) => sentence.split(/\s+/).length)
      .filter((words) => words > LONG_SENTENCE)
      .map((words) => `${words} words`),
  'no word is banned': ({ mail: { neutral, language } }) => {
    const told = `${neutral.subject}\n${neutral.text}`.toLowerCase();
    return BANNED[language].filter((word) => told.includes(word));
  },
};

/** A line of its own ends a sentence as well: a label, a row, a heading. */
function sentencesOf(text: string): string[] {
  return withoutLinks(text)
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
