const FORMULA = /^[=+\-@\t\r\n]/;
const QUOTED = /[",\r\n]/;

/** A telephone number that spreadsheets keep: E.164 has at most 15 digits, which a spreadsheet holds exactly even when it takes them for a number. */
export const NUMBER = /^\+?\d{3,15}$/;

/** A free text that no spreadsheet takes for a formula: what starts like one gets an apostrophe in front. */
export function neutralised(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** A telephone number as it is; anything else as free text. */
export function numberCell(text: string): string {
  return NUMBER.test(text) ? text : neutralised(text);
}

/** One line of CSV (RFC 4180, line feed at the end), quoted where needed. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
