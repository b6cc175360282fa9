import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { carrierpost } from '../../../../functions/documents/cdr/carrierpost.ts';
import { fcsV3 } from '../../../../functions/documents/cdr/fcs-v3.ts';
import { type CdrOrder, type CdrSummary, writeCdr } from '../../../../functions/documents/cdr/write-cdr.ts';

export type Call = Partial<Record<string, string>>;

const CALL = {
  recordId: 'R-1',
  chargedNumber: '+442079460001',
  aNumber: '+442079460001',
  bNumber: '+447700900123',
  direction: 'outbound',
  startTime: '2026-10-05T09:30:00+01:00',
  durationSeconds: '61',
  ratedSeconds: '120',
  callClass: 'mobile',
  destination: 'United Kingdom mobile',
  timeBand: 'D',
  charge: '0.01234',
  currency: 'GBP',
  serviceId: 'SIP-889',
};

const FCS_CALL = {
  'Call Type': 'V',
  'Customer Identifier': '02079460001',
  'Telephone Number Dialled': '07700900123',
  'Call Date': '05/10/2026',
  'Call Time': '09:30:00',
  Duration: '61',
  Description: 'Mobile',
  Chargecode: 'FM1',
  'Time Band': 'D',
  Salesprice: '0.01234',
  RecordID: 'F-1',
  Currency: 'GBP',
};

/** A file in our layout; what a call does not say is as in CALL. */
export function carrierpostFile(calls: readonly Call[]): Buffer {
  const rows = calls.map((call, index) => ({ ...CALL, recordId: `R-${index + 1}`, ...call }));
  return Buffer.from(stringify(rows, { header: true, columns: [...carrierpost.columns] }));
}

/** A file in the UK Standard layout, without a header row. */
export function fcsFile(calls: readonly Call[]): Buffer {
  const rows = calls.map((call, index) => ({ ...FCS_CALL, RecordID: `F-${index + 1}`, ...call }));
  return Buffer.from(stringify(rows, { columns: [...fcsV3.columns] }));
}

export const ACCOUNT = { bcn: 'B4711', currency: 'GBP', itemisation: 'full' } as const satisfies CdrOrder['account'];

export function write(bytes: Buffer, spool: string, order: Partial<CdrOrder> = {}): Promise<CdrSummary> {
  return writeCdr({
    input: Readable.from([bytes]),
    layout: 'carrierpost',
    account: ACCOUNT,
    period: '2026-10',
    timeZone: 'Europe/London',
    name: 'B4711.csv',
    spool,
    ...order,
  });
}

/** The published rows, read by a parser that is not ours. */
export async function published({ file }: CdrSummary): Promise<Record<string, string>[]> {
  if (!file) throw new Error('No file was published');
  return parse(gunzipSync(await readFile(file.file)), { columns: true });
}
