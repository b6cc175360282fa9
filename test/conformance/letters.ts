import type { Composed } from '../../functions/messages/composed.ts';
import { type LetterInput, renderLetter } from '../../functions/messages/letter.ts';
import { LANGUAGE_CODES, type Language } from '../../functions/money/format.ts';
import { sampleLetters } from '../../templates/samples.ts';

const ORIGIN = 'https://post.carrier.example';

export interface SampleLetter {
  readonly name: string;
  /** The kind and its wording, in whatever language; the number tells samples of one wording apart. */
  readonly wording: string;
  readonly mail: Composed;
}

/** Every kind of email in every wording and language, as it is composed. */
export const LETTERS: readonly SampleLetter[] = LANGUAGE_CODES.flatMap((language) =>
  sampleLetters(language).map((input, index) =>
    letterOf(input, [input.kind, ...wordingOf(input), `sample ${index + 1}`].join(', '), language),
  ),
);

function letterOf(input: LetterInput, wording: string, language: Language): SampleLetter {
  const letter = renderLetter(input, language, ORIGIN);
  const attachments = filenamesOf(input).map((filename) => ({
    key: filename,
    filename,
    contentType: 'application/pdf',
    sha256: '0'.repeat(64),
    bytes: 0,
  }));
  const { unsubscribeUrl } = input.facts;
  const oneClick = unsubscribeUrl === undefined ? undefined : { url: unsubscribeUrl, token: 'v1.k1.sample.sample' };
  return {
    name: `${wording}, ${language}`,
    wording,
    mail: { ...letter, neutral: letter, language, attachments, files: [], oneClick },
  };
}

function wordingOf({ facts }: LetterInput): string[] {
  return 'variant' in facts ? [facts.variant] : [];
}

function filenamesOf({ facts }: LetterInput): string[] {
  return 'attached' in facts && facts.attached ? [facts.attachment] : [];
}
