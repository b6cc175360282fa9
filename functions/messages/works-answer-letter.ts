import type { WorksAnswerFacts } from '../../templates/works-answer/facts.ts';
import type { LetterContent } from './letter.ts';
import { fillAll, fillSubject, group, rowsOf, type Words, word } from './words.ts';

/**
 * What our answer to a proposed other time says: the window stays, and who is on it.
 * @throws PermanentError for a missing text or fact
 */
export function worksAnswerLetter(facts: WorksAnswerFacts, words: Words): LetterContent {
  const flat = { ...facts, coordinatorName: facts.coordinator.name, coordinatorEmail: facts.coordinator.email };
  const labels = group(words, 'labels');
  return {
    subject: fillSubject(word(words, 'subject'), flat, 'worksId'),
    data: {
      ...facts,
      words: fillAll(words, flat),
      rows: rowsOf([
        [word(labels, 'proposed'), facts.proposedWindow],
        [word(labels, 'ticket'), facts.ticketId],
        [word(labels, 'worksId'), facts.worksId],
        [word(labels, 'customerNumber'), facts.ocn],
        [word(labels, 'coordinator'), `${facts.coordinator.name}, ${facts.coordinator.email}`],
      ]),
    },
  };
}
