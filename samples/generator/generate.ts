import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BillFile, billsOf } from './bills.ts';
import { callsOf } from './calls.ts';
import { isBilled, LAST_PERIOD, PERIODS } from './carrier.ts';
import { contacts } from './contacts.ts';
import { ACCOUNTS } from './customers.ts';
import { billingAccountRecords, customerRecords } from './directory.ts';
import { usageFile } from './layouts.ts';
import { LEGAL_ENTITIES, legalEntityOf } from './legal-entities.ts';
import { numbers } from './numbers.ts';
import { plannedWorks } from './planned-works.ts';
import { services } from './services.ts';

/** Usage above this many bytes is delivered packed, as a carrier would. */
const PACK_ABOVE = 20_000;
const GZIP_OPERATING_SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

interface Delivered {
  readonly calendar: string;
  readonly name: string;
  readonly content: Buffer;
  readonly bill?: BillFile;
}

/** Writes the sample carrier's export: the same bytes every time. */
export function generate(folder: string): void {
  for (const part of ['directory', 'billing']) rmSync(join(folder, part), { recursive: true, force: true });
  const byAccount = services();
  const held = numbers((bcn) => byAccount.get(bcn)?.find(({ code }) => code === 'SIP')?.serviceId);
  put(folder, 'directory/legal-entities.json', `${JSON.stringify(LEGAL_ENTITIES, null, 2)}\n`);
  put(folder, 'directory/customers.jsonl', lines(customerRecords()));
  put(folder, 'directory/billing-accounts.jsonl', lines(billingAccountRecords()));
  put(folder, 'directory/contacts.jsonl', lines(contacts()));
  put(folder, 'directory/services.jsonl', lines([...byAccount.values()].flat().map(({ record }) => record)));
  put(folder, 'directory/numbers.jsonl', lines([...held.values()].flat()));
  put(folder, 'planned-works.jsonl', lines(plannedWorks(byAccount)));
  for (const period of PERIODS) writePeriod(folder, period, byAccount, held);
}

function writePeriod(folder: string, period: string, byAccount: ReturnType<typeof services>, held: ReturnType<typeof numbers>): void {
  const delivered = ACCOUNTS.filter(({ account }) => isBilled(account, period)).flatMap(({ customer, account }): Delivered[] => {
    const calendar = (account.record?.calendar as string | undefined) ?? legalEntityOf(customer.legalEntityId).calendar;
    const [own = [], ranges = []] = [byAccount.get(account.bcn), held.get(account.bcn)];
    const voice = own.find(({ code }) => code === 'SIP')?.serviceId ?? '';
    const calls = callsOf(account, period, ranges, voice);
    const movedIn = period === LAST_PERIOD ? byAccount.get('B20015901')?.[0] : undefined;
    const billed = { account, entity: customer.legalEntityId, period, services: own, ranges, calls };
    const bills = billsOf(billed, movedIn).map((bill) => ({
      ...{ calendar, name: `bills/${bill.name}`, bill },
      content: Buffer.from(`${JSON.stringify(bill.bill, null, 1)}\n`),
    }));
    return account.calls ? [...bills, { calendar, ...usage(account.bcn, usageFile(calls, account.calls.layout)) }] : bills;
  });
  for (const { name, content } of delivered) put(folder, `billing/${period}/${name}`, content);
  put(folder, `billing/${period}/usage/layout.json`, `${JSON.stringify(layouts(), null, 2)}\n`);
  for (const calendar of new Set(delivered.map((file) => file.calendar))) {
    const own = delivered.filter((file) => file.calendar === calendar);
    put(folder, `billing/${period}/complete-${calendar}.json`, `${JSON.stringify(completion(period, calendar, own), null, 1)}\n`);
  }
}

function completion(period: string, calendar: string, delivered: readonly Delivered[]) {
  const bills = delivered.flatMap(({ bill }) => bill ?? []);
  const currencies = [...new Set(bills.map(({ currency }) => currency))].sort();
  return {
    period,
    calendar,
    delivery: 'full',
    sequence: 1,
    bills: bills.length,
    usageFiles: delivered.length - bills.length,
    sha256: Object.fromEntries(delivered.map(({ name, content }) => [name, createHash('sha256').update(content).digest('hex')])),
    controlTotals: currencies.map((currency) => ({
      currency,
      net: total(bills, currency, 'net'),
      gross: total(bills, currency, 'gross'),
    })),
  };
}

/** The plain sum over the bill files' headers, whatever their category. */
function total(bills: readonly BillFile[], currency: string, figure: 'net' | 'gross'): string {
  const minor = bills.filter((bill) => bill.currency === currency).reduce((sum, bill) => sum + bill[figure], 0n);
  if (currency === 'JPY') return String(minor);
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function usage(bcn: string, text: string): { name: string; content: Buffer } {
  const raw = Buffer.from(text);
  if (raw.length <= PACK_ABOVE) return { name: `usage/${bcn}.csv`, content: raw };
  const packed = gzipSync(raw, { level: 9 });
  packed[GZIP_OPERATING_SYSTEM] = UNKNOWN_SYSTEM;
  return { name: `usage/${bcn}.csv.gz`, content: packed };
}

function layouts(): Record<string, string> {
  const others = ACCOUNTS.flatMap(({ account }) => (account.calls?.layout === 'fcs-v3' ? [[account.bcn, 'fcs-v3']] : []));
  return { default: 'carrierpost', ...Object.fromEntries(others) };
}

function lines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

function put(folder: string, name: string, content: string | Buffer): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

if (process.argv[1] && import.meta.filename === resolve(process.argv[1]))
  generate(resolve(process.argv[2] ?? join(import.meta.dirname, '..')));
