import { type Html, html } from '../../pages/html.ts';
import type { BoxItem, Colour, Item, Page, RuleItem, ShapeItem, TextItem } from '../layout/page.ts';
import { PAGE } from '../layout/style.ts';
import { widthOf } from '../typesetting/shape.ts';

const BOLD = '600';

/**
 * A page as a picture that browsers show without fetching anything: SVG, on white paper whatever the reader's colours are. Each text is as
 * wide as on paper, whatever font the browser has instead.
 * @param label what the page is, for who cannot see it
 */
export function pictureOf({ items }: Page, label: string): Html {
  const [width, height] = [rounded(PAGE.width), rounded(PAGE.height)];
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><rect width="${width}" height="${height}" fill="#fff"/>${items.map(drawn)}</svg>`;
}

function drawn(item: Item): Html {
  switch (item.kind) {
    case 'text':
      return text(item);
    case 'rule':
      return rule(item);
    case 'box':
      return box(item);
    case 'shape':
      return shape(item);
  }
}

function text({ x, y, text: words, weight, size, colour, turned }: TextItem): Html {
  if (words.trim() === '') return html``;
  const at = html`x="${rounded(x)}" y="${rounded(y)}" font-size="${rounded(size)}" fill="${hex(colour)}" textLength="${rounded(widthOf(words, weight, size))}" lengthAdjust="spacingAndGlyphs"`;
  const bold = weight === 'bold' ? html` font-weight="${BOLD}"` : html``;
  // SVG turns to the right, with y growing downwards.
  const turn = turned === undefined ? html`` : html` transform="rotate(${rounded(-turned)} ${rounded(x)} ${rounded(y)})"`;
  return html`<text ${at}${bold}${turn}>${words}</text>`;
}

function rule({ x, y, width, thickness, colour }: RuleItem): Html {
  return html`<rect x="${rounded(x)}" y="${rounded(y - thickness / 2)}" width="${rounded(width)}" height="${rounded(thickness)}" fill="${hex(colour)}"/>`;
}

function box({ x, y, width, height, colour }: BoxItem): Html {
  return html`<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" fill="${hex(colour)}"/>`;
}

function shape({ steps, colour }: ShapeItem): Html {
  const path = steps.map(([act, ...at]) => `${act}${at.map(rounded).join(' ')}`).join('');
  return html`<path d="${path}" fill="${hex(colour)}"/>`;
}

function hex(colour: Colour): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Hundredths of a point are finer than any screen. */
function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
