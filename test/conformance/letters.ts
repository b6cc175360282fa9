import { type LetterInput, renderLetter } from '../../functions/messages/letter.ts';
import { LANGUAGE_CODES } from '../../functions/money/format.ts';
import { sampleLetters } from '../../templates/samples.ts';

const ORIGIN = 'https://post.carrier.example';

/** Every kind of email in every wording and language; the number tells samples of one wording apart. */
export const LETTERS = LANGUAGE_CODES.flatMap((language) =>
  sampleLetters(language).map((input, index) => ({
    name: [input.kind, ...wordingOf(input), language, `sample ${index + 1}`].join(', '),
    language,
    ...renderLetter(input, language, ORIGIN),
  })),
);

function wordingOf({ facts }: LetterInput): string[] {
  return 'variant' in facts ? [facts.variant] : [];
}
