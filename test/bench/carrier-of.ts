import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A month that the bench's carrier has bills for, and the calendar it bills by. */
export const BENCH_PERIOD = '2026-10';
export const BENCH_CALENDAR = 'GB-ENG';

const CALLS_PER_ACCOUNT = 20;
const CALL_CHARGE = '0.0525';
const USAGE_HEADER =
  'recordId,chargedNumber,aNumber,bNumber,direction,startTime,durationSeconds,ratedSeconds,callClass,destination,timeBand,charge,currency,serviceId';

/**
 * Writes a carrier's export with so many equal, plausible accounts: one contact, two services, one number range, a bill of four lines
 * and twenty calls each. Streams to disk, so that a hundred thousand accounts need no memory.
 */
export async function writeCarrierOf(accounts: number, folder: string): Promise<void> {
  for (const sub of ['directory', `billing/${BENCH_PERIOD}/bills`, `billing/${BENCH_PERIOD}/usage`])
    mkdirSync(join(folder, sub), { recursive: true });
  writeFileSync(join(folder, 'directory/legal-entities.json'), JSON.stringify([legalEntity()]));
  const checksums: Record<string, string> = {};
  await writeLines(join(folder, 'directory/customers.jsonl'), accounts, (n) => customer(n));
  await writeLines(join(folder, 'directory/billing-accounts.jsonl'), accounts, (n) => billingAccount(n));
  await writeLines(join(folder, 'directory/contacts.jsonl'), accounts, (n) => contact(n));
  await writeLines(join(folder, 'directory/services.jsonl'), accounts * 2, (n) => service(n));
  await writeLines(join(folder, 'directory/numbers.jsonl'), accounts, (n) => numberRange(n));
  writeFileSync(join(folder, `billing/${BENCH_PERIOD}/usage/layout.json`), JSON.stringify({ layout: 'carrierpost' }));
  for (let n = 0; n < accounts; n += 1) {
    put(folder, checksums, `bills/${bcn(n)}.json`, JSON.stringify(bill(n)));
    put(folder, checksums, `usage/${bcn(n)}.csv`, usage(n));
  }
  writeFileSync(join(folder, `billing/${BENCH_PERIOD}/complete-${BENCH_CALENDAR}.json`), JSON.stringify(completion(accounts, checksums)));
}

function put(folder: string, checksums: Record<string, string>, name: string, content: string): void {
  writeFileSync(join(folder, 'billing', BENCH_PERIOD, name), content);
  checksums[name] = createHash('sha256').update(content).digest('hex');
}

/** Writes one record a line, streaming. */
export async function writeLines(file: string, count: number, record: (n: number) => unknown): Promise<void> {
  const out = createWriteStream(file);
  for (let n = 0; n < count; n += 1) {
    if (!out.write(`${JSON.stringify(record(n))}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

const ocn = (n: number) => `C${String(n).padStart(6, '0')}`;
const bcn = (n: number) => `B${String(n).padStart(6, '0')}`;
const number = (n: number) => `+44207946${String(n % 1000).padStart(4, '0')}`;
const address = (n: number) => ({ street: `${(n % 200) + 1} Example Street`, postalCode: 'EC1A 1BB', city: 'London', country: 'GB' });
const gbp = (value: string) => ({ unit: 'GBP', value });

/** The seller of the bench. */
export function legalEntity() {
  return {
    legalEntityId: 'BENCH-GB',
    name: 'Benchmark Carrier Ltd',
    country: 'GB',
    address: address(0),
    vatId: 'GB000000000',
    registration: '00000000',
    bank: { name: 'Example Bank', iban: 'GB33BUKB20201555555555', bic: 'BUKBGB22' },
    currency: 'GBP',
    calendar: BENCH_CALENDAR,
    contact: { email: 'billing@carrier.example', phone: '+442079460000' },
    series: [{ type: 'invoice', year: 2026, prefix: 'GB26', width: 8, next: 1 }],
  };
}

function customer(n: number) {
  return { ocn: ocn(n), name: `Customer ${n} Ltd`, legalEntityId: 'BENCH-GB', country: 'GB', language: 'en' };
}

function billingAccount(n: number) {
  return {
    bcn: bcn(n),
    ocn: ocn(n),
    name: `Customer ${n} Ltd`,
    address: address(n),
    currency: 'GBP',
    language: 'en',
    paymentTerms: { days: 30 },
    activeFrom: '2024-01-01',
    invoicedBefore: true,
    delivery: { attach: true, post: false },
  };
}

function contact(n: number) {
  return {
    contactId: `K${n}`,
    ocn: ocn(n),
    name: `Contact ${n}`,
    email: `billing${n}@customer.example`,
    language: 'en',
    timeZone: 'Europe/London',
    roles: ['billing'],
  };
}

function service(n: number) {
  const owner = Math.floor(n / 2);
  return {
    serviceId: `LON/LON/LE-${String(n).padStart(6, '0')}`,
    ownership: [{ bcn: bcn(owner), from: '2024-01-01' }],
    product: 'Ethernet Line 1 Gbit/s',
    aEnd: '1 Example Street, London',
    bEnd: '2 Example Road, Leeds',
  };
}

function numberRange(n: number) {
  return { bcn: bcn(n), from: number(n), country: 'GB', type: 'geographic', status: 'active', assignedOn: '2024-01-01' };
}

/** 950.00 + 150.00 + 40.00 + 20 calls at 0.0525 = 1.05; VAT 20 % on 1,141.05 = 228.21. */
function bill(n: number) {
  const month = { startDateTime: '2026-10-01', endDateTime: '2026-11-01' };
  const ahead = { startDateTime: '2026-11-01', endDateTime: '2026-12-01' };
  const appliedTax = [{ taxCategory: 'S', taxRate: '20' }];
  const product = { id: `LON/LON/LE-${String(n * 2).padStart(6, '0')}` };
  const charge = (id: string, type: string, name: string, amount: string, periodCoverage: object) => ({
    id,
    type,
    name,
    product,
    periodCoverage,
    taxExcludedAmount: gbp(amount),
    appliedTax,
  });
  return {
    customerBill: {
      id: `BILL-${n}`,
      revision: 0,
      billingAccount: { id: bcn(n) },
      category: 'normal',
      billingPeriod: { startDateTime: '2026-10-01', endDateTime: '2026-12-01' },
      taxExcludedAmount: gbp('1141.05'),
      taxIncludedAmount: gbp('1369.26'),
      taxItem: [{ taxCategory: 'S', taxRate: '20', taxAmount: gbp('228.21') }],
    },
    appliedCustomerBillingRate: [
      charge('1', 'recurring', 'Ethernet Line 1 Gbit/s', '950.00', ahead),
      charge('2', 'recurring', 'Managed router', '150.00', ahead),
      charge('3', 'one-off', 'Change of address', '40.00', month),
      {
        ...charge('4', 'usage', 'Calls to mobile networks', '1.05', month),
        callClass: 'mobile',
        calls: CALLS_PER_ACCOUNT,
        seconds: 60 * CALLS_PER_ACCOUNT,
      },
    ],
  };
}

function usage(n: number): string {
  const rows = Array.from({ length: CALLS_PER_ACCOUNT }, (_, call) => {
    const day = String((call % 28) + 1).padStart(2, '0');
    return `R${n}-${call},${number(n)},${number(n)},+447700900${String(call).padStart(3, '0')},outbound,2026-10-${day}T10:00:00Z,60,60,mobile,UK mobile,day,${CALL_CHARGE},GBP,`;
  });
  return `${[USAGE_HEADER, ...rows].join('\n')}\n`;
}

function completion(accounts: number, sha256: Record<string, string>) {
  return {
    period: BENCH_PERIOD,
    calendar: BENCH_CALENDAR,
    delivery: 'full',
    sequence: 1,
    bills: accounts,
    usageFiles: accounts,
    sha256,
    controlTotals: [{ currency: 'GBP', net: hundredths(114105 * accounts), gross: hundredths(136926 * accounts) }],
  };
}

function hundredths(value: number): string {
  return `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
}
