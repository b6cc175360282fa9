import { createHash } from 'node:crypto';
import { type Colour, type Item, moved, type ShapeItem, type Step } from './page.ts';

/** How a legal entity's paper looks: one accent, a tint of it, and a mark. */
export interface Brand {
  readonly accent: Colour;
  readonly tint: Colour;
  readonly mark: Mark;
}

type Mark = (typeof MARKS)[number];

/** Deep enough for white and for small text on white (contrast 4.5 and more). */
const ACCENTS: readonly Colour[] = [
  [18, 72, 140],
  [0, 98, 92],
  [122, 30, 72],
  [74, 56, 142],
  [150, 58, 18],
  [20, 96, 52],
  [30, 60, 78],
  [134, 32, 36],
];

const MARKS = ['signal', 'bars', 'junction', 'layers'] as const;
const WHITE: Colour = [255, 255, 255];

/** Control points of a quarter circle of radius 1. */
const QUARTER = 0.5523;

/** The look of a legal entity: always the same for the same entity, most likely another one for another. */
export function brandOf(legalEntityId: string): Brand {
  const [first = 0, second = 0] = createHash('sha256').update(legalEntityId).digest();
  const accent = ACCENTS[first % ACCENTS.length] ?? [18, 72, 140];
  return { accent, tint: tintOf(accent), mark: MARKS[second % MARKS.length] ?? 'signal' };
}

/** The entity's mark: a disc in the accent with a white figure, `size` points wide, its upper left corner at `x`, `y`. */
export function markAt(x: number, y: number, size: number, { accent, mark }: Brand): Item[] {
  const disc: ShapeItem = { kind: 'shape', steps: circle(0.5, 0.5, 0.5), colour: accent };
  const figure: ShapeItem[] = FIGURES[mark].map((steps) => ({ kind: 'shape', steps, colour: WHITE }));
  return [disc, ...figure].map((item) => moved({ ...item, steps: item.steps.map((step) => scaled(step, size)) }, x, y));
}

const FIGURES: Readonly<Record<Mark, readonly (readonly Step[])[]>> = {
  signal: [circle(0.3, 0.7, 0.085), arc(0.3, 0.7, 0.2, 0.28), arc(0.3, 0.7, 0.37, 0.45)],
  bars: [box(0.25, 0.54, 0.12, 0.2), box(0.44, 0.4, 0.12, 0.34), box(0.63, 0.24, 0.12, 0.5)],
  junction: [
    circle(0.28, 0.5, 0.085),
    circle(0.7, 0.29, 0.085),
    circle(0.7, 0.71, 0.085),
    [
      ['M', 0.27, 0.46],
      ['L', 0.69, 0.25],
      ['L', 0.71, 0.33],
      ['L', 0.37, 0.5],
      ['L', 0.71, 0.67],
      ['L', 0.69, 0.75],
      ['L', 0.27, 0.54],
      ['Z'],
    ],
  ],
  layers: [[['M', 0.5, 0.2], ['L', 0.8, 0.36], ['L', 0.5, 0.52], ['L', 0.2, 0.36], ['Z']], chevron(0.47), chevron(0.61)],
};

function chevron(y: number): Step[] {
  return [['M', 0.2, y], ['L', 0.5, y + 0.16], ['L', 0.8, y], ['L', 0.8, y + 0.07], ['L', 0.5, y + 0.23], ['L', 0.2, y + 0.07], ['Z']];
}

function box(x: number, y: number, width: number, height: number): Step[] {
  return [['M', x, y], ['L', x + width, y], ['L', x + width, y + height], ['L', x, y + height], ['Z']];
}

function circle(x: number, y: number, r: number): Step[] {
  const c = r * QUARTER;
  return [
    ['M', x + r, y],
    ['C', x + r, y + c, x + c, y + r, x, y + r],
    ['C', x - c, y + r, x - r, y + c, x - r, y],
    ['C', x - r, y - c, x - c, y - r, x, y - r],
    ['C', x + c, y - r, x + r, y - c, x + r, y],
    ['Z'],
  ];
}

/** A quarter ring, opening to the upper right. */
function arc(x: number, y: number, inner: number, outer: number): Step[] {
  return [
    ['M', x, y - outer],
    ['C', x + outer * QUARTER, y - outer, x + outer, y - outer * QUARTER, x + outer, y],
    ['L', x + inner, y],
    ['C', x + inner, y - inner * QUARTER, x + inner * QUARTER, y - inner, x, y - inner],
    ['Z'],
  ];
}

function scaled(step: Step, size: number): Step {
  switch (step[0]) {
    case 'M':
    case 'L':
      return [step[0], step[1] * size, step[2] * size];
    case 'C':
      return ['C', step[1] * size, step[2] * size, step[3] * size, step[4] * size, step[5] * size, step[6] * size];
    case 'Z':
      return step;
  }
}

function tintOf([red, green, blue]: Colour): Colour {
  const light = (channel: number): number => Math.round(255 - (255 - channel) * 0.07);
  return [light(red), light(green), light(blue)];
}
