import { overviewPage } from '../../functions/documents/overview-page.ts';
import { documentsPage } from '../../functions/documents/page.ts';
import { LANGUAGE_CODES } from '../../functions/money/format.ts';
import { notFoundPage } from '../../functions/pages/not-found.ts';
import { LETTERS } from './letters.ts';
import { sampleOverviews, samplePages } from './sample-month.ts';
import { OWN_PAGES } from './sample-reader.ts';
import { REVIEW_PAGES } from './sample-review.ts';

/** What people see in a browser or a mail program. */
export const MARKUP: readonly { readonly name: string; readonly medium: 'email' | 'page'; readonly html: string }[] = [
  ...LETTERS.map(({ name, mail }) => ({ name: `email: ${name}`, medium: 'email' as const, html: mail.html })),
  ...LANGUAGE_CODES.map((language) => ({
    name: `page: documents, ${language}`,
    medium: 'page' as const,
    html: documentsPage(samplePages(language)),
  })),
  ...LANGUAGE_CODES.flatMap((language) =>
    sampleOverviews(language).map(({ name, content }) => ({
      name: `page: ${name}, ${language}`,
      medium: 'page' as const,
      html: overviewPage(content),
    })),
  ),
  ...OWN_PAGES.map(({ name, html }) => ({ name: `page: ${name}`, medium: 'page' as const, html })),
  ...REVIEW_PAGES.map(({ name, html }) => ({ name: `page: ${name}`, medium: 'page' as const, html })),
  { name: 'page: not found', medium: 'page', html: notFoundPage() },
];
