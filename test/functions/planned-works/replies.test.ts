import { describe, expect, test } from 'vitest';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { handler } from '../../../functions/planned-works/replies.handler.ts';
import { contextOf, receiveAll, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { notificationOf, savedMail } from './mails.ts';

useCloud();

const told = (bucketName: string, objectKey: string) => notificationOf({ action: { type: 'S3', bucketName, objectKey } });
const take = (body: string) => handler(sqsEvent('works-replies', body), contextOf('works-replies'));

describe('mail to the planned-works mailbox', () => {
  test.each(['outlook-declined', 'out-of-office', 'person'])('%s is taken', async (name) => {
    const key = `works/${name}`;
    await putObject({ bucket: bucketNamed('inbound'), key, body: savedMail(name), contentType: 'message/rfc822' });
    expect(await take(told(bucketNamed('inbound'), key))).toEqual({ batchItemFailures: [] });
    expect(await receiveAll('works-replies', { dlq: true })).toEqual([]);
  });

  test("SES's greeting is passed over", async () => {
    await take(JSON.stringify({ Type: 'Notification', Message: '"Successfully validated SNS topic for Amazon SES"' }));
    expect(await receiveAll('works-replies', { dlq: true })).toEqual([]);
  });

  test.each([
    [
      'that is gone',
      () => told(bucketNamed('inbound'), 'works/gone'),
      'objectKey',
      /^objectKey is "works\/gone": there is no such object in /,
    ],
    ['in another bucket', () => told('elsewhere', 'works/1'), 'bucketName', /^bucketName is "elsewhere": .* is expected$/],
    ['that is no receipt', () => '{"Type":"Notification","Message":"{}"}', 'notificationType', /a notification of received mail/],
  ])('a mail %s goes to people, with its reason', async (_, body, field, reason) => {
    expect(await take(body())).toEqual({ batchItemFailures: [] });
    const [dead] = await receiveAll('works-replies', { dlq: true });
    expect(dead?.MessageAttributes?.field?.StringValue).toBe(field);
    expect(dead?.MessageAttributes?.reason?.StringValue).toMatch(reason);
  });
});
