import { describe, expect, test } from 'vitest';
import { readReceipt } from '../../../functions/inbound-mail/receipt.ts';
import { notificationOf } from '../planned-works/mails.ts';

const told = (inner: unknown) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(inner) });

test('a receipt says where the mail lies and what SES thinks of it', () => {
  const changes = {
    dmarcVerdict: { status: 'GRAY' },
    spamVerdict: { status: 'FAIL' },
    virusVerdict: { status: 'DISABLED' },
    dmarcPolicy: 'none',
  };
  expect(readReceipt(notificationOf(changes))).toEqual({
    bucket: 'inbound',
    key: 'works/ses-1',
    messageId: 'ses-1',
    recipients: ['planned-works@carrier.example'],
    verdicts: { dmarc: 'GRAY', spam: 'FAIL', virus: 'DISABLED', dkim: 'PASS', spf: 'PASS' },
  });
});

test('a verdict that is missing is none', () => {
  expect(readReceipt(notificationOf({ dmarcVerdict: undefined }))?.verdicts.dmarc).toBe('PROCESSING_FAILED');
});

test.each([
  ['to a topic', 'Successfully validated SNS topic for Amazon SES event publishing.'],
  ['to a subscription', { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have successfully subscribed' }],
])("SES's greeting %s is no receipt", (_, inner) => {
  expect(readReceipt(told(inner))).toBeUndefined();
});

describe('what is something else is refused, by its field', () => {
  const action = { type: 'S3', bucketName: 'inbound', objectKey: 'works/ses-1' };
  test.each<[string, string, string, string]>([
    ['no JSON', '{', 'body', 'body is not JSON'],
    ['no notification', '{"Type":"SubscriptionConfirmation"}', 'Type', 'The message is no SNS notification'],
    ['no JSON inside', JSON.stringify({ Type: 'Notification', Message: 'x' }), 'Message', 'Message is not JSON'],
    ['a bounce', told({ notificationType: 'Bounce' }), 'notificationType', 'notificationType is "Bounce": a notification of received mail'],
    ['null', told(null), '(record)', 'The notification holds no receipt of SES'],
    ['no mail', notificationOf({}, {}), 'mail.messageId', 'mail.messageId is missing'],
    [
      'another action',
      notificationOf({ action: { ...action, type: 'SNS' } }),
      'receipt.action.type',
      'is "SNS": the action that stores a mail',
    ],
    ['no key', notificationOf({ action: { ...action, objectKey: '' } }), 'receipt.action.objectKey', 'receipt.action.objectKey is ""'],
    ['an unknown verdict', notificationOf({ dmarcVerdict: { status: 'YES' } }), 'receipt.dmarcVerdict.status', 'is "YES"'],
  ])('%s', (_, body, field, reason) => {
    expect(() => readReceipt(body)).toThrow(
      expect.objectContaining({ name: 'PermanentError', field, message: expect.stringContaining(reason) }),
    );
  });
});
