import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../oracle/carrier.ts';
import { type DocumentRow, everythingExpected, exportedMails, type RunRow, registerLines } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { FEW_IN_EUROPE, PERIOD, SAMPLES, writeSlice } from './slice.ts';
import { ANNOYED, type ContactLine, GONE, PARKED, writeTroubled } from './troubled-export.ts';

const EVENT = { specversion: '1.0', id: 'a1', source: '/journey', time: '2026-11-04T05:00:00Z' };
const UNREADABLE = 'Wilhelmina Unlesbar';
const BAD_MESSAGES: readonly [what: string, queue: string, body: string, reason: RegExp][] = [
  ['no JSON', 'billing', '{"specversion": "1.0", ', /not JSON/],
  ['a name', 'billing', JSON.stringify({ ...EVENT, id: 'u1', type: `${UNREADABLE} ${ANNOYED.email}`, data: {} }), /type/],
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

interface TaskRow {
  readonly taskId: string;
  readonly kind: string;
  readonly ocn: string;
  readonly bcn: string;
  readonly contactId: string;
}

const work = mkdtempSync(join(tmpdir(), 'troubled-'));
const folder = join(work, 'export');
let cloud: LocalCloud;
/** The same accounts before anything was spoilt. */
let carrier: Carrier;
/** As the troubled export has them. */
let contacts: ContactLine[];
let report: { rejections: { file: string; line?: number; field: string; value: string; expected: string }[] };

beforeAll(async () => {
  carrier = writeSlice(join(work, 'as-it-was'), FEW_IN_EUROPE);
  writeTroubled(folder);
  contacts = linesOf('directory/contacts.jsonl');
  cloud = await startLocalCloud(join(work, 'data'));
  report = await cloud.json('load', folder);
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
});

// One month in which much goes wrong, in the order of its hours.
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
  beforeAll(async () => {
    await cloud.must('at', '2026-11-04T08:00:00Z');
    await cloud.run('works', join(SAMPLES, 'planned-works.jsonl'));
    await cloud.must('at', '2026-11-04T08:20:00Z');
  });

  it('park their accounts with a reason, and everything else goes on', async () => {
    const failures = (await cloud.json<RunRow[]>('runs', PERIOD)).flatMap((run) => run.failures).filter(({ bcn }) => bcn !== GONE.bcn);
    expect(failures.map(({ bcn }) => bcn).sort()).toEqual(Object.keys(PARKED).sort());
    for (const { bcn, reason } of failures) expect(reason, bcn).toMatch(PARKED[bcn] as RegExp);
    const good = everythingExpected(carrier).filter(({ bcn }) => !(bcn in PARKED));
    expect((await registerLines(cloud)).map(({ billId }) => billId).sort()).toEqual(good.map(({ billId }) => billId).sort());
  });
});

describe('A hard bounce of the only billing contact', () => {
  it('is a task and an alarm; the document stays in the portal, and the run names the account', async () => {
    const tasks = await cloud.json<TaskRow[]>('tasks', 'list', '--kind', 'not-delivered');
    expect(tasks.map(({ ocn, bcn }) => ({ ocn, bcn }))).toContainEqual({ ocn: GONE.ocn, bcn: GONE.bcn });
    const rows = await cloud.json<DocumentRow[]>('documents', GONE.bcn, PERIOD);
    expect(rows.map(({ kind }) => kind)).toContain('invoice');
    expect((await cloud.must('documents', GONE.bcn, PERIOD)).stdout).toMatch(/invoice-\S+\.pdf .* not delivered$/m);
    const runs = await cloud.json<RunRow[]>('runs', PERIOD);
    const reasons = runs.flatMap(({ failures }) => failures).filter(({ bcn }) => bcn === GONE.bcn);
    expect(reasons.map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/in the portal, not delivered: bounce \(Permanent/));
    const { url } = JSON.parse(readFileSync(join(cloud.data, 'control.json'), 'utf8')) as { url: string };
    const alarms = (await (await fetch(new URL('/alarms', url))).json()) as { name: string; state: string }[];
    expect(alarms.find(({ name }) => name.endsWith('-not-delivered'))?.state).toBe('ALARM');
  });
});

describe('A complaint', () => {
  it('switches off what is optional and asks a person to call', async () => {
    const tasks = await cloud.json<TaskRow[]>('tasks', 'list', '--kind', 'complaint');
    const [task] = tasks.filter(({ ocn }) => ocn === ANNOYED.ocn);
    const history = await cloud.json<{ setting: string; value: string; how: string }[]>(
      'preferences',
      'show',
      ANNOYED.ocn,
      task?.contactId ?? '',
    );
    expect(history.map(({ value, how }) => `${value} ${how}`)).toEqual(['off complaint', 'off complaint']);
    await cloud.must('tasks', 'done', task?.taskId ?? '', '--reason', 'called');
    expect((await cloud.json<TaskRow[]>('tasks', 'list', '--kind', 'complaint')).map(({ taskId }) => taskId)).not.toContain(task?.taskId);
  });

  it('is lifted by the contact alone', async () => {
    const refused = await cloud.run('suppression', 'lift', ANNOYED.email, '--reason', 'we want to');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('askedBy is missing') });
    await cloud.must('suppression', 'lift', ANNOYED.email.toUpperCase(), '--reason', 'a mistake', '--asked-by', 'the contact');
  });
});

describe('What functions write into logs and metrics', () => {
  it('has no name and no address of anybody in it', async () => {
    const logs = readdirSync(join(cloud.data, 'log')).map((name) => ({ name, text: readFileSync(join(cloud.data, 'log', name), 'utf8') }));
    expect(logs.map(({ text }) => text.length).reduce((sum, length) => sum + length, 0)).toBeGreaterThan(5_000);
    expect(logs.map(({ text }) => text).join('\n'), 'the letter that cannot be read').toContain('goes to the dead-letter queue');
    expect((await exportedMails(cloud)).length).toBeGreaterThan(10);
    const companies = ['customers', 'billing-accounts'].flatMap((file) => linesOf<{ name: string }>(`directory/${file}.jsonl`));
    const words = [...contacts.flatMap(({ name, email }) => [name, email]), ...companies.map(({ name }) => name), UNREADABLE];
    const leaks = logs.flatMap(({ name, text }) => {
      const lower = text.toLowerCase();
      return words.filter((word) => lower.includes(JSON.stringify(word).slice(1, -1).toLowerCase())).map((word) => `${name}: ${word}`);
    });
    expect([...new Set(leaks)]).toEqual([]);
  });
});

describe('A contact who asks', () => {
  it('gets everything as JSON, is erased, and does not come back with the same export', async () => {
    const contact = contacts.find(({ ocn, email, roles }) => ocn === ANNOYED.ocn && email === ANNOYED.email && roles.includes('billing'));
    const who = [contact?.ocn ?? '', contact?.contactId ?? ''];
    const known = await cloud.json<{ messages: unknown[]; contact: { record: ContactLine } }>('privacy', 'export', ...who);
    expect(known.messages.length).toBeGreaterThan(0);
    expect(known.contact.record.name).toBe(contact?.name);
    await cloud.must('privacy', 'erase', ...who, '--reason', 'request of 5 Nov');
    await cloud.must('load', folder);
    const left = await cloud.json<object>('privacy', 'export', ...who);
    expect(JSON.stringify(left)).not.toContain(contact?.name);
    expect(JSON.stringify(left)).not.toContain(ANNOYED.email);
  });
});

function linesOf<T>(file: string): T[] {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
  return lines.flatMap((line) => (line.startsWith('{') && line.endsWith('}') ? (JSON.parse(line) as T) : []));
}

async function send(queue: string, MessageBody: string): Promise<void> {
  const { region, credentials, endpoints, queues } = cloud.file;
  const client = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  await client.send(
    new SendMessageCommand({ QueueUrl: queues[queue], MessageBody, ...(queue.endsWith('.fifo') ? { MessageGroupId: 'CRQ-1' } : {}) }),
  );
  client.destroy();
}
