import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { getObject, putObjectStream } from '../../../functions/aws/objects.ts';
import type { CloudEvent } from '../../../functions/events/cloud-event.ts';
import { importIdOf } from '../../../functions/intake/import-state.ts';
import { handler } from '../../../functions/intake/intake.handler.ts';
import { type ImportReport, reportKey } from '../../../functions/intake/report.ts';
import { contextOf, sqsEvent } from '../../emulators/cloud.ts';

/** An export by path; records are written as JSON (array or lines), texts as they are. */
export type Export = Readonly<Record<string, string | Buffer | object | readonly object[]>>;

let loads = 0;

/** Puts an export into the intake bucket and answers the event that announces it. */
export async function deliver(files: Export, { time = '2026-11-01T08:00:00Z', id = nextId() } = {}): Promise<CloudEvent> {
  const prefix = `loads/${id}/`;
  for (const [path, content] of Object.entries(files)) {
    const body = Readable.from([bytesOf(path, content)]);
    await putObjectStream({ bucket: bucketNamed('intake'), key: `${prefix}${path}`, body, contentType: 'text/plain' });
  }
  const data = { bucket: bucketNamed('intake'), prefix };
  return { specversion: '1.0', id, source: '/test', type: 'intake.received', time, data };
}

/** Hands an event to the intake's function. */
export function take(event: CloudEvent, milliseconds = 900_000): Promise<{ batchItemFailures: unknown[] }> {
  return handler(sqsEvent('intake', event), contextOf('intake', milliseconds));
}

/** Imports an export and answers its report. */
export async function load(files: Export, options?: { time?: string; id?: string }): Promise<ImportReport> {
  const event = await deliver(files, options);
  await take(event);
  return reportOn(event);
}

export async function reportOn({ source, id }: CloudEvent): Promise<ImportReport> {
  const report = await getObject(bucketNamed('intake'), reportKey(importIdOf(source, id)));
  if (!report) throw new Error(`There is no report on ${id}`);
  return JSON.parse(report.toString('utf8'));
}

/** The counts of a file: read, new, changed, same, older, rejected. */
export function countsOf(report: ImportReport, file: string): number[] {
  const tally = report.files.find((one) => one.file === file);
  return tally ? [tally.read, tally.new, tally.changed, tally.same, tally.older, tally.rejected] : [];
}

function nextId(): string {
  loads += 1;
  return `load-${loads}`;
}

/** A file of an export as its bytes. */
export function bytesOf(path: string, content: Export[string]): Buffer {
  if (Buffer.isBuffer(content)) return content;
  if (typeof content === 'string') return Buffer.from(content);
  if (!path.endsWith('.jsonl')) return Buffer.from(JSON.stringify(content));
  return Buffer.from((content as object[]).map((record) => `${JSON.stringify(record)}\n`).join(''));
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

const ADDRESS = { street: 'Uferweg 3', postalCode: '10115', city: 'Berlin', country: 'DE' };

export const entity = (more: object = {}) => ({
  legalEntityId: 'DE01',
  name: 'Carrier Deutschland GmbH',
  country: 'DE',
  address: ADDRESS,
  registration: 'HRB 1000',
  bank: { name: 'Musterbank' },
  currency: 'EUR',
  calendar: 'DE',
  contact: { email: 'billing@carrier.example', phone: '+49 30 23125000' },
  ...more,
});

export const customer = (more: object = {}) => ({
  ocn: 'C1',
  name: 'Acme GmbH',
  legalEntityId: 'DE01',
  country: 'DE',
  language: 'de',
  ...more,
});

export const account = (more: object = {}) => ({
  bcn: 'B1',
  ocn: 'C1',
  name: 'Acme GmbH',
  address: ADDRESS,
  currency: 'EUR',
  language: 'de',
  paymentTerms: { days: 30 },
  activeFrom: '2025-01-01',
  delivery: { attach: true, post: false },
  ...more,
});

export const contact = (more: object = {}) => ({
  contactId: 'P1',
  ocn: 'C1',
  name: 'Ada Beispiel',
  email: 'ada@acme.example',
  language: 'de',
  timeZone: 'Europe/Berlin',
  roles: ['billing'],
  ...more,
});

export const service = (more: object = {}) => ({
  serviceId: 'FRA/FRA/LE-1',
  ownership: [{ bcn: 'B1', from: '2025-01-01' }],
  product: 'Ethernet Line 1 Gbit/s',
  aEnd: 'Berlin, Uferweg 3',
  ...more,
});

export const numbers = (more: object = {}) => ({
  bcn: 'B1',
  from: '+493023125000',
  to: '+493023125099',
  country: 'DE',
  type: 'geographic',
  status: 'active',
  assignedOn: '2025-01-01',
  ...more,
});

export const bill = (more: object = {}) => ({
  customerBill: { id: 'BILL-1', revision: 0, billingAccount: { id: 'B1' }, category: 'normal', ...more },
  appliedCustomerBillingRate: [],
});

/** One of everything that stands in directory/. */
export const directory = {
  'directory/legal-entities.json': [entity()],
  'directory/customers.jsonl': [customer()],
  'directory/billing-accounts.jsonl': [account()],
  'directory/contacts.jsonl': [contact()],
  'directory/services.jsonl': [service()],
  'directory/numbers.jsonl': [numbers()],
} as const satisfies Export;
