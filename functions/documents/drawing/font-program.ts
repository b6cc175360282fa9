import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { FontName } from '../fonts.ts';
import { type Face, faceOf } from '../typesetting/face.ts';

/** A subset of a font as a PDF embeds it (ISO 32000-1, 9.7 and 9.9): bytes that are the same in every document that uses the same glyphs. */
export interface FontProgram {
  /** `ABCDEF+IBMPlexSans`: the six letters name the subset. */
  readonly name: string;
  readonly file: Uint8Array;
  readonly fileLength: number;
  readonly toUnicode: Uint8Array;
  readonly widths: readonly number[];
}

/** fontkit's subset takes glyph ids and answers their place in the subset; its type declarations say otherwise. */
interface GlyphSubset {
  includeGlyph(glyph: number): number;
  encode(): Uint8Array;
}

/**
 * What documents in Western European languages are written with. It is embedded whole, encoded and compressed once per process;
 * a document that needs more has its further glyphs behind these, in a subset of its own.
 */
const STANDING =
  ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]_abcdefghijklmnopqrstuvwxyz|' +
  '\u00a0\u202f\u00a3\u00a5\u20ac\u00a7\u00ab\u00bb\u00b0\u00b7\u2013\u2019\u2026ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜàâäçèéêëîïôöùûüßœ';

const COMPRESSION = { level: 9 } as const;

/** The glyphs that are embedded whether used or not, each with its character. The Japanese face has none. */
export function standingGlyphs(name: FontName): ReadonlyMap<number, number> {
  let glyphs = standing.get(name);
  if (!glyphs) {
    const face = faceOf(name);
    const characters = name.startsWith('japanese') ? [] : [...STANDING].map((character) => character.codePointAt(0) ?? 0);
    glyphs = new Map(
      characters.map((codePoint): [number, number] => [face.glyphOf(codePoint), codePoint]).filter(([glyph]) => glyph !== 0),
    );
    standing.set(name, glyphs);
  }
  return glyphs;
}

/**
 * The program of a font for the standing glyphs and further ones.
 * @param further glyph -> character, in the order of their first use
 */
export function fontProgram(name: FontName, further: ReadonlyMap<number, number>): FontProgram {
  if (further.size > 0) return programOf(faceOf(name), [...standingGlyphs(name), ...further]);
  let program = programs.get(name);
  if (!program) {
    program = programOf(faceOf(name), [...standingGlyphs(name)]);
    programs.set(name, program);
  }
  return program;
}

const standing = new Map<FontName, ReadonlyMap<number, number>>();
const programs = new Map<FontName, FontProgram>();

function programOf(face: Face, glyphs: readonly (readonly [glyph: number, codePoint: number])[]): FontProgram {
  const subset = face.font.createSubset() as unknown as GlyphSubset;
  for (const [glyph] of glyphs) subset.includeGlyph(glyph);
  const file = subset.encode();
  return {
    name: `${tagOf(glyphs)}+${face.font.postscriptName}`,
    file: deflateSync(file, COMPRESSION),
    fileLength: file.length,
    toUnicode: deflateSync(toUnicode(glyphs.map(([, codePoint]) => codePoint)), COMPRESSION),
    widths: [0, ...glyphs.map(([glyph]) => glyph)].map((glyph) => Math.round(face.advanceOf(glyph) * 1000) / 1000),
  };
}

/** Six letters from the glyphs themselves, so that two subsets never share a name. */
function tagOf(glyphs: readonly (readonly [number, number])[]): string {
  const hash = createHash('sha256')
    .update(glyphs.map(([glyph]) => glyph).join(' '))
    .digest();
  return [...hash.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

/** Glyph -> text, for search, copy and screen readers (ISO 32000-1, 9.10.3). */
function toUnicode(codePoints: readonly number[]): string {
  const entries = [0xfffd, ...codePoints].map((codePoint) => `<${utf16(codePoint)}>`);
  const ranges: string[] = [];
  for (let start = 0; start < entries.length; start += 100) {
    const part = entries.slice(start, start + 100);
    ranges.push(`1 beginbfrange\n<${hex(start)}> <${hex(start + part.length - 1)}> [${part.join(' ')}]\nendbfrange`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    ...ranges,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

function utf16(codePoint: number): string {
  const text = String.fromCodePoint(codePoint);
  return [...Array(text.length).keys()].map((i) => hex(text.charCodeAt(i))).join('');
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0');
}
