import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { getItem, queryItems } from '../../../functions/aws/tables.ts';
import { messageIdOf } from '../../../functions/messages/message.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { keyOfMessage } from '../../../functions/messages/store.ts';
import { keepNote, openTicket } from '../../../functions/planned-works/tickets.ts';
import { contactPartition, setPreference } from '../../../functions/preferences/preferences.ts';
import { taskIdOf } from '../../../functions/tasks/task.ts';
import { openTask, settleTask } from '../../../functions/tasks/tasks.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { newMessage, optionalMessage } from '../messages/message-of.ts';

useCloud();

const AT = '2026-11-04T07:00:00.000Z';
const contactId = `C-${randomUUID()}`;
const person = { contactId, address: 'anna@acme.example' };
const task = {
  kind: 'complaint',
  cause: 'c',
  ocn: '100234',
  bcn: 'B1',
  contactId,
  messageId: 'm',
  subject: 's',
  reason: 'r',
  alone: false,
} as const;

type Kept = { expiresAt?: number };

/** What is kept about a person, and the day from which a table may forget it. */
test.each([
  ['the log of an invoice', () => mailed(newMessage({ subject: 'a', ...person })), '2037-11-05'],
  [
    'the same of an entity that keeps it for ten years',
    () => mailed({ ...newMessage({ subject: 'b', ...person }), keptMonths: 120 }),
    '2036-11-05',
  ],
  ['the log of other email', () => mailed(optionalMessage({ subject: 'c', ...person })), '2027-12-05'],
  ['how a setting came about', decided, '2030-12-05'],
  ['a ticket', ticket, '2027-12-09'],
  ['the note of an answer', note, '2027-12-09'],
  ['a task that is done', doneTask, '2027-12-05'],
])('%s', async (_, keep, until) => {
  setClock(AT);
  const item = await keep();
  expect(new Date((item?.expiresAt ?? 0) * 1000).toISOString().slice(0, 10)).toBe(until);
});

test('a task that is open never ends by itself', async () => {
  setClock(AT);
  await openTask({ ...task, cause: 'open' }, now());
  const item = await getItem<Kept>('tasks', { pk: `TASK#${taskIdOf({ ...task, cause: 'open' })}`, sk: 'TASK' });
  expect(item).toBeDefined();
  expect(item?.expiresAt).toBeUndefined();
});

async function mailed(message: ReturnType<typeof newMessage>): Promise<Kept | undefined> {
  await enqueue([message], now());
  return getItem<Kept>('messages', keyOfMessage(messageIdOf(message)));
}

async function decided(): Promise<Kept | undefined> {
  const setting = { name: 'reminders', value: 'on' } as const;
  await setPreference('100234', contactId, setting, { changeId: '1', at: AT, by: 'contact', how: 'page' });
  const [line] = await Array.fromAsync(
    queryItems<Kept>('preferences', { pk: contactPartition('100234', contactId), beginsWith: 'HISTORY#' }),
  );
  return line;
}

async function ticket(): Promise<Kept | undefined> {
  await openTicket({ ticketId: 'T-1', kind: 'mail', reason: 'wrote', at: AT, worksId: 'W1' }, now());
  return getItem<Kept>('works', { pk: 'WORKS#W1', sk: 'TICKET#T-1' });
}

async function note(): Promise<Kept | undefined> {
  await keepNote('W2', 'mail', { address: person.address, ocn: '100234', reason: 'unproven', at: AT });
  const [line] = await Array.fromAsync(queryItems<Kept>('works', { pk: 'WORKS#W2', beginsWith: 'NOTE#' }));
  return line;
}

async function doneTask(): Promise<Kept | undefined> {
  await openTask(task, now());
  await settleTask(taskIdOf(task), { by: 'Jane Clerk', reason: 'called' }, now());
  return getItem<Kept>('tasks', { pk: `TASK#${taskIdOf(task)}`, sk: 'TASK' });
}
