import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import {
  billingAccountSchema,
  contactSchema,
  customerSchema,
  legalEntitySchema,
  numberRangeSchema,
  serviceSchema,
} from '../functions/directory/records.ts';
import { billSchema } from '../functions/documents/bill.ts';
import { checkBill } from '../functions/documents/check-bill.ts';
import { generate } from '../samples/generator/generate.ts';
import { readCarrier } from './oracle/carrier.ts';
import { usageOf } from './oracle/usage.ts';

const SAMPLES = resolve(import.meta.dirname, '../samples');
const PERIODS = ['2026-08', '2026-09', '2026-10'];
const BROKEN_BILL = 'B20016401';

const again = mkdtempSync(join(tmpdir(), 'samples-'));
const carrier = readCarrier(SAMPLES);

beforeAll(() => generate(again));
afterAll(() => rmSync(again, { recursive: true, force: true }));

describe('The sample carrier', () => {
  it('is generated with the same bytes every time', () => {
    const files = filesOf(again);
    expect(files.length).toBeGreaterThan(200);
    const changed = files.filter((name) => !readFileSync(join(again, name)).equals(readFileSync(join(SAMPLES, name))));
    expect(changed).toEqual([]);
    expect(filesOf(SAMPLES).filter((name) => !name.startsWith('generator/'))).toEqual(files);
  });

  it.each([
    ['legal entities', 4, () => carrier.legalEntities],
    ['customers', 30, () => carrier.customers],
    ['billing accounts', 50, () => carrier.accounts],
    ['contacts', 90, () => carrier.contacts],
    ['services', 400, () => jsonLines('directory/services.jsonl')],
    ['planned works', 30, () => jsonLines('planned-works.jsonl')],
    ['numbers of one account', 5000, () => carrier.numbers.filter(({ bcn }) => bcn === 'B10024601').flatMap(expanded)],
    ['calls of one account in a month', 40_000, () => rowsOf('2026-10', 'B10022701')],
    ['calls', 60_000, () => PERIODS.flatMap((period) => usageBcns(period).flatMap((bcn) => rowsOf(period, bcn)))],
    ['accounts with a first invoice', 3, () => carrier.accounts.filter(({ invoicedBefore }) => !invoicedBefore)],
  ])('has %s: %i', (_, count, records) => {
    expect(records()).toHaveLength(count);
  });

  it.each<[string, z.ZodType]>([
    ['customers.jsonl', customerSchema],
    ['billing-accounts.jsonl', billingAccountSchema],
    ['contacts.jsonl', contactSchema],
    ['services.jsonl', serviceSchema],
    ['numbers.jsonl', numberRangeSchema],
  ])('has only good records in %s', (file, schema) => {
    const bad = jsonLines(`directory/${file}`).flatMap((record) => schema.safeParse(record).error?.issues ?? []);
    expect(bad).toEqual([]);
  });

  it('has only good legal entities', () => {
    expect(carrier.legalEntities.flatMap((entity) => legalEntitySchema.safeParse(entity).error?.issues ?? [])).toEqual([]);
  });

  it.each(PERIODS)('has bills of %s that keep every rule of billing, but for one whose VAT is a cent off', (period) => {
    const problems = readdirSync(join(SAMPLES, 'billing', period, 'bills')).flatMap((name) => {
      const bill = billSchema.parse(JSON.parse(readFileSync(join(SAMPLES, 'billing', period, 'bills', name), 'utf8')));
      const account = billingAccountSchema.parse(carrier.accounts.find(({ bcn }) => bcn === bill.customerBill.billingAccount.id));
      const entity = legalEntitySchema.parse(carrier.legalEntities.find((one) => one.legalEntityId === entityOf(account.ocn)));
      const usage = { byClass: Object.fromEntries(usageOf(carrier, period, account.bcn).byClass) };
      return checkBill(bill, { account, legalEntity: entity, period, usage }).map(({ rule }) => `${name}: ${rule}`);
    });
    expect(problems).toEqual(period === '2026-10' ? [`${BROKEN_BILL}.json: vat`] : []);
  });
});

function entityOf(ocn: string): string | undefined {
  return carrier.customers.find((customer) => customer.ocn === ocn)?.legalEntityId;
}

function jsonLines(file: string): unknown[] {
  return readFileSync(join(SAMPLES, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function usageBcns(period: string): string[] {
  const files = readdirSync(join(SAMPLES, 'billing', period, 'usage'));
  return files.filter((name) => name.includes('.csv')).map((name) => name.split('.')[0] as string);
}

function rowsOf(period: string, bcn: string): string[] {
  const folder = join(SAMPLES, 'billing', period, 'usage');
  const name = readdirSync(folder).find((file) => file.startsWith(`${bcn}.`)) as string;
  const bytes = readFileSync(join(folder, name));
  const rows = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
  return rows[0]?.startsWith('recordId,') ? rows.slice(1) : rows;
}

function expanded({ from, to }: { from: string; to?: string }): string[] {
  const first = Number(from.slice(1));
  return Array.from({ length: to ? Number(to.slice(1)) - first + 1 : 1 }, (_, n) => `+${first + n}`);
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
