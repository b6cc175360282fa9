import { type ImportReport, reportKey } from '../intake/report.ts';
import { colors, print, printParagraph, printTable } from './output.ts';

/** How many of each list a person is shown; the report holds them all. */
const SHOWN = 20;

/** Prints what came of an import. */
export function printImportReport(report: ImportReport): void {
  printTable(
    ['file', 'read', 'new', 'changed', 'same', 'older', 'rejected'],
    report.files.map(({ file, read, new: fresh, changed, same, older, rejected }) => [file, read, fresh, changed, same, older, rejected]),
  );
  list(
    colors.red(`${report.rejected} rejected`),
    report.rejections.map(({ file, line, field, value, expected }) => `${placeOf(file, line)} ${field} is ${value}: ${expected}`),
  );
  list(
    colors.yellow('Not readable, their accounts will be parked'),
    report.unreadable.map(({ file, reason }) => `${file}: ${reason}`),
  );
  list(
    colors.yellow('Not what was announced, their accounts will be parked'),
    report.checksums.map(({ file, announced, found }) => `${file}: SHA-256 ${found}, announced ${announced}`),
  );
  list(
    'Unknown fields, left out',
    report.unknownFields.map(({ file, fields }) => `${file}: ${fields.join(', ')}`),
  );
  list(
    'Remarks',
    report.remarks.map(({ file, line, text }) => `${placeOf(file, line)} ${text}`),
  );
  print(`\nThe whole report is ${reportKey(report.importId)} in the intake bucket; --json prints it.`);
}

function list(heading: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  print(`\n${heading}`);
  for (const line of lines.slice(0, SHOWN)) printParagraph(`  ${line}`, 4);
  if (lines.length > SHOWN) print(`  ... and ${lines.length - SHOWN} more`);
}

function placeOf(file: string, line: number | undefined): string {
  return line === undefined ? `${file}:` : `${file}:${line}:`;
}
