import { widthOf } from '../typesetting/shape.ts';
import { fittingSize, printable, type TextStyle } from '../typesetting/wrap.ts';
import type { Colour, Item, RuleItem, TextItem } from './page.ts';
import { INK, leading } from './style.ts';

/** Part of the size above the baseline that a line of text needs; the rest of the leading is below. */
const ASCENT = 0.78;

/** Baseline of the first line when a text's upper edge is at `top`. */
export function baseline(top: number, style: TextStyle): number {
  return top + (leading(style) - style.size) / 2 + style.size * ASCENT;
}

/** A line of text with its left end at `x`. */
export function textAt(x: number, y: number, text: string, style: TextStyle, colour: Colour = INK): TextItem {
  return { kind: 'text', x, y, text: printable(text), weight: style.weight, size: style.size, colour };
}

/** A line of text with its right end at `x`. */
export function textEndingAt(x: number, y: number, text: string, style: TextStyle, colour: Colour = INK): TextItem {
  const clean = printable(text);
  return { kind: 'text', x: x - widthOf(clean, style.weight, style.size), y, text: clean, weight: style.weight, size: style.size, colour };
}

/** A figure with its right end at `x`; one too wide for its column is set smaller rather than cut. */
export function figureEndingAt(x: number, y: number, width: number, text: string, style: TextStyle, colour: Colour = INK): TextItem {
  return textEndingAt(x, y, text, { weight: style.weight, size: fittingSize(printable(text), style, width) }, colour);
}

/** Lines of a paragraph below `top`, one leading apart. */
export function linesAt(x: number, top: number, lines: readonly string[], style: TextStyle, colour: Colour = INK): TextItem[] {
  const first = baseline(top, style);
  return lines.map((line, i) => textAt(x, first + i * leading(style), line, style, colour));
}

export function rule(x: number, y: number, width: number, colour: Colour, thickness = 0.5): RuleItem {
  return { kind: 'rule', x, y, width, thickness, colour };
}

/** The lower edge of the lowest text. */
export function bottomOf(items: readonly Item[], least: number): number {
  return items.reduce((bottom, item) => (item.kind === 'text' ? Math.max(bottom, item.y + item.size * 0.3) : bottom), least);
}
