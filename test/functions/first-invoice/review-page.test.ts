import { describe, expect, test } from 'vitest';
import { REVIEW_PAGES } from '../../conformance/sample-review.ts';

/** What the page says of the day to answer by: that day, that it has passed, or that there is none. */
const SAID = {
  en: { draft: 'Please answer by 11 Nov 2026.', late: 'The day to answer has passed.', soon: 'This invoice has to be issued very soon.' },
  de: {
    draft: 'Bitte antworten Sie bis 11. Nov. 2026.',
    late: 'Der Tag für die Antwort ist vorbei.',
    soon: 'Diese Rechnung muss in Kürze ausgestellt werden.',
  },
  fr: {
    draft: 'Merci de répondre au plus tard le 11 nov. 2026.',
    late: 'Le jour de la réponse est passé.',
    soon: 'Cette facture doit être émise très prochainement.',
  },
} as const;
const PAGES = { draft: 'draft', late: 'draft, too late', soon: 'draft, no day to answer by' } as const;
const CASES = Object.entries(SAID).flatMap(([language, words]) =>
  (['draft', 'late', 'soon'] as const).map((which) => [`${PAGES[which]}, ${language}`, words[which], Object.values(words)] as const),
);

describe('the page of a draft says one thing about the day to answer by', () => {
  test.each(CASES)('%s: %s', (name, said, all) => {
    const { html = '' } = REVIEW_PAGES.find((page) => page.name === name) ?? {};
    expect(all.filter((words) => html.includes(words))).toEqual([said]);
  });
});
