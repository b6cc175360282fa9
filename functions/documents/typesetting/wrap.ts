import { shape, type Weight, widthOf } from './shape.ts';

/**
 * Where a line may end: behind blanks, behind hyphens and slashes between words (an identifier such as `NG-M-2023` stays whole), and
 * between Japanese characters (not before closing punctuation, and not inside a postcode).
 */
const PIECES =
  /〒[\d-]+|[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}][\u3001\u3002\uff0c\uff0e\u300d\u300f\uff09\u3011\u30fc]*|[^ \p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+?(?<=\p{L}\p{Ll}[-/])(?=\p{L}\p{Ll})|[^ \p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+| +/gu;

const BLANKS = /[\p{Cc}\p{Zl}\p{Zp} ]+/gu;

export interface TextStyle {
  readonly weight: Weight;
  readonly size: number;
}

/** One line of printable text: line breaks and control characters become blanks, accents are composed. */
export function printable(text: string): string {
  return text.normalize('NFC').replaceAll(BLANKS, ' ').trim();
}

/** Breaks a text into lines no wider than `width` points. A word that is wider is broken where it has to be; nothing is lost. */
export function wrap(text: string, { weight, size }: TextStyle, width: number): string[] {
  const clean = printable(text);
  if (clean === '') return [];
  if (widthOf(clean, weight, size) <= width) return [clean];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const end = (): void => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  const widest = (width * 1000) / size;
  for (const piece of piecesOf(clean, weight, widest)) {
    let next = after(line, used, piece, weight);
    if (line !== '' && next.tight > widest) {
      end();
      next = piece;
    }
    if (line === '' && piece.text.trim() === '') continue;
    used = next.width;
    line += piece.text;
  }
  end();
  return lines;
}

/**
 * The first lines of a text; when there are more, the last one ends in an ellipsis and `cut` says so, so that the whole
 * text can be told elsewhere.
 */
export function shortened(text: string, style: TextStyle, width: number, most: number): { lines: string[]; cut: boolean } {
  const lines = wrap(text, style, width);
  if (lines.length <= most) return { lines, cut: false };
  const kept = lines.slice(0, most);
  let last = kept.pop() ?? '';
  while (last !== '' && widthOf(`${last}\u2026`, style.weight, style.size) > width) last = [...last].slice(0, -1).join('').trimEnd();
  return { lines: [...kept, `${last}\u2026`], cut: true };
}

/** The largest size, at most the style's own, at which a text is no wider than `width`. */
export function fittingSize(text: string, { weight, size }: TextStyle, width: number): number {
  const natural = widthOf(text, weight, size);
  return natural <= width ? size : Math.floor(((size * width) / natural) * 100) / 100;
}

interface Piece {
  readonly text: string;
  readonly width: number;
  /** Width without blanks at its end: they may hang over. */
  readonly tight: number;
}

/** The width of a line with one more piece. Without a blank between them the letters that meet are kerned, to either side. */
function after(line: string, used: number, piece: Piece, weight: Weight): Pick<Piece, 'width' | 'tight'> {
  if (line === '' || line.endsWith(' ') || piece.tight === 0) return { width: used + piece.width, tight: used + piece.tight };
  const { width } = shape(line + piece.text, weight);
  return { width, tight: width };
}

function piecesOf(text: string, weight: Weight, widest: number): Piece[] {
  return (text.match(PIECES) ?? []).flatMap((piece) => {
    const { width } = shape(piece, weight);
    if (piece.trim() === '') return [{ text: piece, width, tight: 0 }];
    return width <= widest ? [{ text: piece, width, tight: width }] : broken(piece, weight, widest);
  });
}

/** A word wider than a line: behind its hyphens and slashes where that does, else anywhere. */
function broken(word: string, weight: Weight, widest: number): Piece[] {
  return word.split(/(?<=[-/])/u).flatMap((part) => {
    const { width } = shape(part, weight);
    return width <= widest ? [{ text: part, width, tight: width }] : cut(part, weight, widest);
  });
}

function cut(word: string, weight: Weight, widest: number): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let width = 0;
  for (const character of word) {
    const longer = shape(text + character, weight).width;
    if (text !== '' && longer > widest) {
      pieces.push({ text, width, tight: width });
      text = '';
    }
    width = text === '' ? shape(character, weight).width : longer;
    text += character;
  }
  return [...pieces, { text, width, tight: width }];
}
