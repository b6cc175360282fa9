import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { type FontName, fontPath } from '../fonts.ts';

/** Kerning of a pair that is not known yet. */
const UNKNOWN = Number.NaN;

const DIGIT = /\p{Nd}/u;

/**
 * One font file, parsed once per process. Glyphs and kerning are asked for character by character and remembered, so that
 * setting a text is a walk over two maps instead of a run of the OpenType layout engine.
 */
export class Face {
  readonly name: FontName;
  readonly font: Font;
  readonly #glyphs = new Map<number, number>();
  readonly #advances = new Map<number, number>();
  readonly #pairs = new Map<number, number>();

  constructor(name: FontName) {
    this.name = name;
    const font = create(readFileSync(fontPath(name)));
    if (!('glyphForCodePoint' in font)) throw new Error(`${fontPath(name)} is a collection of fonts; a single font is expected`);
    this.font = font;
  }

  /** The glyph of a character; 0 when the font has none. */
  glyphOf(codePoint: number): number {
    let glyph = this.#glyphs.get(codePoint);
    if (glyph === undefined) {
      glyph = this.font.hasGlyphForCodePoint(codePoint) ? this.font.glyphForCodePoint(codePoint).id : 0;
      this.#glyphs.set(codePoint, glyph);
    }
    return glyph;
  }

  /** A glyph's width in thousandths of the font size. */
  advanceOf(glyph: number): number {
    let advance = this.#advances.get(glyph);
    if (advance === undefined) {
      advance = (this.font.getGlyph(glyph).advanceWidth * 1000) / this.font.unitsPerEm;
      this.#advances.set(glyph, advance);
    }
    return advance;
  }

  /** How much closer (negative) or wider two characters stand, in thousandths. Digits are never kerned: columns of figures align. */
  kernOf(left: number, right: number): number {
    const pair = left * 0x110000 + right;
    let kern = this.#pairs.get(pair) ?? UNKNOWN;
    if (Number.isNaN(kern)) {
      kern = this.#measuredKern(String.fromCodePoint(left), String.fromCodePoint(right));
      this.#pairs.set(pair, kern);
    }
    return kern;
  }

  #measuredKern(left: string, right: string): number {
    if (DIGIT.test(left) || DIGIT.test(right)) return 0;
    const { positions } = this.font.layout(left + right, { liga: false, calt: false, clig: false });
    const first = positions[0];
    if (positions.length !== 2 || !first) return 0;
    return (first.xAdvance * 1000) / this.font.unitsPerEm - this.advanceOf(this.glyphOf(left.codePointAt(0) ?? 0));
  }
}

const faces = new Map<FontName, Face>();

/** The face of a font file, read when it is first needed. */
export function faceOf(name: FontName): Face {
  let face = faces.get(name);
  if (!face) {
    face = new Face(name);
    faces.set(name, face);
  }
  return face;
}
