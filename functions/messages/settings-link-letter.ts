import type { SettingsLinkFacts } from '../../templates/settings-link/facts.ts';
import type { LetterContent } from './letter.ts';
import { fillAll, fillSubject, type Words, word } from './words.ts';

/**
 * What the email with a new link to somebody's settings says.
 * @throws PermanentError for a missing text or fact
 */
export function settingsLinkLetter(facts: SettingsLinkFacts, words: Words): LetterContent {
  return { subject: fillSubject(word(words, 'subject'), facts, 'customerName'), data: { ...facts, words: fillAll(words, facts) } };
}
