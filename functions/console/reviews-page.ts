import { nextDue } from '../first-invoice/deadlines.ts';
import { openReviewPage } from '../first-invoice/open-reviews.ts';
import type { Review } from '../first-invoice/review.ts';
import { DUE_WORDS } from '../first-invoice/review-report.ts';
import { countsText } from '../invoice-checks/report.ts';
import { html } from '../pages/html.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { asked, paths } from './links.ts';
import { type Column, moves, table } from './table.ts';
import { link, when } from './words.ts';

/** `GET /reviews`: first invoices that are not issued yet; where something is due first stands first. */
export async function reviewsPage({ query: { after } }: ConsoleRequest): Promise<ConsolePage> {
  const { rows, next } = await openReviewPage(after);
  const columns: Column<Review>[] = [
    { head: 'Account', cell: ({ bcn, period }) => link(paths.review(bcn, period), bcn) },
    { head: 'Month', cell: ({ period }) => period },
    { head: 'State', cell: ({ state }) => REVIEW_WORDS[state] },
    { head: 'Next', cell: (review) => dueOf(review) },
    { head: 'Issue by', cell: ({ deadlines }) => deadlines.issueBy ?? '' },
    { head: 'Checks', cell: ({ checks }) => countsText(checks) },
  ];
  const list = table('First invoices', columns, rows, 'No first invoice is on hold.');
  return {
    title: 'First invoices',
    body: [list, moves((cursor) => `/reviews${asked({ after: cursor })}`, after, next)],
  };
}

/** Where a first invoice stands, as the billing team reads it. */
export const REVIEW_WORDS: Readonly<Record<Review['state'], string>> = {
  'awaiting-customer': 'waits for the customer',
  blocked: 'blocked by a check',
  queried: 'the customer asks',
  expired: 'no answer in time',
  rejected: 'rejected',
  approved: 'approved, being issued',
  issued: 'issued',
};

/** What happens next by itself, and when. */
export function dueOf(review: Review) {
  const due = nextDue(review);
  return due ? html`${DUE_WORDS[due.what]} ${when(due.at)}` : 'nothing by itself';
}
