import { mm } from './page.ts';
import { LEFT, PAGE, RIGHT } from './style.ts';

/** Where a country's windowed envelope shows the address, and what is left for the facts beside it. Points from the upper left corner. */
export interface Paper {
  /** The address lines; the return line stands directly above. */
  readonly address: { readonly x: number; readonly top: number; readonly width: number; readonly bottom: number };
  readonly facts: { readonly x: number; readonly top: number; readonly width: number };
  readonly letterhead: { readonly x: number; readonly width: number };
  /** Where the title may begin at the earliest. */
  readonly title: number;
}

const HEAD = { x: LEFT, width: mm(100) };

/** DIN 5008 form B (windows of DIN 680): address zone 62.7 to 90 mm from the top, 25 mm from the left. */
const DIN: Paper = {
  address: { x: LEFT, top: mm(62.7), width: mm(80), bottom: mm(90) },
  facts: { x: mm(122), top: mm(50), width: RIGHT - mm(122) },
  letterhead: HEAD,
  title: mm(96),
};

/** DL windows after BS 4264: 35 x 90 mm, 20 mm from the left, 18 mm from the lower edge of a letter folded in three. */
const UNITED_KINGDOM: Paper = {
  address: { x: LEFT, top: mm(53), width: mm(80), bottom: mm(86) },
  facts: { x: mm(122), top: mm(50), width: RIGHT - mm(122) },
  letterhead: HEAD,
  title: mm(96),
};

/** NF Z 11-001: the address stands on the right. */
const FRANCE: Paper = {
  address: { x: mm(112), top: mm(54), width: RIGHT - mm(112), bottom: mm(87) },
  facts: { x: LEFT, top: mm(50), width: mm(72) },
  letterhead: HEAD,
  title: mm(97),
};

/** Long envelope no. 3 (JIS S 5502) with its window at the upper left; the sender stands on the right. */
const JAPAN: Paper = {
  address: { x: LEFT, top: mm(24), width: mm(80), bottom: mm(55) },
  facts: { x: mm(122), top: mm(50), width: RIGHT - mm(122) },
  letterhead: { x: mm(122), width: RIGHT - mm(122) },
  title: mm(96),
};

const PAPERS: Readonly<Record<string, Paper>> = { GB: UNITED_KINGDOM, IE: UNITED_KINGDOM, FR: FRANCE, JP: JAPAN };

/** The envelopes that a legal entity posts in are those of its country. */
export function paperOf(country: string): Paper {
  return PAPERS[country] ?? DIN;
}

/** Fold marks of a letter folded in three. */
export const FOLDS: readonly number[] = [mm(105), mm(210)].filter((y) => y < PAGE.height);
