import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { bucketNamed } from '../../../../functions/aws/environment.ts';
import { expression } from '../../../../functions/aws/expression.ts';
import { sendRawMail } from '../../../../functions/aws/mail.ts';
import { getObject, listObjects, putObject } from '../../../../functions/aws/objects.ts';
import { secret } from '../../../../functions/aws/secrets.ts';
import { getItem, putItem, queryItems, transact } from '../../../../functions/aws/tables.ts';
import { ResourceMaker } from '../../../../infra/local/emulators/resources.ts';
import { receiveAll, send, sentMails, useCloud } from '../../../emulators/cloud.ts';

useCloud();

test('a transaction with one false condition writes nothing and says which', async () => {
  await putItem('billing', { pk: 'A', sk: '1', n: 1 });
  const failed = await transact([
    { put: { pk: 'A', sk: '2' }, table: 'billing' },
    { check: { pk: 'A', sk: '1' }, table: 'billing', when: expression`#n = ${2}` },
  ]);
  expect(failed).toEqual([1]);
  expect(await getItem('billing', { pk: 'A', sk: '2' })).toBeUndefined();
});

test('numbers taken by competing transactions have no gap and no double', async () => {
  await putItem('billing', { pk: 'series', sk: 'counter', next: 0 });
  await Promise.all(Array.from({ length: 40 }, takeNumber));
  const numbers: number[] = [];
  for await (const { n } of queryItems<{ n: number }>('billing', { pk: 'taken' })) numbers.push(n);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index));
});

async function takeNumber(): Promise<void> {
  for (;;) {
    const counter = await getItem<{ next: number }>('billing', { pk: 'series', sk: 'counter' });
    const next = counter?.next ?? 0;
    const failed = await transact([
      {
        update: { pk: 'series', sk: 'counter' },
        table: 'billing',
        change: expression`SET #next = ${next + 1}`,
        when: expression`#next = ${next}`,
      },
      { put: { pk: 'taken', sk: String(next), n: next }, table: 'billing', when: expression`attribute_not_exists(#pk)` },
    ]);
    if (failed.length === 0) return;
  }
}

test('items with one index key are all in the index, page by page', async () => {
  const items = Array.from({ length: 300 }, (_, index) => ({ pk: `M${index}`, sk: 'X', byGroupPk: 'G', byGroupSk: 'same' }));
  await Promise.all(items.map((item) => putItem('messages', item)));
  const found: string[] = [];
  for await (const { pk } of queryItems<{ pk: string }>('messages', { index: 'byGroup', pk: 'G', pageSize: 7 })) found.push(pk);
  expect(found.sort()).toEqual(items.map(({ pk }) => pk).sort());
});

test('a table that an older version made says which index it lacks', async () => {
  const maker = new ResourceMaker(inject('emulators').ports);
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const key = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }];
  const older = { TableName: `older-${randomUUID()}`, AttributeDefinitions: [attribute('pk')], KeySchema: key('pk') };
  await maker.table(older);
  await maker.table(older);
  const GlobalSecondaryIndexes = [{ IndexName: 'byWeek', KeySchema: key('byWeekPk'), Projection: { ProjectionType: 'ALL' as const } }];
  const newer = { ...older, AttributeDefinitions: [...older.AttributeDefinitions, attribute('byWeekPk')], GlobalSecondaryIndexes };
  await expect(maker.table(newer)).rejects.toThrow(`its table ${older.TableName} lacks the index byWeek`);
  maker.close();
});

test('objects come in the order of their bytes over many pages', async () => {
  const bucket = bucketNamed('intake');
  const keys = ['a-1', 'a.1', 'A.2', 'B', 'a/1', 'a_1', 'é'].map((key) => `order/${key}`);
  for (const key of keys) await putObject({ bucket, key, body: Buffer.from(key), contentType: 'text/plain' });
  const listed: string[] = [];
  for await (const { key } of listObjects(bucket, 'order/')) listed.push(key);
  expect(listed).toEqual([...keys].sort());
  expect((await getObject(bucket, 'order/é'))?.toString()).toBe('order/é');
});

test('SES keeps what was sent, puts its own Message-ID, and tells what became of it', async () => {
  const to = 'bounce@simulator.amazonses.com';
  const raw = Buffer.from(`From: a@carrier.example\r\nTo: ${to}\r\nMessage-ID: <mine@x>\r\nSubject: Hello\r\n\r\nBody\r\n`);
  const subject = randomUUID();
  const outcome = await sendRawMail({ from: 'a@carrier.example', to, raw, tags: { message: subject } });
  expect(outcome.kind).toBe('accepted');
  const mail = (await sentMails(to)).find(({ tags }) => tags.message === subject);
  expect(mail?.raw.toString()).toContain(`Message-ID: <${mail?.id}@eu-west-1.amazonses.com>`);
  expect(mail?.raw.toString()).not.toContain('mine@x');
  const told: string[] = [];
  const look = async () => {
    told.push(...(await receiveAll('ses-events')).map(({ Body }) => kindOf(Body)));
    return told;
  };
  await expect.poll(look, { timeout: 10_000 }).toEqual(['Send', 'Bounce']);
});

function kindOf(body: string | undefined): string {
  const { Type, Message } = JSON.parse(body ?? '{}') as { Type: string; Message: string };
  expect(Type).toBe('Notification');
  return (JSON.parse(Message) as { eventType: string }).eventType;
}

test.each([
  ['a tag with a space', { tags: { 'a b': 'x' } }],
  ['more than 10 MB', { raw: Buffer.alloc(11 * 1024 * 1024) }],
])('SES refuses %s', async (_, change) => {
  const mail = { from: 'a@carrier.example', to: 'b@customer.example', raw: Buffer.from('Subject: x\r\n\r\nx'), tags: {} };
  expect((await sendRawMail({ ...mail, ...change })).kind).toBe('refused');
});

test('the ring of link keys is made once', async () => {
  const ring = JSON.parse(await secret(process.env.LINK_KEYS_SECRET ?? '')) as { current: string; keys: Record<string, string> };
  expect(Buffer.from(ring.keys[ring.current] ?? '', 'base64')).toHaveLength(32);
});

test('a FIFO queue takes the same body once', async () => {
  await send('planned-works.fifo', '{"n":1}', 'a');
  await send('planned-works.fifo', '{"n":1}', 'a');
  await send('planned-works.fifo', '{"n":2}', 'a');
  expect((await receiveAll('planned-works.fifo')).map(({ Body }) => Body)).toEqual(['{"n":1}', '{"n":2}']);
});
