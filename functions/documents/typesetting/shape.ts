import type { FontName } from '../fonts.ts';
import { faceOf } from './face.ts';

export type Weight = 'regular' | 'bold';

/** Glyphs of one font in a row. `kerns[i]` widens the gap behind glyph i, in thousandths of the size. */
export interface Run {
  readonly font: FontName;
  readonly glyphs: readonly number[];
  readonly codePoints: readonly number[];
  readonly kerns: readonly number[];
  readonly width: number;
}

/** A text ready to be drawn; widths in thousandths of the font size. */
export interface Shaped {
  readonly runs: readonly Run[];
  readonly width: number;
}

const LATIN: Readonly<Record<Weight, FontName>> = { regular: 'sans', bold: 'sans-bold' };
const JAPANESE: Readonly<Record<Weight, FontName>> = { regular: 'japanese', bold: 'japanese-bold' };

/** What French groups thousands with; the face draws it so narrow that `1 234` is read as one word. */
const NARROW_BLANK = 0x20_2f;
const NARROW_BLANK_MORE = 70;

/** Texts come again (labels, dates, products); figures do not. The cache is emptied when it has grown to this. */
const MOST_CACHED = 20_000;
const LONGEST_CACHED = 80;

const cache: Readonly<Record<Weight, Map<string, Shaped>>> = { regular: new Map(), bold: new Map() };

/** Shapes a text of one line: each character in the Latin face, else in the Japanese one. */
export function shape(text: string, weight: Weight): Shaped {
  const known = cache[weight].get(text);
  if (known) return known;
  const shaped = shapeNew(text, weight);
  if (text.length > LONGEST_CACHED) return shaped;
  if (cache[weight].size >= MOST_CACHED) cache[weight].clear();
  cache[weight].set(text, shaped);
  return shaped;
}

/** The width of a text in points. */
export function widthOf(text: string, weight: Weight, size: number): number {
  return (shape(text, weight).width * size) / 1000;
}

function shapeNew(text: string, weight: Weight): Shaped {
  const runs: Run[] = [];
  let open: { font: FontName; codePoints: number[] } | undefined;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const font = fontOf(codePoint, weight);
    if (open?.font !== font) {
      if (open) runs.push(runOf(open.font, open.codePoints));
      open = { font, codePoints: [] };
    }
    open.codePoints.push(codePoint);
  }
  if (open) runs.push(runOf(open.font, open.codePoints));
  return { runs, width: runs.reduce((width, run) => width + run.width, 0) };
}

/** A character that no face has stays in the Latin one, whose empty box shows that something stands there. */
function fontOf(codePoint: number, weight: Weight): FontName {
  const latin = LATIN[weight];
  if (codePoint < 0x250 || faceOf(latin).glyphOf(codePoint) !== 0) return latin;
  const japanese = JAPANESE[weight];
  return faceOf(japanese).glyphOf(codePoint) === 0 ? latin : japanese;
}

function runOf(font: FontName, codePoints: readonly number[]): Run {
  const face = faceOf(font);
  const glyphs = codePoints.map((codePoint) => face.glyphOf(codePoint));
  const kerns = codePoints.map((codePoint, i) => {
    const next = codePoints[i + 1];
    return next === undefined ? 0 : face.kernOf(codePoint, next) + (codePoint === NARROW_BLANK ? NARROW_BLANK_MORE : 0);
  });
  const width = glyphs.reduce((total, glyph, i) => total + face.advanceOf(glyph) + (kerns[i] ?? 0), 0);
  return { font, glyphs, codePoints, kerns, width };
}
