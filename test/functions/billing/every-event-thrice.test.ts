import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { putObject } from '../../../functions/aws/objects.ts';
import { QUEUES, type QueueName } from '../../../functions/aws/resources.ts';
import { type CloudEvent, ownEvent } from '../../../functions/events/cloud-event.ts';
import { contextOf, eventsOf, receiveAll, sentMails, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { faultsOf, registerLines, type Storage } from '../../journeys/evidence.ts';
import { FEW, writeSlice } from '../../journeys/slice.ts';
import { type Mail, parseMail } from '../../oracle/mails.ts';

/** An invoice with calls and numbers, a bill and a credit note for a mailbox listed twice, nobody to write to, a cent off, yen. */
const FIVE = ['B20018501', 'B10028303', 'B10032201', 'B20016401', 'B40012101'];
const [SEEDS, BCNS] = process.env.LONG === '1' ? [[11, 12, 13, 14, 15], FEW] : [[11], FIVE];
const COPIES = 3;
const PREFIX = 'exports/thrice/';

type QueueHandler = (event: SQSEvent, context: ReturnType<typeof contextOf>) => Promise<SQSBatchResponse>;
type ScheduleHandler = (input: unknown, context: ReturnType<typeof contextOf>) => Promise<void>;

const FUNCTIONS: Record<QueueName, () => Promise<{ handler: unknown }>> = {
  intake: () => import('../../../functions/intake/intake.handler.ts'),
  billing: () => import('../../../functions/billing/billing.handler.ts'),
  prepare: () => import('../../../functions/billing/prepare.handler.ts'),
  'numbering.fifo': () => import('../../../functions/billing/number.handler.ts'),
  render: () => import('../../../functions/billing/render.handler.ts'),
  'ledger.fifo': () => import('../../../functions/billing/ledger.handler.ts'),
  deliver: () => import('../../../functions/billing/deliver.handler.ts'),
  print: () => import('../../../functions/billing/print.handler.ts'),
  'first-invoices.fifo': () => import('../../../functions/first-invoice/first-invoices.handler.ts'),
  'mail-emergency': () => import('../../../functions/messages/send.handler.ts'),
  'mail-works': () => import('../../../functions/messages/send.handler.ts'),
  'mail-invoices': () => import('../../../functions/messages/send.handler.ts'),
  'mail-other': () => import('../../../functions/messages/send.handler.ts'),
  'ses-events': () => import('../../../functions/messages/ses-events.handler.ts'),
  'planned-works.fifo': () => import('../../../functions/planned-works/works.handler.ts'),
  'unsubscribe-mails': () => import('../../../functions/self-service/unsubscribe-mails.handler.ts'),
  'works-replies': () => import('../../../functions/planned-works/replies.handler.ts'),
  'works-customers.fifo': () => import('../../../functions/planned-works/tell.handler.ts'),
};

/** The schedules of the month in the order of time, as EventBridge would fire them. */
const SCHEDULES = [
  { calendar: 'JP', step: 'prepare', at: '2026-11-04T17:00:00Z' },
  { calendar: 'DE', step: 'prepare', at: '2026-11-04T01:00:00Z' },
  { calendar: 'GB-ENG', step: 'prepare', at: '2026-11-04T02:00:00Z' },
  { calendar: 'DE', step: 'publish', at: '2026-11-04T06:00:00Z' },
  { calendar: 'GB-ENG', step: 'publish', at: '2026-11-04T07:00:00Z' },
  { calendar: 'JP', step: 'publish', at: '2026-11-04T22:00:00Z' },
].sort((a, b) => (a.at < b.at ? -1 : 1));

interface Delivery {
  readonly queue: QueueName;
  readonly body: string;
  tries: number;
}

const work = mkdtempSync(join(tmpdir(), 'thrice-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Each order has a month and a cloud of its own: what the one before left behind would be known already. */
describe.each(SEEDS)('a month in which every event comes three times, in any order (seed %i)', (seed) => {
  useCloud();

  it('is the month', { timeout: 240_000 }, async () => {
    const pick = randomFrom(seed);
    const folder = join(work, String(seed));
    const carrier = writeSlice(folder, BCNS);
    setClock('2026-11-03T12:00:00Z');
    const before = new Set((await sentMails()).map(({ id }) => id));
    await upload(folder);
    const received = ownEvent(
      'intake.received',
      PREFIX,
      { bucket: process.env.BUCKET_INTAKE, prefix: PREFIX },
      new Date('2026-11-03T12:00:00Z'),
    );
    await deliverAll(pick, [{ queue: 'intake', event: received }]);
    for (const { calendar, step, at } of SCHEDULES) {
      setClock(at);
      await thrice(import('../../../functions/billing/calendar-day.handler.ts'), { scheduledTime: at, calendar, step });
      await deliverAll(pick);
    }
    setClock('2026-11-04T22:30:00Z');
    await thrice(import('../../../functions/billing/sweep.handler.ts'), { scheduledTime: '2026-11-04T22:30:00Z' });
    await thrice(import('../../../functions/messages/sweep.handler.ts'), { scheduledTime: '2026-11-04T22:30:00Z' });
    await deliverAll(pick);
    for (const queue of QUEUES) expect(await receiveAll(queue, { dlq: true }), queue).toEqual([]);
    expect(faultsOf(carrier, await registerLines({ file: storage() }), await mailsSince(before))).toEqual([]);
  });
});

/** Hands out every event three times in random order until nothing is left; what a delivery sends joins in. */
async function deliverAll(pick: (below: number) => number, first: readonly { queue: QueueName; event: CloudEvent }[] = []): Promise<void> {
  const pool: Delivery[] = first.flatMap(({ queue, event }) => copies(queue, JSON.stringify(event)));
  for (;;) {
    for (const { queue, event } of await eventsOf(QUEUES)) pool.push(...copies(queue, JSON.stringify(event)));
    const [next] = pool.splice(pick(pool.length), 1);
    if (!next) return;
    const { handler } = await FUNCTIONS[next.queue]();
    const { batchItemFailures } = await (handler as QueueHandler)(sqsEvent(next.queue, next.body), contextOf(next.queue));
    if (batchItemFailures.length === 0) continue;
    if (next.tries === 0) throw new Error(`${next.queue} never took ${next.body}`);
    pool.push({ ...next, tries: next.tries - 1 });
  }
}

function copies(queue: QueueName, body: string): Delivery[] {
  return Array.from({ length: COPIES }, () => ({ queue, body, tries: 200 }));
}

async function thrice(module: Promise<{ handler: unknown }>, input: unknown): Promise<void> {
  const handler = (await module).handler as ScheduleHandler;
  for (let copy = 0; copy < COPIES; copy += 1) await handler(input, contextOf('schedule'));
}

async function upload(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of files) {
    const path = join(entry.parentPath, entry.name);
    const key = PREFIX + path.slice(folder.length + 1);
    await putObject({ bucket: process.env.BUCKET_INTAKE ?? '', key, body: readFileSync(path), contentType: 'application/octet-stream' });
  }
}

async function mailsSince(before: ReadonlySet<string>): Promise<Mail[]> {
  const own = (await sentMails()).filter(({ id }) => !before.has(id));
  return Promise.all(own.map(({ id, raw }) => parseMail(id, raw)));
}

function storage(): Storage {
  return {
    region: process.env.AWS_REGION ?? '',
    credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '' },
    endpoints: { s3: process.env.AWS_ENDPOINT_URL_S3 ?? '' },
    buckets: { register: process.env.BUCKET_REGISTER ?? '' },
  };
}

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}
