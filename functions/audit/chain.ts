import { createHash } from 'node:crypto';

/*
 * A file of evidence: JSON Lines, each `{"entry": ..., "chain": ...}`, the last one `{"end": ..., "chain": ...}`. A link of the chain is the
 * SHA-256 of the link before it and of the line's own entry; the first one begins with the file's name. So a line that is changed, removed,
 * added or moved breaks the chain from there on, and a file that was cut off has no end.
 */

/** How a file ends. */
export interface ChainEnd {
  readonly name: string;
  readonly lines: number;
  /** False when more may come: the day is not over yet. */
  readonly complete: boolean;
}

/** What looking at a file comes to. */
export type ChainVerdict =
  | { readonly intact: true; readonly lines: number; readonly complete: boolean; readonly chain: string }
  | { readonly intact: false; readonly line: number; readonly reason: string };

/**
 * The lines of a file, each with its line break.
 * @param name of the file; it begins the chain, so that files cannot be exchanged
 */
export async function* chained(name: string, entries: AsyncIterable<object>, complete: boolean): AsyncGenerator<string> {
  let chain = firstLink(name);
  let lines = 0;
  for await (const entry of entries) {
    chain = nextLink(chain, entry);
    lines += 1;
    yield `${canonical({ entry, chain })}\n`;
  }
  const end: ChainEnd = { name, lines, complete };
  yield `${canonical({ end, chain: nextLink(chain, end) })}\n`;
}

/** Looks whether a file is as it was written. */
export async function verify(name: string, text: AsyncIterable<string>): Promise<ChainVerdict> {
  let chain = firstLink(name);
  let line = 0;
  let end: ChainEnd | undefined;
  for await (const written of text) {
    line += 1;
    const broken = (reason: string) => ({ intact: false, line, reason }) as const;
    if (end) return broken('something stands behind the end');
    const read = readLine(written);
    if (!read) return broken('it is no line of such a file');
    chain = nextLink(chain, read.end ?? read.entry ?? {});
    if (chain !== read.chain) return broken('it does not follow from the lines before it: a line was changed, removed, added or moved');
    end = read.end;
    if (end && end.lines !== line - 1) return broken(`the file ends after ${end.lines} lines, and has ${line - 1}`);
  }
  if (!end) return { intact: false, line, reason: 'the file has no end: it was cut off' };
  return { intact: true, lines: end.lines, complete: end.complete, chain };
}

/** JSON that is the same for the same value, in whatever order its fields came. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

interface Line {
  readonly entry?: object;
  readonly end?: ChainEnd;
  readonly chain: string;
}

function readLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line | null;
    return typeof line?.chain === 'string' && typeof (line.entry ?? line.end) === 'object' ? line : undefined;
  } catch {
    return undefined;
  }
}

function firstLink(name: string): string {
  return hash(`carrierpost audit\n${name}`);
}

function nextLink(chain: string, entry: object): string {
  return hash(`${chain}\n${canonical(entry)}`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
