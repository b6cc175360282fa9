import { pictureOf } from '../documents/drawing/picture.ts';
import type { Page } from '../documents/layout/page.ts';
import { formatPeriod } from '../money/format.ts';
import { type Html, html } from '../pages/html.ts';
import { type Reviewer, reviewFrame } from './review-notices.ts';
import { REVIEW_WORDS } from './review-words.ts';

/** One page of the draft as it will be printed, and the ways to the others. */
export interface Sheet {
  readonly page: Page;
  /** From 1, over all documents of the draft. */
  readonly at: number;
  readonly of: number;
  readonly period: string;
  /** The path of the review. */
  readonly path: string;
}

/** A page of the draft as a picture. */
export function sheetPage(reviewer: Reviewer, { page, at, of, period, path }: Sheet): string {
  const words = REVIEW_WORDS[reviewer.language];
  const label = words.pageOf(at, of);
  const way = (there: boolean, to: number, name: string): Html | string =>
    there ? html`<a href="${path}/page-${String(to)}">${name}</a>` : '';
  return reviewFrame(
    reviewer,
    words.title(formatPeriod(period, reviewer.language)),
    html`<p><a href="${path}">${words.back}</a></p>
<section class="sheet" tabindex="0" aria-label="${label}">${pictureOf(page, label)}</section>
<p class="quiet">${label}</p>
<nav class="moves" aria-label="${words.moves}">${way(at > 1, at - 1, words.previous)}${way(at < of, at + 1, words.next)}</nav>`,
  );
}
