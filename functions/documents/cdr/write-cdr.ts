import { isUtf8 } from 'node:buffer';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { BillingAccount } from '../../directory/records.ts';
import { blocksOf, CutFileError } from './blocks.ts';
import { ChargedNumbers } from './charged-numbers.ts';
import { type Columns, columnsOf } from './columns.ts';
import { FIELD } from './layout.ts';
import { LAYOUTS, type LayoutName } from './layouts.ts';
import { Pack, type Packed } from './pack.ts';
import { HEADER, type RowStyle, writeRecord } from './published-rows.ts';
import { type CallRecord, fieldText, newRecord, readRecord } from './record.ts';
import { RecordIds } from './record-ids.ts';
import { MAX_ROW_BYTES, newRow, splitRow, TOO_LONG, textOf } from './row.ts';
import { type ClassSums, MAX_CLASSES, Sums } from './sums.ts';
import { UsageFileError } from './usage-file-error.ts';
import { dayOf, latePeriodOf, type UsagePeriod, usagePeriod } from './usage-period.ts';

export interface CdrOrder {
  /** The usage file's bytes, plain or gzip. */
  readonly input: Readable;
  readonly layout: LayoutName;
  readonly account: Pick<BillingAccount, 'bcn' | 'currency' | 'itemisation'>;
  readonly period: string;
  /** Calls up to so many days before the period are late, not wrong; without it none are. */
  readonly lateUsageDays?: number | undefined;
  /** The billing calendar's zone. */
  readonly timeZone?: string | undefined;
  /** A folder for the packed file, the caller's to remove. */
  readonly spool: string;
  /** What the file is called in reasons. */
  readonly name?: string | undefined;
}

/** A call that can be read and does not belong on the bill: it is neither published nor summed. */
export interface CdrProblem {
  readonly rule: 'currency' | 'period';
  readonly line: number;
  readonly reason: string;
}

/** What a usage file holds: exact sums, and the published file unless the account chose no itemisation. */
export interface CdrSummary {
  /** Calls that count; duplicates and problems do not. */
  readonly rows: number;
  readonly seconds: number;
  readonly ratedSeconds: number;
  /** The exact sum as a decimal string. */
  readonly charge: string;
  readonly byClass: Readonly<Record<string, ClassSums>>;
  /** Calls of an earlier period within `lateUsageDays`, marked in the published file. */
  readonly late: number;
  /** Calls whose record id was there before; left out. */
  readonly duplicates: number;
  /** The first of them; `problemCount` says how many there are. The account must not be billed while there are any. */
  readonly problems: readonly CdrProblem[];
  readonly problemCount: number;
  /** Which numbers were charged on which days. */
  readonly charged: ChargedNumbers;
  /** The gzip CSV; missing where the account's itemisation is `none`. */
  readonly file?: Packed | undefined;
}

interface Reading {
  readonly order: CdrOrder;
  readonly file: string;
  readonly record: CallRecord;
  readonly usage: UsagePeriod;
  readonly ids: RecordIds;
  readonly sums: Sums;
  readonly charged: ChargedNumbers;
  readonly pack: Pack | undefined;
  readonly problems: CdrProblem[];
  /** Known once the header row was read. */
  style: RowStyle | undefined;
  readonly currency: Buffer;
  line: number;
  late: number;
  duplicates: number;
  problemCount: number;
}

const MAX_PROBLEMS = 20;
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Turns a carrier's usage file into the published CDR in one pass: checks, sums, marks and packs each call; no call is held.
 * @throws UsageFileError naming file, line, field, value and what would be right when the file cannot be read to its end
 */
export async function writeCdr(order: CdrOrder): Promise<CdrSummary> {
  const reading = begin(order);
  try {
    for await (const block of blocksOf(order.input)) await readBlock(reading, block);
    if (!reading.style) throw new UsageFileError({ file: reading.file, line: 1 }, 'the header row is missing');
    const packed = await reading.pack?.finish();
    const { calls, ...total } = reading.sums.total();
    const { late, duplicates, problems, problemCount, charged } = reading;
    return { rows: calls, ...total, byClass: reading.sums.byClass(), late, duplicates, problems, problemCount, charged, file: packed };
  } catch (error) {
    await reading.pack?.abandon();
    await rm(fileOf(order), { force: true });
    if (error instanceof CutFileError) throw new UsageFileError({ file: reading.file, line: reading.line }, error.message);
    throw error;
  } finally {
    order.input.destroy();
  }
}

function begin(order: CdrOrder): Reading {
  const { layout: name, account, period, lateUsageDays = 0, timeZone } = order;
  const layout = LAYOUTS[name];
  const bound = layout.headerRow ? undefined : columnsOf(layout);
  const pack = account.itemisation === 'none' ? undefined : new Pack(fileOf(order));
  if (pack) pack.used = HEADER.copy(pack.block);
  return {
    order,
    file: order.name ?? `${account.bcn}.csv`,
    record: newRecord(newRow()),
    usage: usagePeriod(period, lateUsageDays, timeZone),
    ids: new RecordIds(),
    sums: new Sums(),
    charged: new ChargedNumbers(),
    pack,
    problems: [],
    style: bound && 'layout' in bound ? styleOf(bound, account) : undefined,
    currency: Buffer.from(account.currency),
    line: 1,
    late: 0,
    duplicates: 0,
    problemCount: 0,
  };
}

function fileOf({ spool, account, period }: CdrOrder): string {
  if (!SAFE_ID.test(account.bcn)) throw new RangeError(`${JSON.stringify(account.bcn)} is no id of a billing account`);
  return join(spool, `cdr-${account.bcn}-${period}.csv.gz`);
}

async function readBlock(reading: Reading, block: Buffer): Promise<void> {
  const { row } = reading.record;
  const { pack } = reading;
  const sound = isUtf8(block);
  for (let at = 0; at < block.length; ) {
    const next = splitRow(block, at, row);
    if (next < 0) throw new UsageFileError(reading, 'a quote is not closed, or stands inside a field without being doubled');
    if (next - at > MAX_ROW_BYTES) throw new UsageFileError(reading, TOO_LONG);
    if (!sound && !isUtf8(block.subarray(at, next))) throw new UsageFileError(reading, 'the row is not UTF-8');
    if (row.count > 1 || row.ends[0] !== row.starts[0]) readRow(reading);
    reading.line += row.lines;
    at = next;
    if (pack?.full) await pack.flush();
  }
}

function readRow(reading: Reading): void {
  const { record, file, line } = reading;
  if (!reading.style) {
    reading.style = styleOf(headerColumns(reading), reading.order.account);
    return;
  }
  const { columns } = reading.style;
  if (record.row.count !== columns.count) {
    throw new UsageFileError({ file, line }, `the row has ${record.row.count} fields, ${columns.count} are expected: it may be cut`);
  }
  const fault = readRecord(record, columns);
  if (fault) throw new UsageFileError({ file, line, ...fault }, fault.right);
  const late = latePeriodOf(record, reading.usage);
  if (!isCurrencyOf(reading)) note(reading, foreign(reading));
  else if (late === undefined) note(reading, misplaced(reading));
  else take(reading, late);
}

/** Every wrong call counts, the first are told. */
function note(reading: Reading, problem: Pick<CdrProblem, 'rule' | 'reason'>): void {
  const { problems, file, line } = reading;
  reading.problemCount++;
  if (problems.length < MAX_PROBLEMS) problems.push({ rule: problem.rule, line, reason: `${file} line ${line}: ${problem.reason}` });
}

/** An empty currency is the layout's default. */
function isCurrencyOf({ record: { row, at }, style, currency }: Reading): boolean {
  const place = at[FIELD.currency] as number;
  if (place < 0) return style?.columns.layout.defaults.currency === style?.currency;
  const start = row.starts[place] as number;
  if ((row.ends[place] as number) - start !== currency.length) return false;
  for (let index = 0; index < currency.length; index++) if (row.bytes[start + index] !== currency[index]) return false;
  return true;
}

function foreign({ record, style, order }: Reading): Pick<CdrProblem, 'rule' | 'reason'> {
  const found = fieldText(record, 'currency') || style?.columns.layout.defaults.currency || 'no currency';
  return { rule: 'currency', reason: `the call is charged in ${found}, the account is billed in ${order.account.currency}` };
}

function misplaced({ record, usage }: Reading): Pick<CdrProblem, 'rule' | 'reason'> {
  const allowed = usage.lateUsageDays > 0 ? `, or of the ${usage.lateUsageDays} days before it,` : '';
  return { rule: 'period', reason: `the call is of ${dayOf(record)}, calls of ${usage.period}${allowed} are expected` };
}

function take(reading: Reading, late: string): void {
  const { record, file, line, ids, sums, charged, pack, style } = reading;
  const { row, at } = record;
  const id = at[FIELD.recordId] as number;
  if (!ids.add(row.bytes, row.starts[id] as number, row.ends[id] as number)) {
    reading.duplicates++;
    return;
  }
  if (!sums.add(record))
    throw new UsageFileError({ file, line }, `more than ${MAX_CLASSES} call classes: the column of the call class is wrong`);
  charged.add(record);
  if (late !== '') reading.late++;
  if (pack && style) pack.used = writeRecord(pack.block, pack.used, record, style, late);
}

/** Everything about the file's form that its rows share. */
function styleOf(columns: Columns, { currency, itemisation }: CdrOrder['account']): RowStyle {
  return { columns, masked: itemisation === 'masked', currency };
}

function headerColumns({ record: { row }, order, file, line }: Reading): Columns {
  const names = Array.from({ length: Math.min(row.count, row.starts.length) }, (_, field) => textOf(row, field).trim());
  const columns = columnsOf(LAYOUTS[order.layout], names);
  if ('layout' in columns) return columns;
  throw new UsageFileError({ file, line }, `the header row lacks ${columns.join(', ')}`);
}
