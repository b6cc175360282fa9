import type { Weight } from '../typesetting/shape.ts';

/** Red, green, blue from 0 to 255. */
export type Colour = readonly [number, number, number];

/** A text of one line; `x` is its left end, `y` its baseline. */
export interface TextItem {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly weight: Weight;
  readonly size: number;
  readonly colour: Colour;
  /** Degrees that the line is turned to the left around its start. */
  readonly turned?: number;
}

/** A straight line, horizontal from `x` over `width`. */
export interface RuleItem {
  readonly kind: 'rule';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly thickness: number;
  readonly colour: Colour;
}

/** A filled box; `y` is its upper edge. */
export interface BoxItem {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
}

/** A filled shape: move, line, curve (two control points, end) and close, in points from the page's upper left corner. */
export interface ShapeItem {
  readonly kind: 'shape';
  readonly steps: readonly Step[];
  readonly colour: Colour;
}

export type Step = readonly ['M' | 'L', number, number] | readonly ['C', number, number, number, number, number, number] | readonly ['Z'];

export type Item = TextItem | RuleItem | BoxItem | ShapeItem;

/** What stands where on a page: points (1/72 inch) from the upper left corner, later items over earlier ones. */
export interface Page {
  readonly items: readonly Item[];
}

/** Pages as data, with what a viewer wants to know about them. */
export interface Layout {
  readonly pages: readonly Page[];
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly language: string;
  /** Stands for the document's time of creation, so that the same document is the same bytes. */
  readonly date: string;
}

const POINTS_A_MILLIMETRE = 72 / 25.4;

/** Millimetres in points. */
export function mm(millimetres: number): number {
  return millimetres * POINTS_A_MILLIMETRE;
}

/** The same item somewhere else. */
export function moved<Kind extends Item>(item: Kind, dx: number, dy: number): Kind {
  if (item.kind !== 'shape') return { ...item, x: item.x + dx, y: item.y + dy };
  return { ...item, steps: item.steps.map((step) => movedStep(step, dx, dy)) };
}

function movedStep(step: Step, dx: number, dy: number): Step {
  switch (step[0]) {
    case 'M':
    case 'L':
      return [step[0], step[1] + dx, step[2] + dy];
    case 'C':
      return ['C', step[1] + dx, step[2] + dy, step[3] + dx, step[4] + dy, step[5] + dx, step[6] + dy];
    case 'Z':
      return step;
  }
}
