import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { removeItem } from '../../../functions/aws/tables.ts';
import { contactKey } from '../../../functions/directory/keys.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { suppress } from '../../../functions/preferences/suppression.ts';
import { contextOf, receiveAll, sentMails, sqsEvent } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { at, invoice, PDF, person, queued, stateOf, subject, useOutbox, workQueue } from './outbox-of.ts';

useOutbox();

describe('sending', () => {
  test('an invoice leaves once, with what the record says, whatever is repeated', async () => {
    const sha256 = await putObject({ bucket: bucketNamed('portal'), key: `${subject}.pdf`, body: PDF, contentType: 'application/pdf' });
    const attachment = {
      key: `${subject}.pdf`,
      sha256,
      filename: 'invoice-DE26004711.pdf',
      contentType: 'application/pdf',
      bytes: PDF.length,
    };
    const message = invoice({ attachments: [attachment] });
    expect(await enqueue([message, { ...message, address: message.address.toUpperCase() }], now())).toEqual({ queued: 1, known: 1 });
    expect(await enqueue([message], now())).toEqual({ queued: 0, known: 1 });
    await send(sqsEvent('mail-invoices', queued(message), queued(message), queued(message)), contextOf());
    await workQueue();
    const mails = await sentMails(person.address);
    expect(mails).toHaveLength(1);
    const mail = await simpleParser(mails[0]?.raw ?? '');
    expect(mail.subject).toBe('Invoice DE26004711 for Acme GmbH, 1,234.56\u00a0EUR, due 4 Dec 2026');
    expect(mail.from?.value).toEqual([{ name: 'Northline Carrier GmbH', address: 'billing@mail.carrier.example' }]);
    expect(mail.replyTo?.value[0]?.address).toBe('rechnung@northline.example');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(
      createHash('sha256')
        .update(mail.attachments[0]?.content ?? '')
        .digest('hex'),
    ).toBe(sha256);
    const { state, history, sesMessageId } = (await stateOf(message)) ?? {};
    expect({ state, sesMessageId: typeof sesMessageId }).toEqual({ state: 'submitted', sesMessageId: 'string' });
    expect(history?.map(({ trigger }) => trigger)).toEqual(['enqueue', 'claim', 'accept']);
  });

  test('what fails a check is held with its reasons', async () => {
    const attachment = { key: 'nowhere.pdf', sha256: 'abc', filename: 'invoice.pdf', contentType: 'application/pdf', bytes: 10 };
    const message = invoice({ attachments: [attachment] });
    await enqueue([message], now());
    await workQueue();
    expect(await stateOf(message)).toMatchObject({
      state: 'held',
      reason: expect.stringContaining('every attachment is the recorded document'),
    });
    expect(await sentMails(person.address)).toEqual([]);
  });

  test('a message that the outbox does not know goes to the dead-letter queue', async () => {
    await send(sqsEvent('mail-invoices', queued(invoice())), contextOf());
    const [buried] = await receiveAll('mail-invoices', { dlq: true });
    expect(buried?.MessageAttributes?.reason?.StringValue).toContain('the outbox has no such message');
  });

  test('the address is read at sending, and a mailbox that moved gets the message once', async () => {
    const moved = `new-${person.address}`;
    const message = invoice();
    await enqueue([message], now());
    await putDirectory(contactOf({ contactId: person.contactId, email: moved }));
    await workQueue();
    expect(await sentMails(person.address)).toEqual([]);
    expect(await sentMails(moved)).toHaveLength(1);
  });

  test.each([
    ['gone', () => removeItem('directory', contactKey('100234', person.contactId)), 'no longer in the directory'],
    [
      'left yesterday',
      () => putDirectory(contactOf({ contactId: person.contactId, email: person.address, activeTo: '2026-11-03' })),
      'no longer a billing contact',
    ],
    [
      'moved to another account',
      () => putDirectory(contactOf({ contactId: person.contactId, email: person.address, bcns: ['B9'] })),
      'no longer a billing contact',
    ],
    [
      'suppressed',
      () => suppress(person.address.toUpperCase(), { reason: 'bounce', at: at(0), messageId: 'm' }),
      'not delivered: the address is suppressed',
    ],
  ])('a contact who is %s gets nothing, and the message says why', async (_, change, reason) => {
    const message = invoice();
    await enqueue([message], now());
    await change();
    await workQueue();
    expect(await stateOf(message)).toMatchObject({ state: 'skipped', reason: expect.stringContaining(reason) });
    expect(await sentMails(person.address)).toEqual([]);
  });

  test('an international domain is written as SES takes it', async () => {
    const [local] = person.address.split('@');
    const message = invoice({ address: `${local}@müller.example` });
    await putDirectory(contactOf({ contactId: person.contactId, email: `${local}@müller.example` }));
    await enqueue([message], now());
    await workQueue();
    expect(await sentMails(`${local}@xn--mller-kva.example`)).toHaveLength(1);
  });

  test('outside the allowlist nobody gets anything', async () => {
    const before = process.env.MAIL_ALLOWLIST;
    process.env.MAIL_ALLOWLIST = '@carrier.example,boss@acme.example';
    const message = invoice();
    await enqueue([message], now());
    await workQueue();
    process.env.MAIL_ALLOWLIST = before;
    expect(await stateOf(message)).toMatchObject({ state: 'skipped', reason: "not on this stage's allowlist" });
  });
});

describe('the business key', () => {
  test('a contact who switches between attachment and links while an email is handed over again gets one', async () => {
    expect(await enqueue([invoice()], now())).toEqual({ queued: 1, known: 0 });
    expect(await enqueue([invoice({ kind: 'documents-ready' })], now())).toEqual({ queued: 0, known: 1 });
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
  });
});
