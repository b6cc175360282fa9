import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { countMessages, surveyMessages } from '../../../functions/messages/counts.ts';
import { type Message, messageIdOf } from '../../../functions/messages/message.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { handler as sesEvents } from '../../../functions/messages/ses-events.handler.ts';
import { getMessage, step } from '../../../functions/messages/store.ts';
import { handler as sweep } from '../../../functions/messages/sweep.handler.ts';
import { preferenceHistory, preferenceOf, setPreference } from '../../../functions/preferences/preferences.ts';
import { suppress, suppressionOf } from '../../../functions/preferences/suppression.ts';
import type { Task } from '../../../functions/tasks/task.ts';
import { finishTask, tasksOfContact } from '../../../functions/tasks/tasks.ts';
import { contextOf, eventOf, receiveAll, sentMails, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { contactOf, putDirectory } from './directory-of.ts';
import { newMessage, optionalMessage } from './message-of.ts';

useCloud();

const OCN = '100234';
const long = process.env.LONG === '1';

/** Every test has two days of its own. */
let morning = Date.parse('2026-11-04T06:00:00Z');
let bcn: string;

beforeEach(() => {
  morning += 48 * 3_600_000;
  later(0);
  bcn = `B-${randomUUID().slice(0, 8)}`;
});

const later = (hours: number) => setClock(new Date(morning + hours * 3_600_000).toISOString());
const runSweep = () => sweep({ scheduledTime: now().toISOString() }, contextOf('mail-sweep'));

interface Person {
  readonly contactId: string;
  readonly address: string;
}

/** A billing contact of this test's account, and of no other. */
async function contact(): Promise<Person> {
  const id = randomUUID().slice(0, 8);
  const person = { contactId: `C-${id}`, address: `anna-${id}@acme.example` };
  await putDirectory(contactOf({ contactId: person.contactId, email: person.address, bcns: [bcn] }));
  return person;
}

/** A message that SES has, or may have: claimed, with no word yet. */
async function claimed(person: Person, make = newMessage): Promise<Message> {
  const message = { ...make({ subject: `doc-${randomUUID()}`, ...person }), bcn, group: `run ${bcn}` };
  await enqueue([message], now());
  const id = messageIdOf(message);
  const set = { claims: ['c1'], claimedAt: now().toISOString() };
  return (await step(id, now(), () => ({ trigger: 'claim', cause: 'claim c1', set }))) as Message;
}

const EVENTS = {
  send: () => ({ eventType: 'Send' }),
  delay: () => ({ eventType: 'DeliveryDelay', deliveryDelay: { delayType: 'MailboxFull' } }),
  delivery: () => ({ eventType: 'Delivery' }),
  reject: () => ({ eventType: 'Reject', reject: { reason: 'Bad content' } }),
  'soft bounce': (address: string) => bounce('Transient', 'MailboxFull', address),
  'hard bounce': (address: string) => bounce('Permanent', 'General', address),
  complaint: (address: string) => ({
    eventType: 'Complaint',
    complaint: { complaintFeedbackType: 'abuse', complainedRecipients: [{ emailAddress: address }] },
  }),
} as const;

type EventName = keyof typeof EVENTS;

function bounce(bounceType: string, bounceSubType: string, emailAddress: string) {
  return { eventType: 'Bounce', bounce: { bounceType, bounceSubType, bouncedRecipients: [{ emailAddress }] } };
}

/** SES tells this of a message, in this order. */
async function tell({ messageId, address }: Message, ...names: readonly EventName[]): Promise<void> {
  for (const name of names) {
    const mail = { messageId: `ses-${messageId}`, tags: { messageId: [messageId], claim: ['c1'] } };
    const body = JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ mail, ...EVENTS[name](address.toUpperCase()) }) });
    expect((await sesEvents(sqsEvent('ses-events', body), contextOf('ses-events'))).batchItemFailures).toEqual([]);
  }
}

async function tasksOf({ contactId }: Person): Promise<Task[]> {
  return Array.fromAsync(tasksOfContact(OCN, contactId));
}

const kindsOf = async (person: Person) =>
  (await tasksOf(person)).map(({ kind, state, alone }) => `${kind} ${state}${alone ? ' alone' : ''}`);

describe('a bounce', () => {
  test("of the account's only contact is a task, and the run names the account", async () => {
    const person = await contact();
    const message = await claimed(person);
    await tell(message, 'send', 'hard bounce', 'hard bounce');
    expect(await kindsOf(person)).toEqual(['not-delivered open alone']);
    expect(await getMessage(message.messageId)).toMatchObject({ state: 'bounced', reason: 'not delivered: bounce (Permanent/General)' });
    const { untold } = await surveyMessages(message.group);
    expect(untold).toEqual([{ bcn, reason: expect.stringMatching(/^not delivered: bounce \(Permanent\/General\); task T-[0-9A-F]{12}$/) }]);
  });

  test('of one of two contacts is a task about the address, one for all its messages; of the second one nobody is left', async () => {
    const [first, second] = [await contact(), await contact()];
    const messages = [await claimed(first), await claimed(first, optionalMessage)];
    for (const message of messages) await tell(message, 'hard bounce');
    expect(await kindsOf(first)).toEqual(['address-bounced open']);
    await tell(await claimed(second), 'hard bounce');
    expect(await kindsOf(second)).toEqual(['not-delivered open alone']);
  });

  test.each([
    ['reads the same mailbox', (person: Person) => ({ email: person.address.toUpperCase() })],
    ['has left', () => ({ email: 'bernd@acme.example', activeTo: '2026-11-01' })],
    ['looks after another account', () => ({ email: 'bernd@acme.example', bcns: ['B9'] })],
    ['is technical', () => ({ email: 'bernd@acme.example', roles: ['technical' as const] })],
  ])('leaves nobody when the other contact %s', async (_, changes) => {
    const person = await contact();
    await putDirectory(contactOf({ contactId: `O-${bcn}`, bcns: [bcn], ...changes(person) }));
    await tell(await claimed(person), 'hard bounce');
    expect(await kindsOf(person)).toEqual(['not-delivered open alone']);
  });

  test('of optional mail is about the address alone', async () => {
    const person = await contact();
    await tell(await claimed(person, optionalMessage), 'hard bounce');
    expect(await kindsOf(person)).toEqual(['address-bounced open']);
  });

  test('that is soft is a task as well; an out-of-office note is none', async () => {
    const [full, away] = [await contact(), await contact()];
    await tell(await claimed(full), 'send', 'soft bounce');
    expect(await kindsOf(full)).toEqual(['delayed open']);
    expect(await suppressionOf(full.address)).toBeUndefined();
    await tell(await claimed(away), 'send', 'delivery', 'soft bounce');
    expect(await kindsOf(away)).toEqual([]);
  });

  test('keeps the next invoice from being written, and that is a task of its own', async () => {
    const person = await contact();
    await suppress(person.address, { reason: 'bounce', at: now().toISOString(), messageId: 'earlier' });
    const message = { ...newMessage({ subject: `doc-${bcn}`, ...person }), bcn, group: `run ${bcn}` };
    await enqueue([message], now());
    await send(eventOf('mail-invoices', await receiveAll('mail-invoices')), contextOf('send-invoices'));
    expect(await sentMails(person.address)).toEqual([]);
    expect(await kindsOf(person)).toEqual(['not-delivered open alone']);
    const [task] = await tasksOf(person);
    await finishTask(task?.taskId ?? '', { by: 'Jane Clerk', reason: 'the customer was called' }, now());
    expect((await surveyMessages(message.group)).untold, 'a task that is done is no failure').toEqual([]);
    expect((await countMessages(message.group)).skipped).toBe(1);
  });
});

describe('a delay', () => {
  test('of 24 hours is a task, once; a delivery after all closes it', async () => {
    const person = await contact();
    const message = await claimed(person);
    await tell(message, 'send', 'delay', 'delay');
    later(23);
    await runSweep();
    expect(await kindsOf(person)).toEqual([]);
    later(24);
    await runSweep();
    await tell(message, 'delay');
    await runSweep();
    expect(await kindsOf(person)).toEqual(['delayed open alone']);
    await tell(message, 'delivery');
    expect(await kindsOf(person)).toEqual(['delayed done alone']);
  });

  test('that ended in time is none', async () => {
    const person = await contact();
    await tell(await claimed(person), 'delay', 'delivery');
    later(25);
    await runSweep();
    expect(await kindsOf(person)).toEqual([]);
  });
});

describe('a complaint', () => {
  test('switches optional mail off and asks a person to call; told again later it undoes nothing', async () => {
    const person = await contact();
    const message = await claimed(person);
    await tell(message, 'send', 'delivery', 'complaint', 'complaint');
    expect((await preferenceOf(OCN, person.contactId, bcn)).off).toEqual(new Set(['other-works', 'documents']));
    expect(await kindsOf(person)).toEqual(['complaint open']);
    expect(await preferenceHistory(OCN, person.contactId)).toHaveLength(2);
    later(1);
    const decided = { changeId: randomUUID(), at: now().toISOString(), by: 'contact', how: 'page' };
    await setPreference(OCN, person.contactId, { name: 'category', bcn: '*', category: 'documents', value: 'on' }, decided);
    later(2);
    await tell(message, 'complaint');
    expect((await preferenceOf(OCN, person.contactId, bcn)).off).toEqual(new Set(['other-works']));
    expect(await kindsOf(person)).toEqual(['complaint open']);
  });

  test('weighs more than a bounce, whichever came first', async () => {
    for (const order of [['hard bounce', 'complaint'] as const, ['complaint', 'hard bounce'] as const]) {
      const person = await contact();
      await tell(await claimed(person), ...order);
      expect(await suppressionOf(person.address)).toMatchObject({ reason: 'complaint' });
    }
  });
});

describe('doubt', () => {
  test('that stays is a task; a late word of SES closes it', async () => {
    const person = await contact();
    const message = await claimed(person);
    const { messageId } = message;
    await step(messageId, now(), () => ({ trigger: 'doubt', cause: 'test' }));
    await step(messageId, now(), () => ({ trigger: 'try-again', cause: 'test', set: { triedAgain: true } }));
    const again = { claims: ['c1', 'c2'], claimedAt: now().toISOString() };
    await step(messageId, now(), () => ({ trigger: 'claim', cause: 'test', set: again }));
    const { putItem } = await import('../../../functions/aws/tables.ts');
    const { claimDue, dueOf } = await import('../../../functions/messages/due.ts');
    await putItem('messages', dueOf(messageId, claimDue(now())));
    later(1);
    await runSweep();
    expect(await kindsOf(person)).toEqual(['still-in-doubt open']);
    await tell(message, 'send');
    expect(await kindsOf(person)).toEqual(['still-in-doubt done']);
  });
});

test('whatever SES tells, in any order and any number of times, the end is the same', async () => {
  const names = Object.keys(EVENTS) as EventName[];
  const stories = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 });
  const orders = stories.chain((story) => {
    const shuffled = () => fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 });
    return fc.tuple(shuffled(), shuffled(), fc.boolean());
  });
  const play = async (events: readonly EventName[], withOther: boolean) => {
    bcn = `B-${randomUUID().slice(0, 8)}`;
    const person = await contact();
    if (withOther) await contact();
    const message = await claimed(person);
    await tell(message, ...events);
    const { state } = (await getMessage(message.messageId)) as Message;
    return {
      state,
      open: (await tasksOf(person)).flatMap((task) => (task.state === 'open' ? [task.kind] : [])).sort(),
      suppressed: (await suppressionOf(person.address))?.reason,
      decisions: (await preferenceHistory(OCN, person.contactId)).length,
    };
  };
  await fc.assert(
    fc.asyncProperty(orders, async ([one, other, withOther]) => {
      expect(await play(one, withOther)).toEqual(await play(other, withOther));
    }),
    { numRuns: long ? 1000 : 12 },
  );
}, 600_000);
