import { createHash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import type { QueueName } from '../../../functions/aws/resources.ts';
import { receiveBill, receiveCompletion } from '../../../functions/billing/received.ts';
import { writeRecords } from '../../../functions/directory/write.ts';
import { type CloudEvent, ownEvent } from '../../../functions/events/cloud-event.ts';
import { contextOf, eventsOf, receiveAll, setClock, sqsEvent } from '../../emulators/cloud.ts';

export const PERIOD = '2026-10';
/** Third business day of November 2026 in Germany: 02:00, 07:00 local. */
export const PREPARE = '2026-11-04T01:00:00Z';
export const PUBLISH = '2026-11-04T06:00:00Z';

const WORKERS = {
  billing: () => import('../../../functions/billing/billing.handler.ts'),
  prepare: () => import('../../../functions/billing/prepare.handler.ts'),
  'numbering.fifo': () => import('../../../functions/billing/number.handler.ts'),
  render: () => import('../../../functions/billing/render.handler.ts'),
  'ledger.fifo': () => import('../../../functions/billing/ledger.handler.ts'),
  deliver: () => import('../../../functions/billing/deliver.handler.ts'),
  print: () => import('../../../functions/billing/print.handler.ts'),
} as const satisfies Partial<Record<QueueName, () => Promise<{ handler: Handler }>>>;

type Handler = (event: SQSEvent, context: ReturnType<typeof contextOf>) => Promise<SQSBatchResponse>;
export type BillingQueue = keyof typeof WORKERS;

const ADDRESS = { street: 'Musterweg 1', postalCode: '10115', city: 'Berlin', country: 'DE' };
const SOURCE = { importId: 'test', time: '2026-10-01T00:00:00.000Z' };

export interface Carrier {
  readonly legalEntityId: string;
  readonly ocn: string;
  readonly bcns: readonly string[];
}

/** A legal entity of its own with one customer and so many accounts; ids end with `suffix`, so that carriers never meet. */
export async function putCarrier(suffix: string, accounts: number, entity: object = {}): Promise<Carrier> {
  const legalEntityId = `NL-${suffix}`;
  const ocn = `C${suffix}`;
  const bcns = Array.from({ length: accounts }, (_, index) => `B${suffix}${String(index).padStart(3, '0')}`);
  const bank = { name: 'Musterbank', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' };
  const contact = { email: 'rechnung@northline.example', phone: '+49 30 23125 100' };
  await put('legalEntities', [
    {
      legalEntityId,
      name: 'Northline GmbH',
      country: 'DE',
      address: ADDRESS,
      vatId: 'DE999999999',
      registration: 'HRB 1',
      bank,
      currency: 'EUR',
      calendar: 'DE',
      contact,
      ...entity,
    },
  ]);
  await put('customers', [{ ocn, name: 'Müller & Söhne', legalEntityId, country: 'DE', language: 'de' }]);
  await put(
    'billingAccounts',
    bcns.map((bcn) => accountOf(bcn, ocn)),
  );
  await put('contacts', [
    {
      contactId: `P${suffix}`,
      ocn,
      name: 'Anna Beispiel',
      email: `anna.${suffix}@example.com`,
      language: 'de',
      timeZone: 'Europe/Berlin',
      roles: ['billing'],
    },
  ]);
  return { legalEntityId, ocn, bcns };
}

/** Gives an account a range of ten numbers. */
export async function putNumbers(bcn: string): Promise<void> {
  const range = { from: '+493023125100', to: '+493023125109', country: 'DE', type: 'geographic', status: 'active' };
  await put('numbers', [{ bcn, ...range, assignedOn: '2024-01-01' }]);
}

/** Makes accounts new: none of them had an invoice anywhere. */
export async function makeNew(bcns: readonly string[], { ocn }: Pick<Carrier, 'ocn'>, facts: object = {}): Promise<void> {
  const updatedAt = now().toISOString();
  await put(
    'billingAccounts',
    bcns.map((bcn) => ({ ...accountOf(bcn, ocn), invoicedBefore: false, updatedAt, ...facts })),
  );
}

/** Lets an account follow another billing calendar from now on. */
export async function moveTo(calendar: 'DE' | 'JP', bcn: string, { ocn }: Pick<Carrier, 'ocn'>): Promise<void> {
  await put('billingAccounts', [{ ...accountOf(bcn, ocn), calendar, updatedAt: now().toISOString() }]);
}

export interface BillFacts {
  readonly billId?: string;
  readonly net: string;
  readonly vat: string;
  readonly gross: string;
  readonly revision?: number;
}

/** Delivers a bill of one recurring line at 19 %, as the intake does; `header` is what else its header says. */
export async function putBill(bcn: string, facts: BillFacts, period = PERIOD, header: object = {}): Promise<void> {
  const { billId = `BILL-${bcn}`, revision = 0 } = facts;
  const bill = billOf(bcn, { ...facts, billId, revision });
  const body = Buffer.from(JSON.stringify({ ...bill, customerBill: { ...bill.customerBill, ...header } }));
  const sha256 = createHash('sha256').update(body).digest('hex');
  const key = `test/${period}/${bcn}-${billId}-${sha256.slice(0, 8)}.json`;
  await putObject({ bucket: bucketNamed('intake'), key, body, contentType: 'application/json' });
  await receiveBill({ period, bcn, billId, revision, bucket: bucketNamed('intake'), key, sha256, receivedAt: now().toISOString() });
}

export const GOOD: BillFacts = { net: '100.00', vat: '19.00', gross: '119.00' };
export const WRONG: BillFacts = { net: '100.00', vat: '19.01', gross: '119.01' };

export async function complete(period = PERIOD, calendar: 'DE' | 'JP' = 'DE'): Promise<void> {
  const completion = { period, calendar, delivery: 'full', sequence: 1, bills: 1, usageFiles: 0, controlTotals: [] } as const;
  await receiveCompletion({ ...completion, receivedAt: now().toISOString() });
}

/** Fires a calendar's schedule, and lets everything happen that follows from it. */
export async function fire(step: 'prepare' | 'publish', at: string, calendar: 'DE' | 'JP' = 'DE'): Promise<void> {
  setClock(at);
  const { handler } = await import('../../../functions/billing/calendar-day.handler.ts');
  await handler({ scheduledTime: at, calendar, step }, contextOf('calendar-day'));
  await drain();
}

/** What a person asks for with a rerun. */
export function asked(over: object = {}): object {
  return { period: PERIOD, reason: 'bill corrected', requestedBy: 'Jane Clerk', resend: 'never', ...over };
}

const REQUESTS = ['billing.run.requested', 'billing.correction.requested'];

/** Says an event to a queue's function, and lets everything happen that follows. A request is a person's, not ours. */
export async function say(type: string, data: object, key: string): Promise<void> {
  const event = ownEvent(type, key, data, now());
  await work('billing', REQUESTS.includes(type) ? { ...event, source: '/carrierpost-cli' } : event);
  await drain();
}

/** Works on everything that waits, each message so many times, until nothing does; queues that are left out keep what they have. */
export async function drain(without: readonly BillingQueue[] = [], times = 1): Promise<void> {
  const queues = (Object.keys(WORKERS) as BillingQueue[]).filter((queue) => !without.includes(queue));
  for (let waiting = await eventsOf(queues); waiting.length > 0; waiting = await eventsOf(queues)) {
    for (const { queue, event } of waiting) for (let time = 0; time < times; time += 1) await work(queue, event);
  }
}

export async function work(queue: BillingQueue, event: CloudEvent): Promise<void> {
  const { handler } = await WORKERS[queue]();
  const { batchItemFailures } = await (handler as Handler)(sqsEvent(queue, event), contextOf(queue));
  if (batchItemFailures.length > 0) throw new Error(`${queue} did not take ${event.type}`);
}

/** Why messages of a queue were refused. */
export async function refusals(queue: QueueName): Promise<string[]> {
  const letters = await receiveAll(queue, { dlq: true });
  return letters.map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue ?? '');
}

function accountOf(bcn: string, ocn: string) {
  return {
    ...{ bcn, ocn, name: 'Müller & Söhne, Einkauf', address: ADDRESS, currency: 'EUR', language: 'de', activeFrom: '2024-01-01' },
    ...{ paymentTerms: { days: 30 }, invoicedBefore: true, delivery: { attach: true, post: false } },
  };
}

function billOf(bcn: string, { billId, net, vat, gross, revision }: BillFacts) {
  const eur = (value: string) => ({ unit: 'EUR', value });
  const october = { startDateTime: '2026-10-01', endDateTime: '2026-11-01' };
  const appliedTax = [{ taxCategory: 'S', taxRate: '19' }];
  const type = net.startsWith('-') ? 'credit' : 'recurring';
  return {
    customerBill: {
      ...{ id: billId, revision, billingAccount: { id: bcn }, category: 'normal', billingPeriod: october },
      ...{ taxExcludedAmount: eur(net), taxIncludedAmount: eur(gross), taxItem: [{ ...appliedTax[0], taxAmount: eur(vat) }] },
    },
    appliedCustomerBillingRate: [
      { id: '1', type, name: 'Ethernet Line', periodCoverage: october, taxExcludedAmount: eur(net), appliedTax },
    ],
  };
}

async function put(kind: Parameters<typeof writeRecords>[0], records: readonly object[]): Promise<void> {
  const outcomes = await writeRecords(
    kind,
    records.map((given, index) => ({ line: index + 1, given })),
    SOURCE,
  );
  const wrong = outcomes.filter(({ outcome }) => outcome === 'rejected');
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
}

/**
 * The month of a carrier with a good bill for each account: prepared, and published at 07:00.
 * @param areNew which of its accounts have had no invoice before
 */
export async function publishedMonth(
  name: string,
  count: number,
  areNew: (bcns: readonly string[]) => readonly string[],
): Promise<Carrier> {
  setClock('2026-11-03T12:00:00Z');
  const carrier = await putCarrier(name, count);
  await makeNew(areNew(carrier.bcns), carrier);
  for (const bcn of carrier.bcns) await putBill(bcn, GOOD);
  await complete();
  await fire('prepare', PREPARE);
  await fire('publish', PUBLISH);
  return carrier;
}
