import type { Layout } from '../documents/layout/page.ts';

/** Every text on the pages of a layout. */
export function printedTexts({ pages }: Layout): string[] {
  return pages.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'text' ? item.text : [])));
}
