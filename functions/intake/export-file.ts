import { isCalendar } from '../calendars/calendars.ts';
import { isDate, isPeriod } from '../calendars/dates.ts';
import { isId } from '../directory/fields.ts';
import { KINDS, type KindName } from '../directory/kinds.ts';

/** What a file of a carrier's export is, by its path in the export. */
export type ExportFile =
  | { readonly is: 'records'; readonly name: KindName }
  | { readonly is: 'consents' }
  | { readonly is: 'bill'; readonly period: string }
  | { readonly is: 'usage'; readonly period: string }
  | { readonly is: 'layout'; readonly period: string }
  | { readonly is: 'completion'; readonly period: string; readonly calendar: string }
  | { readonly is: 'payments' }
  | { readonly is: 'wrong'; readonly field: string; readonly value: string; readonly expected: string };

/** What contacts decided in an earlier system. */
export const CONSENTS_FILE = 'directory/consents.jsonl';
/** The file names of an account's bills and usage. */
const BILL_NAME = /^(?<stem>.+)\.json$/;
const USAGE_NAME = /^(?<bcn>.+)\.csv(\.gz)?$/;
const COMPLETION_NAME = /^complete-(?<calendar>.+)\.json$/;
const PAYMENTS = /^payments\/(?<date>[^/]+)\.csv$/;
const PATHS =
  'directory/<kind>.json[l], billing/<period>/bills/<bcn>[.<billId>].json, billing/<period>/usage/<bcn>.csv[.gz], ' +
  'billing/<period>/usage/layout.json, billing/<period>/complete-<calendar>.json or payments/<date>.csv is expected';

/** The records' files by path. */
const RECORDS = new Map(Object.entries(KINDS).map(([name, { file }]) => [file, name as KindName]));

/** Says what a path of an export holds; `wrong` with what would be right when it is no path of an export. */
export function exportFileOf(path: string): ExportFile {
  const records = RECORDS.get(path);
  if (records) return { is: 'records', name: records };
  if (path === CONSENTS_FILE) return { is: 'consents' };
  const payments = PAYMENTS.exec(path)?.groups?.date;
  if (payments !== undefined) return isDate(payments) ? { is: 'payments' } : wrong('date', payments, 'a date is expected, as YYYY-MM-DD');
  const [folder, period = '', ...rest] = path.split('/');
  if (folder !== 'billing' || rest.length === 0) return wrong('path', path, PATHS);
  if (!isPeriod(period)) return wrong('period', period, 'a month that exists is expected, as YYYY-MM');
  return billingFileOf(path, period, rest);
}

/** The BCNs that a bill's file name may mean: an id may have dots, so `A.1.2.json` is of A, A.1 or A.1.2. Longest first. */
export function bcnsOfBillFile(name: string): string[] {
  const stem = BILL_NAME.exec(name)?.groups?.stem ?? '';
  const parts = stem.split('.');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.')).filter(isId);
}

/** The bill id that stands in a file name after the BCN; undefined for `<bcn>.json`. */
export function billIdOfFile(name: string, bcn: string): string | undefined {
  const stem = BILL_NAME.exec(name)?.groups?.stem ?? '';
  return stem === bcn ? undefined : stem.slice(bcn.length + 1);
}

/** The BCN in the name of a usage file. */
export function bcnOfUsageFile(name: string): string {
  return USAGE_NAME.exec(name)?.groups?.bcn ?? '';
}

function billingFileOf(path: string, period: string, rest: readonly string[]): ExportFile {
  const [first = '', name, ...deeper] = rest;
  if (name === undefined) {
    const calendar = COMPLETION_NAME.exec(first)?.groups?.calendar;
    if (calendar === undefined) return wrong('path', path, PATHS);
    if (!isCalendar(calendar)) return wrong('calendar', calendar, 'a calendar of the calendar table is expected, such as "DE"');
    return { is: 'completion', period, calendar };
  }
  if (deeper.length > 0) return wrong('path', path, PATHS);
  if (first === 'bills' && BILL_NAME.test(name)) {
    return bcnsOfBillFile(name).length > 0 ? { is: 'bill', period } : wrong('bcn', name, '<bcn>.json or <bcn>.<billId>.json is expected');
  }
  if (first === 'usage' && name === 'layout.json') return { is: 'layout', period };
  if (first === 'usage' && USAGE_NAME.test(name)) {
    return isId(bcnOfUsageFile(name)) ? { is: 'usage', period } : wrong('bcn', name, '<bcn>.csv or <bcn>.csv.gz is expected');
  }
  return wrong('path', path, PATHS);
}

function wrong(field: string, value: string, expected: string): ExportFile {
  return { is: 'wrong', field, value: JSON.stringify(value.slice(0, 200)), expected };
}
