import { de } from './de.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Language, LanguageCode } from './language.ts';

const LANGUAGES: Readonly<Record<LanguageCode, Language>> = { en, de, fr };

/** The language of a document; English for a language that we do not print. */
export function languageOf(code: string): Language {
  return Object.hasOwn(LANGUAGES, code) ? LANGUAGES[code as LanguageCode] : en;
}
