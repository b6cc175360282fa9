import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Bill, type Carrier, entityOf, readCarrier } from '../oracle/carrier.ts';
import { amountText, minorOf } from '../oracle/decimal.ts';

export const SAMPLES = resolve(import.meta.dirname, '../../samples');
export const PERIOD = '2026-10';

/** A few accounts of three calendars that have something of everything, and few calls. */
export const FEW = [
  'B10020101', // a name with & and quotes; a mailbox's name that is more than a name
  'B10023902', // reverse charge; calls in fcs-v3; an outpayment statement beside the bill
  'B10028303', // a normal bill and a credit note; a mailbox listed twice
  'B10030401', // zero total
  'B10031701', // credits above charges
  'B10032201', // nobody to write to
  'B20011801', // umlauts in name and domain
  'B20012601', // direct debit
  'B20016401', // VAT a cent off
  'B20018501', // nothing attached, late usage
  'B40012101', // yen; a contact of two customers
] as const;

/** Without Tokyo, which publishes half a day later: its hours would be played for one account. */
export const FEW_IN_EUROPE: readonly string[] = FEW.filter((bcn) => bcn !== 'B40012101');

/** What is different in a slice. */
export interface SliceOptions {
  /** Exactly these accounts had no invoice before; missing: those of the sample carrier. */
  readonly areNew?: readonly string[];
  /** Months before the sample's last one, with the accounts that have a bill in them. */
  readonly earlier?: Readonly<Record<string, readonly string[]>>;
}

type Change = (name: string, content: Buffer) => Buffer;

/**
 * Writes the part of the sample carrier that belongs to some accounts, as an export of its own: the month only, with its own counts,
 * checksums and control totals.
 * @param change lets a journey spoil a file before the checksums are taken
 */
export function writeSlice(
  folder: string,
  bcns: readonly string[],
  change: Change = (_, content) => content,
  { areNew, earlier = {} }: SliceOptions = {},
): Carrier {
  const all = readCarrier(SAMPLES);
  const accounts = all.accounts.filter(({ bcn }) => bcns.includes(bcn));
  const ocns = new Set(accounts.map(({ ocn }) => ocn));
  const keep = (record: { bcn?: string; ocn?: string; ownership?: { bcn: string }[] }) =>
    record.ownership
      ? record.ownership.some(({ bcn }) => bcns.includes(bcn))
      : record.bcn
        ? bcns.includes(record.bcn)
        : ocns.has(record.ocn ?? '');
  copy(folder, 'directory/legal-entities.json', change);
  for (const name of ['customers', 'billing-accounts', 'contacts', 'services', 'numbers']) {
    const lines = readFileSync(join(SAMPLES, 'directory', `${name}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    const kept = lines.filter((line) => keep(JSON.parse(line))).map((line) => `${marked(line, areNew)}\n`);
    put(folder, `directory/${name}.jsonl`, change(`directory/${name}.jsonl`, Buffer.from(kept.join(''))));
  }
  for (const [period, billed] of Object.entries({ ...earlier, [PERIOD]: bcns })) writeMonth(folder, period, billed, all, change);
  return readCarrier(folder);
}

/** The bills and calls of a month, and the word of each calendar that they are complete. */
function writeMonth(folder: string, period: string, bcns: readonly string[], all: Carrier, change: Change): void {
  const month = `billing/${period}`;
  copy(folder, `${month}/usage/layout.json`, change);
  const delivered = ['bills', 'usage'].flatMap((part) =>
    readdirSync(join(SAMPLES, month, part))
      .filter((name) => bcns.includes(name.split('.')[0] ?? ''))
      .map((name) => ({
        name: `${part}/${name}`,
        bcn: name.split('.')[0] ?? '',
        content: copy(folder, `${month}/${part}/${name}`, change),
      })),
  );
  const calendarOf = (bcn: string) => {
    const account = all.accounts.find((one) => one.bcn === bcn) as Carrier['accounts'][number];
    return account.calendar ?? entityOf(all, account).calendar;
  };
  for (const [calendar, files] of Map.groupBy(delivered, ({ bcn }) => calendarOf(bcn))) {
    put(folder, `${month}/complete-${calendar}.json`, Buffer.from(JSON.stringify(completion(period, calendar, files))));
  }
}

/** A billing account's record that says whether it was invoiced before; other records as they are. */
function marked(line: string, areNew: readonly string[] | undefined): string {
  const record = JSON.parse(line) as { bcn?: string; invoicedBefore?: boolean };
  if (!areNew || record.invoicedBefore === undefined) return line;
  return JSON.stringify({ ...record, invoicedBefore: !areNew.includes(record.bcn ?? '') });
}

function completion(period: string, calendar: string, files: readonly { name: string; content: Buffer }[]) {
  const headers = files
    .filter(({ name }) => name.startsWith('bills/'))
    .map(({ content }) => JSON.parse(content.toString('utf8')) as Bill)
    .map(({ customerBill: { taxExcludedAmount: net, taxIncludedAmount: gross } }) => ({
      currency: net.unit,
      net: net.value,
      gross: gross.value,
    }));
  const sum = (currency: string, figure: 'net' | 'gross') =>
    headers.filter((header) => header.currency === currency).reduce((total, header) => total + minorOf(header[figure], currency), 0n);
  return {
    period,
    calendar,
    delivery: 'full',
    sequence: 1,
    bills: headers.length,
    usageFiles: files.length - headers.length,
    sha256: Object.fromEntries(files.map(({ name, content }) => [name, createHash('sha256').update(content).digest('hex')])),
    controlTotals: [...new Set(headers.map(({ currency }) => currency))].map((currency) => ({
      currency,
      net: amountText(sum(currency, 'net'), currency),
      gross: amountText(sum(currency, 'gross'), currency),
    })),
  };
}

function copy(folder: string, name: string, change: (name: string, content: Buffer) => Buffer): Buffer {
  return put(folder, name, change(name, readFileSync(join(SAMPLES, name))));
}

function put(folder: string, name: string, content: Buffer): Buffer {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return content;
}
