import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentRow, exportedMails, type RunRow } from './evidence.ts';
import { type LocalCloud, startLocalCloud } from './local-cloud.ts';
import { FEW, PERIOD, SAMPLES, writeSlice } from './slice.ts';

/** One account whose only billing contact does not exist, one whose contact complains. */
const GONE = { ocn: '200185', bcn: 'B20018501', email: 'bounce+gone@simulator.amazonses.com' };
const ANNOYED = { ocn: '100239', bcn: 'B10023902', email: 'complaint+annoyed@simulator.amazonses.com' };
const UNREADABLE = 'Wilhelmina Unlesbar';
const EVENT = { specversion: '1.0', id: 'u1', source: '/journey', time: '2026-11-04T05:00:00Z', data: {} };

interface ContactLine {
  readonly contactId: string;
  readonly ocn: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly activeTo?: string;
}

interface TaskRow {
  readonly taskId: string;
  readonly kind: string;
  readonly ocn: string;
  readonly bcn: string;
  readonly contactId: string;
}

const work = mkdtempSync(join(tmpdir(), 'privacy-'));
const folder = join(work, 'export');
let cloud: LocalCloud;
let contacts: ContactLine[];

beforeAll(async () => {
  writeSlice(folder, FEW, (name, content) => (name.endsWith('contacts.jsonl') ? withSimulator(content) : content));
  contacts = linesOf<ContactLine>('directory/contacts.jsonl');
  cloud = await startLocalCloud(join(work, 'data'));
  await cloud.must('load', folder);
  await send('billing', JSON.stringify({ ...EVENT, type: `${UNREADABLE} ${ANNOYED.email}` }));
  await cloud.must('at', '2026-11-04T08:00:00Z');
  writeFileSync(join(work, 'works.jsonl'), readFileSync(join(SAMPLES, 'planned-works.jsonl')));
  await cloud.run('works', join(work, 'works.jsonl'));
  await cloud.must('at', '2026-11-04T10:00:00Z');
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(work, { recursive: true, force: true });
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

/** The billing contacts of two customers read at SES's simulator. */
function withSimulator(content: Buffer): Buffer {
  const lines = content.toString('utf8').trim().split('\n');
  const changed = lines.map((line) => {
    const contact = JSON.parse(line) as ContactLine;
    const who = [GONE, ANNOYED].find(({ ocn }) => ocn === contact.ocn && contact.roles.includes('billing'));
    return who ? JSON.stringify({ ...contact, email: who.email }) : line;
  });
  return Buffer.from(`${changed.join('\n')}\n`);
}

function linesOf<T>(file: string): T[] {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

async function send(queue: string, MessageBody: string): Promise<void> {
  const { region, credentials, endpoints, queues } = cloud.file;
  const client = new SQSClient({ region, credentials, endpoint: endpoints.sqs });
  await client.send(new SendMessageCommand({ QueueUrl: queues[queue], MessageBody }));
  client.destroy();
}
