import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../oracle/carrier.ts';
import { everythingExpected, type RunRow, registerLines } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { FEW, PERIOD, writeSlice } from './slice.ts';

/** What is spoilt, and what the reason of the parked account must name. */
const PARKED: Record<string, RegExp> = {
  B10020101: /currency|EUR/i,
  B10030401: /sum/i,
  B20016401: /186\.64/,
  B20011801: /call records sum/i,
  B10028303: /cut|row|column/i,
  B10031701: /checksum|SHA-256/i,
};

const EVENT = { specversion: '1.0', id: 'a1', source: '/journey', time: '2026-11-04T05:00:00Z' };
const BAD_MESSAGES: readonly [what: string, queue: string, body: string, reason: RegExp][] = [
  ['no JSON', 'billing', '{"specversion": "1.0", ', /not JSON/],
  ['no event', 'billing', '{"hello": "world"}', /CloudEvents/],
  ['an unknown type', 'billing', JSON.stringify({ ...EVENT, id: 'a2', type: 'billing.run.wished', data: {} }), /billing\.run\.wished/],
  [
    'a period that does not exist',
    'billing',
    JSON.stringify({
      ...{ ...EVENT, id: 'a3', type: 'billing.run.requested' },
      data: { period: '2026-13', reason: 'test', requestedBy: 'journey', resend: 'never' },
    }),
    /2026-13/,
  ],
  [
    'a way out of the bucket',
    'intake',
    JSON.stringify({ ...EVENT, id: 'a4', type: 'intake.received', data: { bucket: 'x', prefix: '../../etc/' } }),
    /prefix|bucket/,
  ],
  [
    'works without a status',
    'planned-works.fifo',
    JSON.stringify({ ...EVENT, id: 'a5', type: 'planned-works.published', data: { worksId: 'CRQ-1', revision: 0 } }),
    /status/,
  ],
];

const work = mkdtempSync(join(tmpdir(), 'bad-input-'));
const folder = join(work, 'export');
let cloud: LocalCloud;
/** The same accounts before anything was spoilt. */
let carrier: Carrier;
let report: { rejections: { file: string; line?: number; field: string; value: string; expected: string }[] };

beforeAll(async () => {
  carrier = writeSlice(join(work, 'as-it-was'), FEW);
  writeSlice(folder, FEW, spoilt);
  appendFileSync(join(folder, `billing/${PERIOD}/bills/B10031701.json`), '\n');
  appendFileSync(join(folder, 'directory/billing-accounts.jsonl'), badRecords('billing-accounts', { bcn: 'B999', ocn: '999999' }));
  appendFileSync(
    join(folder, 'directory/contacts.jsonl'),
    badRecords('contacts', { contactId: '../../etc/passwd' }, { contactId: 'K\u0007' }),
  );
  appendFileSync(join(folder, 'directory/customers.jsonl'), badRecords('customers', { ocn: '100999', name: 'x'.repeat(5_000_000) }));
  appendFileSync(join(folder, 'directory/services.jsonl'), '{"serviceId": "LE-1", \n');
  cloud = await startLocalCloud(join(work, 'data'));
  report = await cloud.json('load', folder);
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

describe('Bad records', () => {
  it.each([
    ['an account of an unknown customer', 'billing-accounts.jsonl', /ocn/, /999999/],
    ['a path in an id', 'contacts.jsonl', /contactId/, /etc\/passwd/],
    ['a control character in an id', 'contacts.jsonl', /contactId/, /K\\u0007/],
    ['a name of 5 MB', 'customers.jsonl', /line/, /5000\d{3} bytes/],
    ['a line that is no JSON', 'services.jsonl', /.*/, /.*/],
  ])('%s is listed with its place', (_, file, field, value) => {
    const found = report.rejections.filter((one) => one.file.endsWith(file) && field.test(one.field) && value.test(one.value));
    expect(found.length, JSON.stringify(report.rejections).slice(0, 2000)).toBeGreaterThan(0);
    expect(found[0]?.line).toBeGreaterThan(0);
    expect(JSON.stringify(found).length).toBeLessThan(2_000);
  });
});

describe('Bad messages', () => {
  it.each(BAD_MESSAGES)('%s on a queue ends in its dead-letter queue with a reason', async (_, queue, body, reason) => {
    await send(queue, body);
    await cloud.must('at', '2026-11-04T05:00:00Z');
    const letters = await cloud.json<{ reason: string }[]>('dlq', 'list', queue);
    expect(letters.map((letter) => letter.reason)).toContainEqual(expect.stringMatching(reason));
  });
});

describe('Bad bills', () => {
  it('park their accounts with a reason, and everything else goes on', async () => {
    await cloud.must('at', '2026-11-04T07:20:00Z');
    await cloud.must('at', '2026-11-04T22:20:00Z');
    const failures = (await cloud.json<RunRow[]>('runs', PERIOD)).flatMap((run) => run.failures);
    expect(failures.map(({ bcn }) => bcn).sort()).toEqual(Object.keys(PARKED).sort());
    for (const { bcn, reason } of failures) expect(reason, bcn).toMatch(PARKED[bcn] as RegExp);
    const good = everythingExpected(carrier).filter(({ bcn }) => !(bcn in PARKED));
    expect((await registerLines(cloud)).map(({ billId }) => billId).sort()).toEqual(good.map(({ billId }) => billId).sort());
  });
});

/** Spoils a few files before their checksums are taken. */
function spoilt(name: string, content: Buffer): Buffer {
  if (name.endsWith('/B10020101.json')) return Buffer.from(content.toString().replaceAll('"GBP"', '"EUR"'));
  if (name.endsWith('/B10030401.json')) return Buffer.from(content.toString().replace('"value": "0.00"', '"value": "7.00"'));
  if (name.includes('usage/B20011801.')) return withoutLastRow(content);
  return name.includes('usage/B10028303.') ? content.subarray(0, Math.floor(content.length / 2)) : content;
}

function withoutLastRow(packed: Buffer): Buffer {
  const rows = gunzipSync(packed).toString().trim().split('\n');
  return gzipSync(`${rows.slice(0, -1).join('\n')}\n`);
}

/** Good records of a file's first kind, each with a field that is wrong. */
function badRecords(file: string, ...wrong: object[]): string {
  const [first = '{}'] = readFileSync(join(folder, 'directory', `${file}.jsonl`), 'utf8').split('\n');
  return wrong.map((fields) => `${JSON.stringify({ ...JSON.parse(first), ...fields })}\n`).join('');
}

async function send(queue: string, MessageBody: string): Promise<void> {
  const { region, credentials, endpoints, queues } = cloud.file;
  const client = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  await client.send(
    new SendMessageCommand({ QueueUrl: queues[queue], MessageBody, ...(queue.endsWith('.fifo') ? { MessageGroupId: 'CRQ-1' } : {}) }),
  );
  client.destroy();
}
