import type { TextStyle } from '../typesetting/wrap.ts';
import { type Colour, mm } from './page.ts';

/** A4, with the margins of a DIN 5008 letter. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
export const LEFT = mm(25);
export const RIGHT = PAGE.width - mm(20);
export const WIDTH = RIGHT - LEFT;

export const INK: Colour = [28, 31, 38];
export const QUIET: Colour = [98, 105, 118];
export const HAIRLINE: Colour = [209, 213, 221];

export const BODY: TextStyle = { weight: 'regular', size: 8.5 };
export const STRONG: TextStyle = { weight: 'bold', size: 8.5 };
export const SMALL: TextStyle = { weight: 'regular', size: 7.5 };
export const TINY: TextStyle = { weight: 'regular', size: 6.5 };
export const LABEL: TextStyle = { weight: 'regular', size: 7.5 };
export const HEADING: TextStyle = { weight: 'bold', size: 11 };

/** Distance of two baselines. */
export function leading({ size }: TextStyle): number {
  return Math.round(size * 1.4 * 4) / 4;
}
