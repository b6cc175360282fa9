import type { LegalEntity } from '../directory/records.ts';
import { draw } from './drawing/draw.ts';
import { languageOf } from './languages/languages.ts';
import { layoutNumbers } from './layout/number-pages.ts';
import type { Unl } from './unl.ts';

/**
 * The PDF of a number list, on the paper of the legal entity that serves the account.
 * @param language of the billing account; English where we do not print it
 */
export function renderUnl(unl: Unl, legalEntity: LegalEntity, language: string): Promise<Buffer> {
  return draw(layoutNumbers(unl, legalEntity, languageOf(language)));
}
