import { createReadStream, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALENDARS } from '../../../functions/calendars/calendars.ts';
import {
  billingAccountSchema,
  contactSchema,
  customerSchema,
  legalEntitySchema,
  numberRangeSchema,
  ownerOn,
  serviceSchema,
} from '../../../functions/directory/records.ts';
import { billSchema } from '../../../functions/documents/bill.ts';
import { writeCdr } from '../../../functions/documents/cdr/write-cdr.ts';
import { buildInvoice } from '../../../functions/documents/invoice.ts';
import { layoutInvoice } from '../../../functions/documents/layout/invoice-pages.ts';
import type { CheckInput, Finding } from '../../../functions/invoice-checks/check.ts';
import { checkDraft } from '../../../functions/invoice-checks/check-document.ts';
import { printedTexts } from '../../../functions/invoice-checks/printed.ts';

const samples = join(import.meta.dirname, '../../../samples');
const PERIOD = '2026-10';
const ISSUE_DATE = '2026-11-04';
const of = (file: string): unknown[] =>
  readFileSync(join(samples, 'directory', file), 'utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));

const entities = (JSON.parse(readFileSync(join(samples, 'directory/legal-entities.json'), 'utf8')) as unknown[]).map((record) =>
  legalEntitySchema.parse(record),
);
const customers = of('customers.jsonl').map((record) => customerSchema.parse(record));
const accounts = of('billing-accounts.jsonl').map((record) => billingAccountSchema.parse(record));
const contacts = of('contacts.jsonl').map((record) => contactSchema.parse(record));
const services = of('services.jsonl').map((record) => serviceSchema.parse(record));
const numbers = of('numbers.jsonl').map((record) => numberRangeSchema.parse(record));
const files = globSync(join(samples, 'billing', PERIOD, 'bills/*.json')).sort();

let spool = '';
beforeAll(() => {
  spool = mkdtempSync(join(tmpdir(), 'checks-'));
});
afterAll(() => rmSync(spool, { recursive: true }));

test('every bill of the sample carrier passes all checks, but for what its month really holds', async () => {
  const findings: (Finding & { bill: string })[] = [];
  for (const file of files) {
    const input = await inputOf(file);
    findings.push(...checkDraft(input).map((finding) => ({ bill: basename(file), ...finding })));
  }
  expect(findings.map(({ bill, check, found }) => `${bill} ${check}: ${found}`)).toEqual([
    // A bill of nothing, and one that owes the customer.
    'B10030401.json above-nothing: 0.00 GBP',
    'B10031701.json above-nothing: -336.48 GBP',
    // Its only contact left.
    'B10032201.json billing-contact: none',
    // A cent too much.
    'B20016401.json vat: VAT S 19 % is 186.64 in taxItem',
    'B20018501.json late-calls: 4, marked as late (90 days are allowed)',
    // Active since 1 October, billed in advance, and nobody billed October.
    'B40012102.json contiguous: 2026-11-01 to 2026-11-30',
  ]);
}, 60_000);

async function inputOf(file: string): Promise<CheckInput> {
  const bill = billIn(file);
  const account = known(accounts.find(({ bcn }) => bcn === bill.customerBill.billingAccount.id));
  const customer = known(customers.find(({ ocn }) => ocn === account.ocn));
  const legalEntity = known(entities.find(({ legalEntityId }) => legalEntityId === customer.legalEntityId));
  const own = services.filter(({ ownership }) => ownership.some(({ bcn }) => bcn === account.bcn));
  const invoice = buildInvoice({
    bill,
    account,
    customer,
    legalEntity,
    services: new Map(services.map((service) => [service.serviceId, service])),
    period: PERIOD,
    number: '0000000000000000',
    issueDate: ISSUE_DATE,
    language: account.language,
  });
  return {
    period: PERIOD,
    issueDate: ISSUE_DATE,
    first: !account.invoicedBefore,
    bill,
    others: files.filter((other) => other !== file && basename(other).startsWith(account.bcn)).map(billIn),
    leading: bill.customerBill.category === 'normal',
    invoice,
    printed: printedTexts(layoutInvoice(invoice)),
    account,
    customer,
    legalEntity,
    services: own,
    contacts: contacts.filter(({ ocn }) => ocn === account.ocn).map((contact) => ({ contact, reachable: true })),
    numbers: { ranges: numbers, ownerOf: (range, date) => ownerByService(range.serviceId, date) ?? range.bcn },
    usage: await usageOf(account, legalEntity),
  };
}

function billIn(file: string) {
  return billSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function ownerByService(serviceId: string | undefined, date: string): string | undefined {
  const service = services.find((candidate) => candidate.serviceId === serviceId);
  return service && ownerOn(service, date);
}

async function usageOf(account: CheckInput['account'], legalEntity: CheckInput['legalEntity']) {
  const folder = join(samples, 'billing', PERIOD, 'usage');
  const name = [`${account.bcn}.csv`, `${account.bcn}.csv.gz`].find((candidate) => existsSync(join(folder, candidate)));
  if (!name) return undefined;
  const layouts = JSON.parse(readFileSync(join(folder, 'layout.json'), 'utf8')) as Record<string, 'fcs-v3' | 'carrierpost'>;
  return writeCdr({
    input: createReadStream(join(folder, name)),
    layout: layouts[account.bcn] ?? layouts.default ?? 'carrierpost',
    account,
    period: PERIOD,
    lateUsageDays: legalEntity.lateUsageDays,
    timeZone: CALENDARS[account.calendar ?? legalEntity.calendar].timeZone,
    spool,
  });
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the sample carrier is not whole');
  return value;
}
