import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { pauseSending, queueWaiting, resumeSending } from '../../../functions/messages/brakes.ts';
import { countWaitingForInstant } from '../../../functions/messages/due.ts';
import { type DocumentsMessage, type Message, messageIdOf } from '../../../functions/messages/message.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { getMessage } from '../../../functions/messages/store.ts';
import { handler as sweep } from '../../../functions/messages/sweep.handler.ts';
import { decideFor } from '../../../functions/preferences/hand-over.ts';
import { settingOf } from '../../../functions/preferences/named-setting.ts';
import { contextOf, eventOf, failSes, receiveAll, sentMails, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { newMessage, optionalMessage } from './message-of.ts';

useCloud();

/** Every test has a week of its own: time never goes back, because the sending rate is booked ahead. */
let monday = Date.parse('2026-11-02T00:00:00Z');
let person: { contactId: string; address: string };
let subject: string;

beforeEach(async () => {
  monday += 7 * 86_400_000;
  clock('Mon', '12:00');
  const id = randomUUID().slice(0, 8);
  person = { contactId: `C-${id}`, address: `anna-${id}@acme.example` };
  subject = `doc-${id}`;
  await putDirectory(contactOf({ contactId: person.contactId, email: person.address, timeZone: 'Europe/Berlin' }));
  await receiveAll('mail-invoices');
});

/** A day and a time in UTC; in winter Berlin is an hour ahead. */
function clock(day: 'Mon' | 'Tue' | 'Wed', time: string): void {
  const date = new Date(monday + ['Mon', 'Tue', 'Wed'].indexOf(day) * 86_400_000).toISOString().slice(0, 10);
  setClock(`${date}T${time}:00.000Z`);
}

const invoice = () => newMessage({ subject, ...person });
/** Each about another month: the same is not told twice a day. */
const records = (n: number) => {
  const message = optionalMessage({ subject: `${subject}-${n}`, ...person });
  return { ...message, facts: { ...message.facts, period: `2026-${String(n + 1).padStart(2, '0')}` } };
};
const stateOf = ({ kind, subject: about, occasion, address }: DocumentsMessage): Promise<Message | undefined> =>
  getMessage(messageIdOf({ kind, subject: about, occasion, address }));
const wants = (name: string, value: string) =>
  decideFor('100234', person.contactId, settingOf(name, value), {
    changeId: randomUUID(),
    at: now().toISOString(),
    by: 'anna',
    how: 'page',
  });
const arrived = async () => (await sentMails(person.address)).length;

async function workQueue(): Promise<void> {
  for (;;) {
    const messages = await receiveAll('mail-invoices');
    if (messages.length === 0) return;
    expect((await send(eventOf('mail-invoices', messages), contextOf('send-invoices'))).batchItemFailures).toEqual([]);
  }
}

async function runSweep(): Promise<void> {
  await sweep({ scheduledTime: now().toISOString() }, contextOf('mail-sweep'));
  await workQueue();
}

describe('quiet hours', () => {
  test('what comes by night waits until the morning, and leaves then, once', async () => {
    await wants('quiet-hours', '22:00-07:00');
    clock('Mon', '22:00');
    await enqueue([invoice()], now());
    await workQueue();
    expect(await stateOf(invoice())).toMatchObject({ state: 'deferred', reason: expect.stringContaining('quiet hours until') });
    const until = (await stateOf(invoice()))?.waitsFor;
    expect(until).toMatch(/T06:00:00\.000Z$/);
    expect(await countWaitingForInstant()).toEqual({ waiting: 1, next: until });
    clock('Tue', '05:59');
    await enqueue([invoice()], now());
    await runSweep();
    expect(await arrived()).toBe(0);
    clock('Tue', '06:00');
    await Promise.all([runSweep(), runSweep()]);
    await runSweep();
    expect(await arrived()).toBe(1);
    expect((await stateOf(invoice()))?.history.map(({ trigger }) => trigger)).toEqual(['enqueue', 'defer', 'release', 'claim', 'accept']);
    expect((await countWaitingForInstant()).waiting).toBe(0);
  });

  test('a stray copy does not wake it before its time', async () => {
    await wants('quiet-hours', '22:00-07:00');
    clock('Mon', '22:00');
    await enqueue([invoice()], now());
    await workQueue();
    const { messageId } = (await stateOf(invoice())) ?? {};
    const copy = { specversion: '1.0' as const, id: randomUUID(), source: '/carrierpost', type: 'message.queued', data: { messageId } };
    await send(sqsEvent('mail-invoices', copy), contextOf());
    expect((await stateOf(invoice()))?.state).toBe('deferred');
  });

  test('who opted out by night gets nothing in the morning', async () => {
    await wants('quiet-hours', '22:00-07:00');
    clock('Mon', '22:00');
    await enqueue([records(1)], now());
    await workQueue();
    await wants('documents', 'off');
    clock('Tue', '06:00');
    await runSweep();
    expect(await stateOf(records(1))).toMatchObject({ state: 'skipped', reason: 'the contact switched "documents" off' });
    expect(await arrived()).toBe(0);
  });

  test('a brake that is on in the morning holds it, and its release lets it go', async () => {
    const person = { by: 'Jane Clerk', reason: 'a look at the template' };
    await wants('quiet-hours', '22:00-07:00');
    clock('Mon', '22:00');
    await enqueue([invoice()], now());
    await workQueue();
    await pauseSending('invoice', person, now());
    clock('Tue', '06:00');
    await runSweep();
    expect(await stateOf(invoice())).toMatchObject({ state: 'deferred', waitsFor: 'KIND#invoice' });
    await resumeSending('invoice', person, now());
    await queueWaiting(100, 'resume', now());
    await workQueue();
    expect(await arrived()).toBe(1);
  });
});

describe('caps', () => {
  test('of ten at once as many arrive as are wanted a day, the others on the days after', async () => {
    await wants('cap-day', '4');
    const all = Array.from({ length: 10 }, (_, n) => records(n));
    await enqueue(all, now());
    const messages = await receiveAll('mail-invoices');
    await Promise.all(messages.map((message) => send(eventOf('mail-invoices', [message]), contextOf('send-invoices'))));
    await workQueue();
    expect(await arrived()).toBe(4);
    const states = (await Promise.all(all.map(stateOf))).map((message) => [message?.state, message?.waitsFor?.slice(11)]);
    expect(states.filter(([state]) => state === 'deferred')).toEqual(Array.from({ length: 6 }, () => ['deferred', '23:00:00.000Z']));
    clock('Mon', '23:00');
    await runSweep();
    expect(await arrived()).toBe(8);
    clock('Tue', '23:00');
    await runSweep();
    expect(await arrived()).toBe(10);
  });

  test('mandatory mail counts, and never waits', async () => {
    await wants('cap-week', '1');
    await enqueue([invoice()], now());
    await workQueue();
    await enqueue([records(1)], now());
    await workQueue();
    expect(await stateOf(records(1))).toMatchObject({ state: 'deferred', reason: expect.stringContaining('cap of 1 a week is reached') });
    const { facts } = invoice();
    await enqueue([newMessage({ subject: `${subject}-2`, ...person, facts: { ...facts, number: 'DE26004712' } })], now());
    await workQueue();
    expect(await arrived()).toBe(2);
  });

  test('a message that SES gave back keeps its place', async () => {
    await wants('cap-day', '1');
    await failSes('Throttling', 1);
    await enqueue([records(1)], now());
    await workQueue();
    expect((await stateOf(records(1)))?.state).toBe('queued');
    await failSes('Throttling', 0);
    const { messageId } = (await stateOf(records(1))) ?? {};
    const copy = { specversion: '1.0' as const, id: randomUUID(), source: '/carrierpost', type: 'message.queued', data: { messageId } };
    await send(sqsEvent('mail-invoices', copy), contextOf());
    expect((await stateOf(records(1)))?.state).toBe('submitted');
  });
});
