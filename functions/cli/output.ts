import { stripVTControlCharacters } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { createColors } from 'picocolors';

/** The work failed, for a reason that the person can read: exit code 1. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/** The command was wrong: exit code 2, with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Progress {
  /** How much is done, of the total given at the start or now, and what is being done now. */
  update(done: number, total?: number, what?: string): void;
  stop(): void;
}

const onTerminal = process.stdout.isTTY === true;

// A reader that has seen enough (`| head`) closes the pipe: nobody is left to tell, and the work goes on to its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Colours, on a terminal only. */
export const colors = createColors(onTerminal && !process.env.NO_COLOR);

/** One JSON value on standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, onTerminal ? 2 : undefined));
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A sentence that may be longer than a line: on a terminal it breaks between words, further lines begin `indent` columns in. */
export function printParagraph(text: string, indent: number): void {
  for (const line of onTerminal ? brokenAt(text, process.stdout.columns, indent) : [text]) print(line);
}

/** Lines of at most so many columns, where words let them be; further lines begin `indent` columns in. Colours take no room. */
export function brokenAt(text: string, columns: number, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** What is happening, for a person who waits: on standard error, so that standard output stays clean. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A number, or a decimal as the ledger writes it. */
const FIGURE = /^-?\d+(\.\d+)?$/;

/** Rows under headings, columns as wide as their longest cell; columns of nothing but figures stand to the right. */
export function printTable(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  if (rows.length === 0) return;
  const cells = rows.map((row) => headings.map((_, column) => String(row[column] ?? '')));
  const widths = headings.map((heading, column) => Math.max(...[heading, ...cells.map((row) => row[column] ?? '')].map(widthOf)));
  const numeric = headings.map((_, column) => {
    const filled = cells.map((row) => row[column] ?? '').filter((cell) => cell !== '');
    return filled.length > 0 && filled.every((cell) => FIGURE.test(cell));
  });
  const line = (row: readonly string[]) =>
    row.map((cell, column) => padded(cell, widths[column] ?? 0, numeric[column] ?? false)).join('  ');
  print(colors.dim(line(headings).trimEnd()));
  for (const row of cells) print(line(row).trimEnd());
}

/** A bar for long work, on a terminal only; elsewhere it draws nothing. */
export function progressBar(what: string, total: number): Progress {
  if (process.stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({ format: `{what} {bar} {value}/{total} {eta_formatted}`, hideCursor: true }, Presets.shades_classic);
  bar.start(total, 0, { what });
  return {
    update: (done, newTotal, now = what) => {
      if (newTotal !== undefined) bar.setTotal(newTotal);
      bar.update(done, { what: now });
    },
    stop: () => bar.stop(),
  };
}

function padded(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return right ? space + cell : cell + space;
}

function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
