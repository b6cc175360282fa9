import type { FontName } from '../fonts.ts';
import { standingGlyphs } from './font-program.ts';

/** The fonts that one document uses, and the code that each of their glyphs has in it. */
export class UsedFonts {
  readonly #fonts = new Map<FontName, UsedFont>();

  /** The font's name in page resources: the order of first use, so that the same document has the same names. */
  fontFor(name: FontName): UsedFont {
    let font = this.#fonts.get(name);
    if (!font) {
      font = new UsedFont(name, `F${this.#fonts.size + 1}`);
      this.#fonts.set(name, font);
    }
    return font;
  }

  all(): readonly UsedFont[] {
    return [...this.#fonts.values()];
  }
}

/** One font of a document: the standing glyphs first, then what else the document needs. */
export class UsedFont {
  readonly name: FontName;
  readonly resource: string;
  /** glyph -> character, beyond the standing ones. */
  readonly further = new Map<number, number>();
  readonly #codes: Map<number, string>;

  constructor(name: FontName, resource: string) {
    this.name = name;
    this.resource = resource;
    this.#codes = new Map(standingCodes(name));
  }

  /** The glyph's code in content streams: four hexadecimal digits. */
  codeOf(glyph: number, codePoint: number): string {
    const known = this.#codes.get(glyph);
    if (known) return known;
    const code = this.#codes.size.toString(16).padStart(4, '0');
    this.#codes.set(glyph, code);
    this.further.set(glyph, codePoint);
    return code;
  }
}

const codes = new Map<FontName, ReadonlyMap<number, string>>();

/** Code 0 is the empty box of a missing glyph, the standing glyphs follow. */
function standingCodes(name: FontName): ReadonlyMap<number, string> {
  let known = codes.get(name);
  if (!known) {
    known = new Map(
      [0, ...standingGlyphs(name).keys()].map((glyph, code): [number, string] => [glyph, code.toString(16).padStart(4, '0')]),
    );
    codes.set(name, known);
  }
  return known;
}
