import { expression } from '../aws/expression.ts';
import { getItem, putItem, queryItems, removeItem } from '../aws/tables.ts';

/** Where a delivered file lies, and when it came. */
interface ReceivedFile {
  readonly period: string;
  readonly bcn: string;
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
  /** Instant; settles which of two deliveries of one revision is the newer. */
  readonly receivedAt: string;
  /** Why the file could not be read; the account is parked with it until a readable one comes. */
  readonly unreadable?: string | undefined;
}

export interface ReceivedBill extends ReceivedFile {
  readonly billId: string;
  readonly revision: number;
}

export interface ReceivedUsage extends ReceivedFile {
  /** The CDR layout's name, `fcs-v3` or `carrierpost`. */
  readonly layout: string;
}

export interface ReceivedCompletion {
  readonly period: string;
  readonly calendar: string;
  readonly delivery: 'full' | 'supplement';
  /** Rises with every delivery of the period. */
  readonly sequence: number;
  readonly bills: number;
  readonly usageFiles: number;
  readonly controlTotals: readonly { readonly currency: string; readonly net: string; readonly gross: string }[];
  readonly receivedAt: string;
}

export type Reception = 'new' | 'changed' | 'same' | 'older';

export interface ReceivedInput {
  readonly bills: readonly ReceivedBill[];
  readonly usage: ReceivedUsage | undefined;
}

/** What one more delivery of a file means; a higher revision replaces a lower one, whichever comes first. */
export function receptionOf(next: ReceivedBill | ReceivedUsage, known: ReceivedBill | ReceivedUsage | undefined): Reception {
  if (!known) return 'new';
  // The same bytes are another matter when it was their checksum or their layout that nobody could believe.
  if (next.sha256 === known.sha256 && layoutOf(next) === layoutOf(known) && next.unreadable === known.unreadable) return 'same';
  // A file nobody can read has no revision one could trust: the later delivery counts.
  const rise = next.unreadable || known.unreadable ? 0 : revisionOf(next) - revisionOf(known);
  if (rise !== 0) return rise > 0 ? 'changed' : 'older';
  return next.receivedAt >= known.receivedAt ? 'changed' : 'older';
}

/** Indexes a bill of a period. Answers what it meant; `same` and `older` change nothing. */
export function receiveBill(bill: ReceivedBill): Promise<Reception> {
  return receive(bill, `BILL#${bill.billId}`);
}

/**
 * Drops what a file nobody could read left under a name of its own, now that a readable bill of that file has come.
 * @returns whether there was something to drop
 */
export function forgetUnreadable({ period, bcn, billId }: Pick<ReceivedBill, 'period' | 'bcn' | 'billId'>): Promise<boolean> {
  return removeItem('billing', { pk: inputPartition(period, bcn), sk: `BILL#${billId}` }, expression`attribute_exists(#unreadable)`);
}

/** Indexes the rated calls of a period; a later delivery replaces an earlier one. */
export function receiveUsage(usage: ReceivedUsage): Promise<Reception> {
  return receive(usage, 'USAGE');
}

async function receive(file: ReceivedBill | ReceivedUsage, sk: string): Promise<Reception> {
  const key = { pk: inputPartition(file.period, file.bcn), sk };
  // Nearly every file of a month is new.
  if (await putItem('billing', { ...key, ...file }, expression`attribute_not_exists(#pk)`)) return 'new';
  for (;;) {
    const known = await getItem<ReceivedBill | ReceivedUsage>('billing', key);
    const reception = receptionOf(file, known);
    if (reception === 'same' || reception === 'older') return reception;
    const unchanged = known
      ? expression`#sha256 = ${known.sha256} AND #receivedAt = ${known.receivedAt}`
      : expression`attribute_not_exists(#pk)`;
    if (await putItem('billing', { ...key, ...file }, unchanged)) return reception;
  }
}

/** Records that a calendar's period is complete; the highest sequence counts. */
export async function receiveCompletion(completion: ReceivedCompletion): Promise<void> {
  await putItem(
    'billing',
    { ...completionKey(completion.period, completion.calendar), ...completion },
    expression`attribute_not_exists(#pk) OR #sequence <= ${completion.sequence}`,
  );
}

/** The calendar's completion of a period; undefined while the carrier still delivers. */
export function completionOf(period: string, calendar: string): Promise<ReceivedCompletion | undefined> {
  return getItem<ReceivedCompletion>('billing', completionKey(period, calendar));
}

/** Everything that was delivered for an account and a period; bills in the order of their ids. */
export async function inputOf(period: string, bcn: string): Promise<ReceivedInput> {
  const bills: ReceivedBill[] = [];
  let usage: ReceivedUsage | undefined;
  for await (const item of queryItems<(ReceivedBill | ReceivedUsage) & { sk: string }>('billing', { pk: inputPartition(period, bcn) })) {
    if ('billId' in item) bills.push(item);
    else usage = item;
  }
  return { bills, usage };
}

/** Changes when any file of the input changes: how a run sees that what it prepared is out of date. */
export function fingerprintOf({ bills, usage }: ReceivedInput): string {
  const told = ({ sha256, unreadable }: ReceivedBill | ReceivedUsage) => (unreadable ? `${sha256}!` : sha256);
  return [...bills.map((bill) => `${bill.billId}:${told(bill)}`), usage ? `usage:${usage.layout}:${told(usage)}` : ''].join(' ').trim();
}

function inputPartition(period: string, bcn: string): string {
  return `INPUT#${period}#${bcn}`;
}

function completionKey(period: string, calendar: string) {
  return { pk: `COMPLETION#${period}`, sk: calendar };
}

function revisionOf(file: ReceivedBill | ReceivedUsage): number {
  return 'revision' in file ? file.revision : 0;
}

function layoutOf(file: ReceivedBill | ReceivedUsage): string | undefined {
  return 'layout' in file ? file.layout : undefined;
}
