import { type Item, moved } from './page.ts';

/** A strip of a page that is not divided: its items stand below `y` = 0 and within its height. */
export interface Block {
  readonly height: number;
  readonly items: readonly Item[];
  /** Stays on one page with the block behind it. */
  readonly keep?: boolean | undefined;
  /** What is printed again above this block when a page begins with it: the head of its table. */
  readonly head?: readonly Block[] | undefined;
  /** A gap that is dropped at the top of a page. */
  readonly gap?: boolean | undefined;
}

/** From where to where the flow may fill a page. */
export interface Frame {
  readonly top: number;
  readonly bottom: number;
}

/** White space between blocks. */
export function gap(height: number): Block {
  return { height, items: [], gap: true };
}

/**
 * Puts blocks onto pages, top to bottom. Blocks that are kept together move to the next page together as long as a page can
 * hold them; a page that begins inside a table begins with the table's head.
 */
export function paginate(blocks: readonly Block[], first: Frame, next: Frame): Item[][] {
  const pages: Item[][] = [[]];
  let { top: y, bottom } = first;
  let fresh = true;
  const turn = (): void => {
    pages.push([]);
    ({ top: y, bottom } = next);
    fresh = true;
  };
  const put = (block: Block): void => {
    for (const item of block.items) pages.at(-1)?.push(moved(item, 0, y));
    y += block.height;
  };
  const place = (block: Block): void => {
    if (y + block.height > bottom && !fresh) turn();
    if (fresh && block.gap) return;
    if (fresh && pages.length > 1) block.head?.forEach(put);
    fresh = false;
    put(block);
  };
  for (let i = 0; i < blocks.length; ) {
    const together = chainAt(blocks, i);
    const height = together.reduce((total, block) => total + block.height, 0);
    if (y + height > bottom && (!fresh || pages.length === 1)) turn();
    together.forEach(place);
    i += together.length;
  }
  return pages;
}

/** The block and those that must not be parted from it; a chain is never longer than `LONGEST_CHAIN` blocks. */
function chainAt(blocks: readonly Block[], start: number): readonly Block[] {
  let end = start;
  while (blocks[end]?.keep && end - start < LONGEST_CHAIN && end + 1 < blocks.length) end += 1;
  return blocks.slice(start, end + 1);
}

/** Some half of a page of table rows. */
const LONGEST_CHAIN = 24;
