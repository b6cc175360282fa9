import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { expression } from '../../../functions/aws/expression.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { putItem, removeItem, updateItem } from '../../../functions/aws/tables.ts';
import { accountKey } from '../../../functions/directory/keys.ts';
import { dropHeld, heldMessages, recheckHeld, releaseHeld } from '../../../functions/messages/held.ts';
import { HELD, previewOf } from '../../../functions/messages/hold.ts';
import { type DocumentsMessage, type Message, messageIdOf } from '../../../functions/messages/message.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { eraseMessage } from '../../../functions/messages/personal-data.ts';
import { weeklyReport } from '../../../functions/messages/report.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { getMessage, keyOfMessage } from '../../../functions/messages/store.ts';
import { handler as sweep } from '../../../functions/messages/sweep.handler.ts';
import { contextOf, eventOf, failSes, receiveAll, sentMails, setClock, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { newMessage } from './message-of.ts';

useCloud();

const PERSON = { by: 'Jane Clerk', reason: 'the customer asked for it' };
const ELSEWHERE = 'B9999999';

/** Every test has two days of its own: the sending rate is booked ahead, and what was told is remembered for one. */
let morning = Date.parse('2026-11-02T08:00:00Z');
let person: { contactId: string; address: string };
let subject: string;

beforeEach(async () => {
  morning += 2 * 86_400_000;
  setClock(new Date(morning).toISOString());
  const id = randomUUID().slice(0, 8);
  person = { contactId: `C-${id}`, address: `anna-${id}@acme.example` };
  subject = `doc-${id}`;
  await putDirectory(contactOf({ contactId: person.contactId, email: person.address }));
  await receiveAll('mail-invoices');
});

afterEach(() => failSes('Throttling', 0));

const invoice = (changes: Partial<DocumentsMessage> = {}) => newMessage({ subject, ...person, ...changes });
const idOf = ({ kind, subject: about, occasion, address }: DocumentsMessage) => messageIdOf({ kind, subject: about, occasion, address });
const stateOf = (message: DocumentsMessage) => getMessage(idOf(message)) as Promise<Message>;
const later = (hours: number) => setClock(new Date(morning + hours * 3_600_000).toISOString());

async function workQueue(): Promise<void> {
  for (let messages = await receiveAll('mail-invoices'); messages.length > 0; messages = await receiveAll('mail-invoices')) {
    expect((await send(eventOf('mail-invoices', messages), contextOf('send-invoices'))).batchItemFailures).toEqual([]);
  }
}

async function sentOff(...messages: readonly DocumentsMessage[]): Promise<void> {
  await enqueue(messages, now());
  await workQueue();
}

/** Of this test alone. */
async function held(): Promise<Message[]> {
  return (await Array.fromAsync(heldMessages())).filter(({ contactId }) => contactId === person.contactId);
}

/** An email whose attachment is not what was recorded. */
async function withOtherBytes(): Promise<DocumentsMessage> {
  const key = `${subject}.pdf`;
  await putObject({ bucket: bucketNamed('portal'), key, body: Buffer.from('other'), contentType: 'application/pdf' });
  return invoice({ attachments: [{ key, sha256: 'abc', filename: 'invoice.pdf', contentType: 'application/pdf', bytes: 5 }] });
}

describe('what is held', () => {
  test('is listed with its reasons and kept as it would have left', async () => {
    const message = await withOtherBytes();
    await sentOff(message);
    expect(await held()).toMatchObject([{ messageId: idOf(message), held: { rules: ['every attachment is the recorded document'] } }]);
    const preview = await previewOf(idOf(message));
    expect(preview).toMatchObject({ files: ['invoice.pdf'], replyTo: 'rechnung@northline.example', language: 'en' });
    expect(preview?.html).toContain('1,234.56');
    expect(preview?.content).toBe((await stateOf(message)).held?.content);
    expect(await sentMails(person.address)).toEqual([]);
  });

  test('goes with the person that it was for', async () => {
    const message = await withOtherBytes();
    await sentOff(message);
    await eraseMessage(await stateOf(message), 'Jane Clerk', now());
    expect(await previewOf(idOf(message))).toBeUndefined();
    expect(await held()).toEqual([]);
  });

  test('names an account of somebody else, which the directory knows', async () => {
    await putItem('directory', { ...accountKey(ELSEWHERE), record: { bcn: ELSEWHERE, ocn: '999' } });
    const message = invoice({ links: [], facts: { ...invoice().facts, collection: { on: '2026-12-04', mandate: `M ${ELSEWHERE}` } } });
    await sentOff(message);
    expect((await stateOf(message)).reason).toBe(`Rule "no identifier of another account is in it" is broken: ${ELSEWHERE}`);
    await removeItem('directory', accountKey(ELSEWHERE));
    await recheckHeld(idOf(message), { ...PERSON, reason: 'the directory was mended' }, now());
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
    expect(await held()).toEqual([]);
  });

  test('is the second of two that say the same to an address within 24 hours, unless a person asked for it', async () => {
    await sentOff(invoice());
    later(20);
    await sentOff(invoice({ subject: `${subject}-again` }));
    expect((await held()).map(({ reason }) => reason)).toEqual([
      `Rule "this address was not told the very same within 24 hours" is broken: message ${idOf(invoice())}`,
    ]);
    await sentOff(invoice({ occasion: 'rerun-1', again: true }));
    expect(await sentMails(person.address)).toHaveLength(2);
    later(25);
    await sentOff(invoice({ subject: `${subject}-next-day` }));
    expect(await sentMails(person.address)).toHaveLength(3);
  });

  test('is one of two that say the same at the same instant', async () => {
    const twins = [invoice(), invoice({ subject: `${subject}-twin` })];
    await enqueue(twins, now());
    const copies = await receiveAll('mail-invoices');
    await Promise.all(copies.map((copy) => send(eventOf('mail-invoices', [copy]), contextOf('send-invoices'))));
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
    expect(await held()).toHaveLength(1);
  });
});

describe('a person', () => {
  test('lets go exactly what was shown', async () => {
    await sentOff(invoice());
    const repeated = invoice({ subject: `${subject}-again` });
    await sentOff(repeated);
    const { content = '' } = (await stateOf(repeated)).held ?? {};
    await expect(releaseHeld(idOf(repeated), { ...PERSON, content: '0'.repeat(12) }, now())).rejects.toThrow('look at it again');
    await expect(releaseHeld(idOf(repeated), { ...PERSON, content: content.slice(0, 4) }, now())).rejects.toThrow('look at it again');
    await releaseHeld(idOf(repeated), { ...PERSON, content: content.slice(0, 12) }, now());
    await releaseHeld(idOf(repeated), { ...PERSON, content: content.slice(0, 12) }, now());
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(2);
    expect(await stateOf(repeated)).toMatchObject({
      state: 'submitted',
      released: { by: 'Jane Clerk', reason: PERSON.reason, rules: ['this address was not told the very same within 24 hours'] },
    });
    await expect(releaseHeld(idOf(repeated), { ...PERSON, content }, now())).rejects.toThrow('only a held one can be released');
  });

  test('does not let go what is composed otherwise meanwhile: it is held again', async () => {
    await sentOff(invoice());
    const again = invoice({ subject: `${subject}-again` });
    await sentOff(again);
    const { content = '' } = (await stateOf(again)).held ?? {};
    await releaseHeld(idOf(again), { ...PERSON, content }, now());
    const { gross: _, ...facts } = again.facts;
    await updateItem('messages', keyOfMessage(idOf(again)), expression`SET #facts = ${facts}`);
    await workQueue();
    expect(await stateOf(again)).toMatchObject({ state: 'held', reason: expect.stringContaining('it can be composed') });
    expect(await sentMails(person.address)).toHaveLength(1);
  });

  test('cannot let go what may be somebody else’s, nor what could not be composed', async () => {
    const message = await withOtherBytes();
    await sentOff(message);
    const { content = '' } = (await stateOf(message)).held ?? {};
    await expect(releaseHeld(idOf(message), { ...PERSON, content }, now())).rejects.toThrow("keeps others' data from its reader");
    const { gross: _, ...facts } = invoice().facts;
    const lacking = invoice({ subject: `${subject}-2`, facts });
    await sentOff(lacking);
    await expect(releaseHeld(idOf(lacking), { ...PERSON, content }, now())).rejects.toThrow('could not be composed');
    await expect(releaseHeld('0'.repeat(32), { ...PERSON, content }, now())).rejects.toThrow('no such message');
  });

  test('drops what never leaves, once', async () => {
    const message = await withOtherBytes();
    await sentOff(message);
    await dropHeld(idOf(message), PERSON, now());
    await dropHeld(idOf(message), PERSON, now());
    expect(await stateOf(message)).toMatchObject({ state: 'skipped', reason: `dropped by Jane Clerk: ${PERSON.reason}` });
    expect(await held()).toEqual([]);
    await expect(recheckHeld(idOf(message), PERSON, now())).rejects.toThrow('only a held one can be released');
    await sentOff(message);
    expect(await sentMails(person.address)).toEqual([]);
  });

  test('sends once more what SES refused', async () => {
    failSes('MessageRejected', 1);
    const message = invoice();
    await sentOff(message);
    const [refused] = await held();
    expect(refused).toMatchObject({ reason: expect.stringContaining('MessageRejected'), held: { rules: ['SES takes it'] } });
    await releaseHeld(idOf(message), { ...PERSON, content: refused?.held?.content ?? '' }, now());
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
  });
});

describe('after a deployment', () => {
  test('what was held under other templates is checked again by the sweep, once', async () => {
    const facts = invoice().facts;
    const message = invoice({ facts: { ...facts, gross: undefined } });
    await sentOff(message);
    await heldUnderOlderTemplates(message);
    await updateItem('messages', keyOfMessage(idOf(message)), expression`SET #facts = ${facts}`);
    await runSweep();
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(1);
    expect((await stateOf(message)).history.filter(({ trigger }) => trigger === 'release')).toHaveLength(1);
  });

  test('what is still wrong is held again, and left alone by the next sweeps', async () => {
    const message = await withOtherBytes();
    await sentOff(message);
    await heldUnderOlderTemplates(message);
    for (let turn = 0; turn < 3; turn += 1) {
      await runSweep();
      await workQueue();
    }
    const { state, history } = await stateOf(message);
    expect([state, history.filter(({ trigger }) => trigger === 'hold').length]).toEqual(['held', 2]);
    expect(await held()).toHaveLength(1);
  });

  test('a check that was cut short before the queue got its message is made up for', async () => {
    const message = invoice({ facts: { ...invoice().facts, gross: undefined } });
    await sentOff(message);
    const line = await heldUnderOlderTemplates(message);
    await updateItem('messages', keyOfMessage(idOf(message)), expression`SET #facts = ${invoice().facts}, #state = ${'queued'}`);
    await runSweep();
    await workQueue();
    expect(line).toContain(idOf(message));
    expect(await sentMails(person.address)).toHaveLength(1);
  });

  const runSweep = () => sweep({ scheduledTime: now().toISOString() }, contextOf('mail-sweep'));

  async function heldUnderOlderTemplates(message: DocumentsMessage): Promise<string> {
    const messageId = idOf(message);
    const { held: hold } = await stateOf(message);
    const line = (hold?.line ?? '').replace(/^[^#]+/, '000000000000');
    await removeItem('messages', { pk: HELD, sk: hold?.line ?? '' });
    await putItem('messages', { pk: HELD, sk: line, messageId });
    await updateItem('messages', keyOfMessage(messageId), expression`SET #held = ${{ ...hold, line }}`);
    return line;
  }
});

test('the report of a week tells what became of each kind', async () => {
  morning = Date.parse('2027-02-01T08:00:00Z');
  setClock(new Date(morning).toISOString());
  const dropped = await withOtherBytes();
  await sentOff(invoice({ subject: `${subject}-1` }), dropped, invoice({ subject: `${subject}-3`, contactId: 'C-gone' }));
  await sentOff(invoice({ subject: `${subject}-2` }));
  await dropHeld(idOf(dropped), PERSON, now());
  expect(await weeklyReport('2027-W05')).toEqual([
    {
      kind: 'invoice',
      messages: 4,
      sent: 1,
      released: 0,
      deferred: 0,
      inDoubt: 0,
      waiting: 1,
      heldBy: { 'every attachment is the recorded document': 1, 'this address was not told the very same within 24 hours': 1 },
      skippedBy: { 'dropped by a person': 1, 'the contact is no longer in the directory': 1 },
    },
  ]);
  expect(await weeklyReport('2027-W06')).toEqual([]);
});
