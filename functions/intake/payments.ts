import pLimit from 'p-limit';
import { getObjectStream, listObjects } from '../aws/objects.ts';
import { addDays } from '../calendars/dates.ts';
import { unknownFields, withoutBlanks } from '../directory/blanks.ts';
import type { LineOutcome } from '../directory/put-records.ts';
import { getBillingAccounts } from '../directory/read.ts';
import type { GivenRecord } from '../directory/write.ts';
import type { PaymentVerdict } from '../documents/payment-status.ts';
import { type PayableDocument, payableDocuments, takePayment } from '../documents/payment-statuses.ts';
import { fieldIssues } from '../events/cloud-event.ts';
import { exportFileOf } from './export-file.ts';
import { linesOf } from './lines.ts';
import { columnsOf, type PaymentRow, paymentRow, rowReader } from './payment-row.ts';
import { findingsIn, piecesOfLines } from './pieces.ts';
import { type Finding, type Progress, type StepWork, tallyOf } from './progress.ts';

const PARALLEL_ACCOUNTS = 8;
const HEADER_SHOWN = 100;
const ISO_DATE = /^\d{4}-\d\d-\d\d$/;

/** Imports what the carrier's ledger says of payments, the files in the order of their days. Each row has its outcome. */
export async function* importPayments(work: StepWork): AsyncGenerator<Progress> {
  const { bucket, prefix } = work;
  let at = work.at;
  for await (const { key, bytes } of listObjects(bucket, `${prefix}payments/`, at.after)) {
    const file = key.slice(prefix.length);
    if (exportFileOf(file).is !== 'payments') continue;
    for await (const progress of importFile({ ...work, at }, file, bytes)) yield { ...progress, at: { ...progress.at, after: at.after } };
    // From here on the file is behind us; a file of the next day begins at its own beginning.
    at = { after: key };
    yield { at, file };
  }
}

async function* importFile(work: StepWork, file: string, size: number): AsyncGenerator<Progress> {
  const header = columnsOf(await firstLine(work, file));
  if ('expected' in header) {
    const value = JSON.stringify((await firstLine(work, file)).slice(0, HEADER_SHOWN));
    const finding: Finding = { is: 'rejection', file, line: 1, field: '(header)', value, expected: header.expected };
    yield { at: { offset: size, line: 1 }, file, tally: tallyOf(['rejected']), findings: [finding], bytes: { done: size } };
    return;
  }
  for await (const { given, unread, at, bytes } of piecesOfLines(work, file, rowReader(header.columns))) {
    const done = await importRows(given, file, work);
    const outcomes = done.map(({ outcome }) => outcome);
    const remarks = done.flatMap(({ outcome: { line }, remark }): Finding[] =>
      remark ? [{ is: 'remark', file, line, text: remark }] : [],
    );
    yield {
      at,
      file,
      tally: tallyOf([...outcomes.map(({ outcome }) => outcome), ...unread.map(() => 'rejected' as const)]),
      findings: [...findingsIn(file, outcomes, unread), ...remarks],
      unknownFields: outcomes.flatMap(({ unknown }) => unknown),
      bytes: { done: bytes },
    };
  }
}

interface ImportedRow {
  readonly outcome: LineOutcome;
  readonly remark?: string | undefined;
}

interface ReadRow {
  readonly line: number;
  readonly row: PaymentRow;
  readonly unknown: readonly string[];
}

/** The rows of one account one after the other, those of different accounts side by side. */
async function importRows(given: readonly GivenRecord[], file: string, work: StepWork): Promise<ImportedRow[]> {
  const read = given.map(readRow);
  const rows = read.flatMap((one) => ('row' in one ? [one] : []));
  const known = new Set((await getBillingAccounts([...new Set(rows.map(({ row }) => row.bcn))])).map(({ bcn }) => bcn));
  const limit = pLimit(PARALLEL_ACCOUNTS);
  const imported = await Promise.all(
    [...Map.groupBy(rows, ({ row }) => row.bcn)].map(([bcn, own]) => limit(() => importAccount(bcn, known.has(bcn), own, file, work))),
  );
  const wrong = read.flatMap((one) => ('outcome' in one ? [one] : []));
  return [...wrong, ...imported.flat()].sort((a, b) => a.outcome.line - b.outcome.line);
}

function readRow({ line, given }: GivenRecord): ReadRow | ImportedRow {
  const filled = withoutBlanks(given);
  const parsed = paymentRow.safeParse(filled);
  if (!parsed.success) return { outcome: { line, outcome: 'rejected', issues: fieldIssues(parsed.error, given), unknown: [] } };
  return { line, row: parsed.data, unknown: unknownFields(filled, parsed.data) };
}

async function importAccount(
  bcn: string,
  isKnown: boolean,
  rows: readonly ReadRow[],
  file: string,
  work: StepWork,
): Promise<ImportedRow[]> {
  const documents = isKnown ? await payableDocuments(bcn, new Date(work.time)) : [];
  const done: ImportedRow[] = [];
  for (const row of rows) done.push(isKnown ? await importRow(row, documents, file, work) : rejected(row, 'bcn', bcn, UNKNOWN_ACCOUNT));
  return done;
}

const UNKNOWN_ACCOUNT = 'the BCN of a billing account that the directory knows is expected';

async function importRow(read: ReadRow, documents: readonly PayableDocument[], file: string, work: StepWork): Promise<ImportedRow> {
  const { line, row, unknown } = read;
  const [document, ...others] = documents.filter(({ number }) => number === row.document);
  const expected = `the number of one document that is published for billing account ${row.bcn} is expected`;
  if (!document || others.length > 0) return rejected(read, 'document', row.document, expected);
  if (document.currency !== row.currency)
    return rejected(read, 'currency', row.currency, `${document.currency} is expected, as on the document`);
  if (isAhead(row.asOf, work.time))
    return rejected(read, 'asOf', row.asOf, `a moment not after the export's own time, ${work.time}, is expected`);
  const fileDate = /(\d{4}-\d\d-\d\d)\.csv$/.exec(file)?.[1] ?? '';
  const place = { importId: work.importId, importedAt: work.time, fileDate, line };
  const verdict = await takePayment(row.bcn, document, row, place);
  if (verdict.outcome === 'rejected') return rejected(read, verdict.field, row[verdict.field], verdict.expected);
  return { outcome: { line, outcome: counted(verdict), issues: [], unknown }, remark: 'remark' in verdict ? verdict.remark : undefined };
}

function counted(verdict: Exclude<PaymentVerdict, { outcome: 'rejected' }>): LineOutcome['outcome'] {
  return verdict.outcome === 'repeats' ? verdict.as : verdict.outcome;
}

/** A status of the day after tomorrow would stand against everything that is said until then. East of us it is tomorrow already. */
function isAhead(asOf: string, time: string): boolean {
  return ISO_DATE.test(asOf) ? asOf > addDays(time.slice(0, 10), 1) : asOf > time;
}

function rejected({ line, unknown }: ReadRow, field: string, value: string, expected: string): ImportedRow {
  return { outcome: { line, outcome: 'rejected', issues: [{ field, value: JSON.stringify(value), expected }], unknown } };
}

async function firstLine({ bucket, prefix }: StepWork, file: string): Promise<string> {
  const stream = await getObjectStream(bucket, `${prefix}${file}`);
  if (!stream) return '';
  try {
    for await (const { text = '' } of linesOf(stream, { offset: 0, line: 0 })) return text;
    return '';
  } finally {
    stream.destroy();
  }
}
