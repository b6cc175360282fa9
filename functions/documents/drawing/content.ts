import type { BoxItem, Colour, Page, RuleItem, ShapeItem, Step, TextItem } from '../layout/page.ts';
import { type Run, shape } from '../typesetting/shape.ts';
import type { UsedFonts } from './used-fonts.ts';

/** What a content stream has set already; saying it again would be bytes for nothing. */
interface Pen {
  fill: string;
  font: string;
}

/**
 * A page's content stream (ISO 32000-1, 8 and 9), in PDF's own coordinates: the origin is the lower left corner.
 * Text is set with hexadecimal glyph codes, kerned by TJ.
 */
export function contentOf({ items }: Page, height: number, fonts: UsedFonts): string {
  const out: string[] = [];
  const pen: Pen = { fill: '', font: '' };
  for (const item of items) {
    switch (item.kind) {
      case 'text':
        drawText(item, height, fonts, pen, out);
        break;
      case 'rule':
        drawRule(item, height, pen, out);
        break;
      case 'box':
        drawBox(item, height, pen, out);
        break;
      case 'shape':
        drawShape(item, height, pen, out);
        break;
    }
  }
  return out.join('\n');
}

function drawText(item: TextItem, height: number, fonts: UsedFonts, pen: Pen, out: string[]): void {
  const { text, weight, size, colour } = item;
  const { runs } = shape(text, weight);
  if (runs.length === 0) return;
  fill(colour, pen, out);
  out.push('BT');
  let first = true;
  for (const run of runs) {
    const font = fonts.fontFor(run.font);
    const select = `/${font.resource} ${number(size)} Tf`;
    if (pen.font !== select) out.push(select);
    pen.font = select;
    if (first) out.push(startOf(item, height));
    first = false;
    out.push(shown(run, (glyph, codePoint) => font.codeOf(glyph, codePoint)));
  }
  out.push('ET');
}

/** Where a line of text begins, and in which direction it runs. */
function startOf({ x, y, turned }: TextItem, height: number): string {
  if (turned === undefined) return `${number(x)} ${number(height - y)} Td`;
  const angle = (turned * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)].map((value) => Math.round(value * 10_000) / 10_000) as [number, number];
  return `${cos} ${sin} ${-sin} ${cos} ${number(x)} ${number(height - y)} Tm`;
}

/** The glyphs of a run; numbers between the strings move the next glyph left by thousandths of the size. */
function shown({ glyphs, codePoints, kerns }: Run, codeOf: (glyph: number, codePoint: number) => string): string {
  let text = '';
  let kerned = false;
  for (let i = 0; i < glyphs.length; i += 1) {
    text += codeOf(glyphs[i] ?? 0, codePoints[i] ?? 0);
    const kern = kerns[i] ?? 0;
    if (kern !== 0 && i < glyphs.length - 1) {
      text += `>${number(-kern)}<`;
      kerned = true;
    }
  }
  return kerned ? `[<${text}>] TJ` : `<${text}> Tj`;
}

function drawRule({ x, y, width, thickness, colour }: RuleItem, height: number, pen: Pen, out: string[]): void {
  fill(colour, pen, out);
  out.push(`${number(x)} ${number(height - y - thickness / 2)} ${number(width)} ${number(thickness)} re f`);
}

function drawBox({ x, y, width, height: tall, colour }: BoxItem, height: number, pen: Pen, out: string[]): void {
  fill(colour, pen, out);
  out.push(`${number(x)} ${number(height - y - tall)} ${number(width)} ${number(tall)} re f`);
}

function drawShape({ steps, colour }: ShapeItem, height: number, pen: Pen, out: string[]): void {
  fill(colour, pen, out);
  for (const step of steps) out.push(stepOf(step, height));
  out.push('f');
}

function stepOf(step: Step, height: number): string {
  switch (step[0]) {
    case 'M':
      return `${number(step[1])} ${number(height - step[2])} m`;
    case 'L':
      return `${number(step[1])} ${number(height - step[2])} l`;
    case 'C':
      return [step[1], height - step[2], step[3], height - step[4], step[5], height - step[6]].map(number).concat('c').join(' ');
    case 'Z':
      return 'h';
  }
}

function fill(colour: Colour, pen: Pen, out: string[]): void {
  const operator = `${colour.map((channel) => Math.round((channel / 255) * 1000) / 1000).join(' ')} rg`;
  if (pen.fill !== operator) out.push(operator);
  pen.fill = operator;
}

/** Hundredths of a point are finer than any printer. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
