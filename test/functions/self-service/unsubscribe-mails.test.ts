import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { handler } from '../../../functions/self-service/unsubscribe-mails.handler.ts';
import { contextOf, receiveAll, setClock, sqsEvent } from '../../emulators/cloud.ts';
import { mailOf, notificationOf } from '../planned-works/mails.ts';
import { ask, decisions, useReader, wayOut } from './visit.ts';

useReader();

/** A mail comes to the unsubscribe mailbox, at an instant. */
async function arrives(subject: string, body?: string, timestamp = '2026-11-02T09:00:00.000Z'): Promise<void> {
  const objectKey = `unsubscribe/${randomUUID()}`;
  const raw = mailOf([`From: somebody@elsewhere.example`, `Subject: ${subject}`, 'Auto-Submitted: auto-generated'], body);
  await putObject({ bucket: bucketNamed('inbound'), key: objectKey, body: raw, contentType: 'message/rfc822' });
  const action = { type: 'S3', topicArn: 'arn', bucketName: bucketNamed('inbound'), objectKeyPrefix: 'unsubscribe/', objectKey };
  const notice = notificationOf({ action }, { messageId: objectKey, timestamp });
  const event = sqsEvent('unsubscribe-mails', notice, notice);
  expect(await handler(event, contextOf('unsubscribe-mails'))).toEqual({ batchItemFailures: [] });
}

describe('a mail to the unsubscribe mailbox', () => {
  test('ends what the token in its subject names, once, whoever sent it and however often it comes', async () => {
    await arrives(await wayOut());
    expect(await decisions()).toEqual(['category#documents#B4711 off by mail']);
  });

  test('takes subjects as mail programs and people leave them', async () => {
    const token = await wayOut();
    await arrives(`Re: ${token.slice(0, 60)}\r\n ${token.slice(60)}`);
    expect(await decisions()).toHaveLength(1);
  });

  test('looks into the text when the subject was lost', async () => {
    await arrives('unsubscribe', `Please take me off: ${await wayOut()}.`);
    expect(await decisions()).toHaveLength(1);
  });

  test.each([
    ['no token', async () => 'unsubscribe me'],
    ['a token that was tampered with', async () => `${(await wayOut()).slice(0, -2)}xx`],
    ['a mandatory category', async () => wayOut('invoices')],
    ['nothing', async () => ''],
  ])('changes nothing with %s', async (_, subject) => {
    await arrives(await subject());
    expect(await decisions()).toEqual([]);
    expect(await receiveAll('unsubscribe-mails', { dlq: true })).toEqual([]);
  });

  test('that was stuck for a day undoes nothing that was decided meanwhile', async () => {
    const leave = await wayOut();
    await ask({ leave }, { body: 'List-Unsubscribe=One-Click' });
    setClock('2026-11-02T12:00:00Z');
    await ask({ leave }, { body: 'again=yes' });
    setClock('2026-11-03T09:00:00Z');
    await arrives(leave, undefined, '2026-11-02T10:00:00.000Z');
    expect((await decisions()).at(-1)).toBe('category#documents#B4711 on by page');
  });
});
