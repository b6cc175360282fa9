/** An element of a JSON array as it stands in the file. */
export interface ArrayElement {
  /** The line on which the element begins, from 1. */
  readonly line: number;
  readonly text: string;
}

export interface ArrayElements {
  readonly elements: readonly ArrayElement[];
  /** False when the text ends before the array does. */
  readonly closed: boolean;
}

/**
 * Cuts a JSON array into its elements without parsing them, so that a broken one does not take the others along.
 * Answers undefined when the text is no array.
 */
export function arrayElements(text: string): ArrayElements | undefined {
  const begin = text.search(/\S/);
  if (begin < 0 || text[begin] !== '[') return undefined;
  const elements: ArrayElement[] = [];
  let from = begin + 1;
  let line = 1 + lineBreaks(text.slice(0, from));
  for (const end of elementEnds(text, from)) {
    const raw = text.slice(from, end);
    const lead = raw.length - raw.trimStart().length;
    if (raw.trim() !== '') elements.push({ line: line + lineBreaks(raw.slice(0, lead)), text: raw.trim() });
    line += lineBreaks(raw);
    from = end + 1;
  }
  return { elements, closed: from <= text.length };
}

/** Where the commas between elements and the closing bracket stand; the text's end when it was cut. */
function* elementEnds(text: string, from: number): Generator<number> {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = stringEnd(text, at);
    else if (sign === '{' || sign === '[') depth += 1;
    else if (depth > 0 && (sign === '}' || sign === ']')) depth -= 1;
    else if (sign === ']') return yield at;
    else if (sign === ',' && depth === 0) yield at;
  }
  yield text.length;
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
