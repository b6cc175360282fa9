import { renderLetter } from '../../functions/messages/letter.ts';
import { LANGUAGE_CODES } from '../../functions/money/format.ts';
import { samples as documentsReady } from '../../templates/documents-ready/facts.ts';
import { samples as invoice } from '../../templates/invoice/facts.ts';

const ORIGIN = 'https://post.carrier.example';

/** Every kind of email in every wording and language. */
export const LETTERS = LANGUAGE_CODES.flatMap((language) => [
  ...invoice(language).map((facts) => ({
    name: `invoice, ${facts.variant}${facts.attached ? '' : ', not attached'}, ${language}`,
    language,
    ...renderLetter({ kind: 'invoice', facts }, language, ORIGIN),
  })),
  ...documentsReady(language).map((facts) => ({
    name: `documents-ready, ${facts.variant}, ${language}`,
    language,
    ...renderLetter({ kind: 'documents-ready', facts }, language, ORIGIN),
  })),
]);
