import { describe, expect, test } from 'vitest';
import { readSesReport } from '../../../functions/messages/ses-event.ts';

const mail = { messageId: 'ses-1', tags: { messageId: ['m1'], claim: ['c1'], 'ses:configuration-set': ['x'] } };
const told = (event: object) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) });
const base = { sesMessageId: 'ses-1', messageId: 'm1', claim: 'c1' };
const recipients = [{ emailAddress: 'anna@acme.example' }];

describe('SES events', () => {
  test.each([
    ['Send', { eventType: 'Send', mail, send: {} }, { ...base, evidence: 'sent' }],
    ['Delivery', { eventType: 'Delivery', mail, delivery: {} }, { ...base, evidence: 'delivery' }],
    [
      'DeliveryDelay',
      { eventType: 'DeliveryDelay', mail, deliveryDelay: { delayType: 'MailboxFull' } },
      { ...base, evidence: 'delay', reason: 'MailboxFull' },
    ],
    ['Reject', { eventType: 'Reject', mail, reject: { reason: 'Bad content' } }, { ...base, evidence: 'reject', reason: 'Bad content' }],
    [
      'hard bounce',
      { eventType: 'Bounce', mail, bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: recipients } },
      { ...base, evidence: 'bounce', reason: 'Permanent/General', suppress: { reason: 'bounce', addresses: ['anna@acme.example'] } },
    ],
    [
      'soft bounce: the address stays good',
      { eventType: 'Bounce', mail, bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull', bouncedRecipients: recipients } },
      { ...base, evidence: 'bounce', reason: 'Transient/MailboxFull' },
    ],
    [
      'complaint',
      { eventType: 'Complaint', mail, complaint: { complaintFeedbackType: 'abuse', complainedRecipients: recipients } },
      { ...base, evidence: 'complaint', reason: 'abuse', suppress: { reason: 'complaint', addresses: ['anna@acme.example'] } },
    ],
    ['an open says nothing about delivery', { eventType: 'Open', mail }, undefined],
    ['a name of every object is no event', { eventType: 'constructor', mail }, undefined],
  ])('%s', (_, event, expected) => {
    expect(readSesReport(told(event))).toEqual(expected);
  });

  test("SES's greeting is no event", () => {
    expect(readSesReport(JSON.stringify({ Type: 'Notification', Message: '"Successfully validated SNS topic"' }))).toBeUndefined();
  });

  test.each([
    ['not JSON', '{', /body is not JSON/],
    ['no notification', '{"Type":"SubscriptionConfirmation"}', /no SNS notification/],
    ['no JSON inside', JSON.stringify({ Type: 'Notification', Message: 'x' }), /Message is not JSON/],
    ['an event without its mail', told({ eventType: 'Send' }), /holds no SES event: mail/],
  ])('%s is refused with its reason', (_, body, reason) => {
    expect(() => readSesReport(body)).toThrow(reason);
  });
});
