import { cursorText, type Listed, ROWS, readCursor } from '../aws/page-cursor.ts';
import { getItems, queryPage } from '../aws/tables.ts';
import type { Review } from './review.ts';
import { DUE, reviewKey } from './review-store.ts';
import { isOpen } from './states.ts';

/** A page of the reviews that are not over, the ones where something is due first before the others. */
export async function openReviewPage(after: string | undefined): Promise<Listed<Review>> {
  const page = await queryPage<{ bcn: string; period: string }>('reviews', { pk: DUE, pageSize: ROWS }, readCursor(after, DUE));
  const found = await getItems<Review>(
    'reviews',
    page.items.map(({ bcn, period }) => reviewKey(bcn, period)),
  );
  const byName = new Map(found.map((review) => [`${review.bcn}/${review.period}`, review]));
  const rows = page.items.flatMap(({ bcn, period }) => byName.get(`${bcn}/${period}`) ?? []);
  return { rows: rows.filter(({ state }) => isOpen(state)), next: cursorText(page.cursor) };
}
