import { createHash, randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { expression } from '../../../functions/aws/expression.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { putItem, removeItem, updateItem } from '../../../functions/aws/tables.ts';
import { ACCOUNT, accountKey, contactKey, customerKey } from '../../../functions/directory/keys.ts';
import { pauseGroup, pauseSending, queueWaiting, resumeGroup, resumeSending } from '../../../functions/messages/brakes.ts';
import { countMessages } from '../../../functions/messages/counts.ts';
import { type DocumentsMessage, type Message, messageIdOf } from '../../../functions/messages/message.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { handler as sesEvents } from '../../../functions/messages/ses-events.handler.ts';
import { getMessage, keyOfMessage, step } from '../../../functions/messages/store.ts';
import { handler as sweep } from '../../../functions/messages/sweep.handler.ts';
import { decideFor } from '../../../functions/preferences/hand-over.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import type { InvoicesChoice } from '../../../functions/preferences/setting.ts';
import { suppress, suppressionOf } from '../../../functions/preferences/suppression.ts';
import { contextOf, eventOf, failSes, receiveAll, sentMails, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { newMessage, optionalMessage } from './message-of.ts';

useCloud();

/** Every test has an hour of its own: time never goes back, because the sending rate is booked ahead. */
let morning = Date.parse('2026-11-04T00:00:00Z');
const PDF = Buffer.from('%PDF-1.7 an invoice');

let person: { contactId: string; address: string };
let subject: string;

beforeEach(async () => {
  morning += 3_600_000;
  setClock(at(0));
  const id = randomUUID().slice(0, 8);
  person = { contactId: `C-${id}`, address: `anna-${id}@acme.example` };
  subject = `doc-${id}`;
  await putDirectory(contactOf({ contactId: person.contactId, email: person.address }));
  await receiveAll('mail-invoices');
});

afterEach(() => failSes('Throttling', 0));

const at = (minutes: number) => new Date(morning + minutes * 60_000).toISOString();
const invoice = (changes: Partial<DocumentsMessage> = {}) => newMessage({ subject, ...person, ...changes });
const records = () => optionalMessage({ subject: `${subject}-records`, ...person });
const idOf = ({ kind, subject: about, occasion, address }: DocumentsMessage) => messageIdOf({ kind, subject: about, occasion, address });
const later = (minutes: number) => setClock(at(minutes));

/** Works the mail queue until it is empty, as the function would: delayed copies are taken by their own test. */
async function workQueue(): Promise<void> {
  for (;;) {
    const messages = await receiveAll('mail-invoices');
    if (messages.length === 0) return;
    expect((await send(eventOf('mail-invoices', messages), contextOf('send-invoices'))).batchItemFailures).toEqual([]);
  }
}

async function stateOf(message: DocumentsMessage): Promise<Message | undefined> {
  return getMessage(idOf(message));
}

function queued(message: DocumentsMessage) {
  return {
    specversion: '1.0' as const,
    id: randomUUID(),
    source: '/carrierpost',
    type: 'message.queued',
    data: { messageId: idOf(message) },
  };
}

async function tellEvents(match: (text: string) => boolean, times = 1): Promise<void> {
  for (let waited = 0; waited < 100; waited += 1) {
    const found = (await receiveAll('ses-events')).filter(({ Body }) => match(Body ?? ''));
    const all = Array.from({ length: times }, () => found).flat();
    if (found.length > 0) {
      await sesEvents(eventOf('ses-events', all), contextOf('ses-events'));
      return;
    }
  }
  throw new Error('No such SES event came');
}

const runSweep = () => sweep({ scheduledTime: now().toISOString() }, contextOf('mail-sweep'));

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

describe('consent', () => {
  const switchOff = () =>
    setPreference(
      '100234',
      person.contactId,
      { name: 'category', bcn: 'B4711', category: 'documents', value: 'off' },
      { changeId: randomUUID(), at: at(0), by: 'contact', how: 'page' },
    );

  test('an opt-out that was answered before the claim wins, however close', async () => {
    // Ten rounds of opt-out and sending at the same time: whenever the opt-out was answered before the claim, nothing leaves.
    for (let round = 0; round < 10; round += 1) {
      const message = { ...records(), subject: `${subject}-${round}` };
      const contactId = `${person.contactId}-${round}`;
      const address = `${round}-${person.address}`;
      await putDirectory(contactOf({ contactId, email: address }));
      const mine = { ...message, contactId, address };
      await enqueue([mine], now());
      let answeredAt = Number.POSITIVE_INFINITY;
      const optOut = setPreference(
        '100234',
        contactId,
        { name: 'category', bcn: '*', category: 'documents', value: 'off' },
        { changeId: randomUUID(), at: at(0), by: 'contact', how: 'page' },
      ).then(() => {
        answeredAt = performance.now();
      });
      const sending = send(sqsEvent('mail-invoices', queued(mine)), contextOf());
      await Promise.all([optOut, sending]);
      const { state, reason } = (await stateOf(mine)) ?? {};
      const mails = await sentMails(address);
      expect(mails.length).toBe(state === 'submitted' ? 1 : 0);
      expect(answeredAt).toBeLessThan(Number.POSITIVE_INFINITY);
      if (state !== 'submitted') expect({ state, reason }).toEqual({ state: 'skipped', reason: 'the contact switched "documents" off' });
    }
  });

  test('an invoice comes even if other mail is switched off', async () => {
    await switchOff();
    await enqueue([invoice(), records()], now());
    await workQueue();
    expect((await stateOf(invoice()))?.state).toBe('submitted');
    expect((await stateOf(records()))?.state).toBe('skipped');
  });

  describe('who gets the invoices', () => {
    let colleague: { contactId: string; address: string };

    beforeEach(async () => {
      colleague = { contactId: `${person.contactId}-2`, address: `2-${person.address}` };
      await putDirectory(contactOf({ contactId: colleague.contactId, email: colleague.address, roles: ['technical'] }));
    });

    const handOver = (value: InvoicesChoice) =>
      decideFor(
        '100234',
        person.contactId,
        { name: 'invoices', bcn: 'B4711', value },
        { changeId: randomUUID(), at: now().toISOString(), by: 'contact', how: 'page' },
      );

    test('what waits for who hands over goes to who was named, once, without a billing role', async () => {
      await enqueue([invoice()], now());
      await handOver(`to:${colleague.contactId}`);
      await workQueue();
      expect(await stateOf(invoice())).toMatchObject({
        state: 'skipped',
        reason: 'the contact handed the invoices of this account over',
      });
      expect((await stateOf(invoice(colleague)))?.state).toBe('submitted');
      await enqueue([invoice(), invoice(colleague)], now());
      await workQueue();
      expect([await sentMails(person.address), await sentMails(colleague.address)].map(({ length }) => length)).toEqual([0, 1]);
    });

    test('what waits for who was named goes back to who takes it back', async () => {
      await handOver(`to:${colleague.contactId}`);
      await enqueue([invoice(colleague)], now());
      later(1);
      await handOver('here');
      await workQueue();
      expect((await stateOf(invoice(colleague)))?.state).toBe('skipped');
      expect((await stateOf(invoice()))?.state).toBe('submitted');
    });

    test('when the address of who was named takes no mail any more, it goes to who left', async () => {
      const lonely = { bcn: `B-${subject}`, ocn: `C-${subject}` };
      await putDirectory(contactOf({ contactId: person.contactId, ocn: lonely.ocn, email: person.address }));
      await putDirectory(contactOf({ contactId: colleague.contactId, ocn: lonely.ocn, email: colleague.address, roles: ['technical'] }));
      await putItem('directory', { ...accountKey(lonely.bcn), record: { bcn: lonely.bcn, ocn: lonely.ocn } });
      await putItem('directory', { pk: customerKey(lonely.ocn).pk, sk: `${ACCOUNT}${lonely.bcn}` });
      await decideFor(
        lonely.ocn,
        person.contactId,
        { name: 'invoices', bcn: lonely.bcn, value: `to:${colleague.contactId}` },
        { changeId: randomUUID(), at: now().toISOString(), by: 'contact', how: 'page' },
      );
      const waiting = invoice({ ...colleague, ...lonely });
      await enqueue([waiting], now());
      await suppress(colleague.address, { reason: 'bounce', at: at(0), messageId: 'm' });
      await workQueue();
      expect(await stateOf(waiting)).toMatchObject({ state: 'skipped' });
      expect(await stateOf(invoice(lonely))).toMatchObject({ ...person, state: 'submitted', cause: `instead of ${colleague.contactId}` });
    });

    test('a colleague whom nobody named gets none', async () => {
      await enqueue([invoice(colleague)], now());
      await workQueue();
      expect(await stateOf(invoice(colleague))).toMatchObject({
        state: 'skipped',
        reason: 'the contact is no longer a billing contact of this account',
      });
    });
  });

  test('links-only leaves the attachment out', async () => {
    const sha256 = await putObject({ bucket: bucketNamed('portal'), key: `${subject}.pdf`, body: PDF, contentType: 'application/pdf' });
    await setPreference(
      '100234',
      person.contactId,
      { name: 'format', bcn: '*', value: 'links-only' },
      { changeId: 'x', at: at(0), by: 'contact', how: 'page' },
    );
    const message = invoice({
      attachments: [{ key: `${subject}.pdf`, sha256, filename: 'i.pdf', contentType: 'application/pdf', bytes: PDF.length }],
    });
    await enqueue([message], now());
    await workQueue();
    const mail = await simpleParser((await sentMails(person.address))[0]?.raw ?? '');
    expect(mail.attachments).toEqual([]);
  });
});

describe('crashes and doubt', () => {
  /** SES took the mail, then the function died: what the table says is the claim. */
  async function crashAfterSes(message: DocumentsMessage): Promise<void> {
    await enqueue([message], now());
    await workQueue();
    const { claims } = (await stateOf(message)) ?? { claims: [] };
    await updateItem('messages', keyOfMessage(idOf(message)), expression`SET #state = ${'claimed'}`, expression`attribute_exists(#pk)`);
    await putDueAgain(idOf(message));
    expect(claims).toHaveLength(1);
  }

  async function putDueAgain(messageId: string): Promise<void> {
    const { dueOf } = await import('../../../functions/messages/due.ts');
    await putItem('messages', dueOf(messageId, new Date(at(15))));
  }

  test("SES's SEND event settles a claim whose record was lost: one mail", async () => {
    const message = invoice();
    await crashAfterSes(message);
    await send(sqsEvent('mail-invoices', queued(message)), contextOf());
    await tellEvents((text) => text.includes(idOf(message)), 3);
    later(16);
    await runSweep();
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
    expect((await stateOf(message))?.state).toMatch(/submitted|delivered/);
  });

  test('without any word for 15 minutes mandatory mail goes once more, optional mail never', async () => {
    const [mandatory, optional] = [invoice(), records()];
    await failSes('InternalFailure', 2);
    await enqueue([mandatory, optional], now());
    await workQueue();
    await failSes('InternalFailure', 0);
    expect((await stateOf(mandatory))?.state).toBe('unknown');
    later(14);
    await runSweep();
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(0);
    later(15);
    await runSweep();
    await runSweep();
    await workQueue();
    expect((await stateOf(mandatory))?.state).toBe('submitted');
    expect((await stateOf(optional))?.state).toBe('unknown');
    expect(await sentMails(person.address)).toHaveLength(1);
  });

  test('a crash between the outbox and the queue is mended when the caller repeats itself', async () => {
    const message = invoice();
    await enqueue([message], now());
    await receiveAll('mail-invoices');
    await enqueue([message], now());
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
  });

  test('a throttled message goes back, comes again later and is no failure', async () => {
    const message = invoice();
    await failSes('Throttling', 1);
    await enqueue([message], now());
    await send(eventOf('mail-invoices', await receiveAll('mail-invoices')), contextOf());
    expect(await stateOf(message)).toMatchObject({ state: 'queued', throttles: 1 });
    expect(await receiveAll('mail-invoices')).toEqual([]);
    await send(sqsEvent('mail-invoices', queued(message)), contextOf());
    expect((await stateOf(message))?.state).toBe('submitted');
    expect(await receiveAll('mail-invoices', { dlq: true })).toEqual([]);
  });
});

describe('what SES tells', () => {
  test('a hard bounce suppresses the address, however it is spelt', async () => {
    const message = invoice({ address: 'bounce@simulator.amazonses.com' });
    await putDirectory(contactOf({ contactId: person.contactId, email: 'bounce@simulator.amazonses.com' }));
    await enqueue([message], now());
    await workQueue();
    await tellEvents((text) => text.includes('bouncedRecipients') && text.includes(idOf(message)), 2);
    expect((await stateOf(message))?.state).toBe('bounced');
    expect(await suppressionOf('BOUNCE@simulator.amazonses.com')).toMatchObject({ reason: 'bounce' });
  });

  test('a claim of somebody else changes nothing', async () => {
    const message = invoice();
    await enqueue([message], now());
    const mail = { messageId: 'ses-1', tags: { messageId: [idOf(message)], claim: ['not-ours'] } };
    const body = JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ eventType: 'Send', mail }) });
    await sesEvents(sqsEvent('ses-events', body), contextOf());
    expect((await stateOf(message))?.state).toBe('queued');
  });

  test('a late SEND event keeps a message that was queued again from leaving twice', async () => {
    const message = invoice();
    await enqueue([message], now());
    const id = idOf(message);
    await step(id, now(), () => ({ trigger: 'claim', cause: 'test', set: { claims: ['c1'] } }));
    await step(id, now(), () => ({ trigger: 'give-back', cause: 'test' }));
    const mail = { messageId: `ses-${id}`, tags: { messageId: [id], claim: ['c1'] } };
    const body = JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ eventType: 'Send', mail }) });
    await sesEvents(sqsEvent('ses-events', body), contextOf());
    await workQueue();
    expect((await stateOf(message))?.state).toBe('submitted');
    expect(await sentMails(person.address)).toEqual([]);
  });
});

describe('the brakes', () => {
  test.each([
    ['everything', () => pauseSending(undefined, DECISION, now()), () => resumeSending(undefined, DECISION, now())],
    ['one kind', () => pauseSending('invoice', DECISION, now()), () => resumeSending('invoice', DECISION, now())],
    ['one group', () => pauseGroup('G1', DECISION, now()), () => resumeGroup('G1', DECISION, now())],
  ])('a pause of %s at 40%% and a resume: nobody twice, nobody missed', async (_, pause, resume) => {
    const people = Array.from({ length: 10 }, (_, index) => ({
      contactId: `${person.contactId}-${index}`,
      address: `${index}-${person.address}`,
    }));
    await putDirectory(...people.map(({ contactId, address }) => contactOf({ contactId, email: address })));
    const messages = people.map((one) => invoice({ ...one, group: 'G1' }));
    await enqueue(messages, now());
    await send(sqsEvent('mail-invoices', ...messages.slice(0, 4).map(queued)), contextOf());
    await pause();
    await workQueue();
    const counts = await countMessages('G1');
    expect({ submitted: counts.submitted % 10, deferred: counts.deferred }).toEqual({ submitted: 4, deferred: 6 });
    await runSweep();
    await workQueue();
    expect((await countMessages('G1')).deferred).toBe(6);
    expect(await resume()).toBe(true);
    await Promise.all([queueWaiting(3, 'resume', now()), queueWaiting(100, 'resume', now())]);
    await runSweep();
    await workQueue();
    for (const { address } of people) expect(await sentMails(address)).toHaveLength(1);
    expect((await countMessages('G1')).deferred).toBe(0);
  });

  test('a message whose release was cut short goes on with any copy of it', async () => {
    const message = invoice({ group: 'G2' });
    await enqueue([message], now());
    await step(idOf(message), now(), () => ({ trigger: 'defer', cause: 'test', set: { waitsFor: 'GROUP#G2' } }));
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
  });
});

const DECISION = { by: 'erika', reason: 'wrong bank details' };

describe('the business key', () => {
  test('a contact who switches between attachment and links while an email is handed over again gets one', async () => {
    expect(await enqueue([invoice()], now())).toEqual({ queued: 1, known: 0 });
    expect(await enqueue([invoice({ kind: 'documents-ready' })], now())).toEqual({ queued: 0, known: 1 });
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
  });
});
