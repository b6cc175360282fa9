import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { TABLES, variableOf } from '../../../functions/aws/resources.ts';
import { putItem, transact } from '../../../functions/aws/tables.ts';
import { eraseContact } from '../../../functions/directory/erase-contact.ts';
import { getContact } from '../../../functions/directory/read.ts';
import { writeRecords } from '../../../functions/directory/write.ts';
import { messageIdOf, type WorksMessage } from '../../../functions/messages/message.ts';
import { enqueue, messageWrites } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { handler as sesEvents } from '../../../functions/messages/ses-events.handler.ts';
import { getMessage } from '../../../functions/messages/store.ts';
import type { Holder } from '../../../functions/planned-works/diary.ts';
import { diariesOf, holderKey } from '../../../functions/planned-works/diary-store.ts';
import { keepNote, openTicket } from '../../../functions/planned-works/tickets.ts';
import { preferenceHistory, preferenceOf, setPreference } from '../../../functions/preferences/preferences.ts';
import { suppress, suppressionOf } from '../../../functions/preferences/suppression.ts';
import { erasePerson } from '../../../functions/privacy/erase-person.ts';
import { exportPerson } from '../../../functions/privacy/export-person.ts';
import { openTask } from '../../../functions/tasks/tasks.ts';
import { contextOf, eventOf, receiveAll, sentMails, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { putDirectory } from '../messages/directory-of.ts';
import { newMessage, optionalMessage } from '../messages/message-of.ts';

useCloud();

const OCN = '100234';
const ACT = { by: 'Jane Clerk', reason: 'request of 5 Nov' };
const EMPTY = { messages: 0, works: 0, preferences: 0, tasks: 0, answers: 0 };

let morning = Date.parse('2026-11-05T06:00:00Z');
let person: { contactId: string; address: string; name: string; uid: string; worksId: string };

beforeEach(async () => {
  morning += 3_600_000;
  setClock(new Date(morning).toISOString());
  const id = randomUUID().slice(0, 8);
  person = { contactId: `C-${id}`, address: `anna-${id}@acme.example`, name: `Anna Beispiel${id}`, uid: `uid-${id}`, worksId: `W-${id}` };
  await putDirectory();
  await receiveAll('mail-invoices');
});

/** What the carrier's export says of the person, with its time. */
async function importContact(time: string, changes: object = {}): Promise<string | undefined> {
  const { contactId, address, name } = person;
  const record = { contactId, ocn: OCN, name, email: address, language: 'en', timeZone: 'Europe/Berlin', roles: ['billing'], ...changes };
  const [done] = await writeRecords('contacts', [{ line: 1, given: record }], { importId: `i-${time}`, time });
  return done?.outcome;
}

const subjectOf = (what: string) => `${what}-${person.contactId}`;
const invoice = () => newMessage({ subject: subjectOf('doc'), ...personal() });
const records = () => optionalMessage({ subject: subjectOf('records'), ...personal() });
const personal = () => ({ contactId: person.contactId, address: person.address });

function invitation(): WorksMessage {
  const { contactId, address, name, uid, worksId } = person;
  const reader = { name, email: address, language: 'en', timeZone: 'Europe/Berlin' };
  const told = { uid, sequence: 0, content: 0, act: 'request', variant: 'new', class: 'planned', impact: 'outage', reader } as const;
  const facts = { legalEntityId: 'NL-DE', customerName: 'Acme GmbH', ...told };
  return {
    kind: 'works',
    subject: uid,
    occasion: '0',
    group: worksId,
    ocn: OCN,
    bcn: OCN,
    contactId,
    address,
    cause: 'test',
    facts,
    while: 'newest',
  };
}

async function workQueue(): Promise<void> {
  await send(eventOf('mail-invoices', await receiveAll('mail-invoices')), contextOf('send-invoices'));
}

/** An invoice that was sent, mail that waits, an invitation, settings, a suppression, a ticket, a note, a task. */
async function live(): Promise<void> {
  const { contactId, address, name, uid, worksId } = person;
  const at = now().toISOString();
  await importContact('2026-11-01T00:00:00.000Z');
  await enqueue([invoice()], now());
  await workQueue();
  await transact(messageWrites(invitation(), now()).writes);
  const place = { worksId, ocn: OCN };
  const holder = { uid, contactId, address, name, email: address, sequence: 0, told: 'REQUEST', messageId: messageIdOf(invitation()) };
  await putItem('works', { pk: `UID#${uid}`, sk: 'PLACE', ...place });
  await putItem('works', { pk: `WORKS#${worksId}#${OCN}`, sk: `DIARY#${uid}`, uid });
  await putItem('works', { ...holderKey(place, holder as Pick<Holder, 'uid' | 'address'>), ...holder });
  await openTicket({ ticketId: `T-${contactId}`, kind: 'mail', reason: 'wrote', comment: `yours, ${name}`, at, address }, now());
  await keepNote(worksId, contactId, { address, ocn: OCN, reason: 'unproven', at });
  const decided = (changeId: string) => ({ changeId, at, by: name, how: 'page' });
  await setPreference(OCN, contactId, { name: 'category', bcn: '*', category: 'documents', value: 'off' }, decided('1'));
  await setPreference(OCN, contactId, { name: 'format', bcn: '*', value: 'links-only' }, decided('2'));
  await enqueue([{ ...invoice(), occasion: 'again' }, records()], now());
  await suppress(address, { reason: 'complaint', at, messageId: messageIdOf(invoice()) });
  const about = { ocn: OCN, bcn: 'B4711', contactId, messageId: messageIdOf(invoice()), subject: 'doc' };
  await openTask({ kind: 'complaint', cause: 'c', reason: 'spam', alone: false, ...about }, now());
}

/** Every item of every table that has this text in it. */
async function itemsWith(text: string): Promise<string[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const found: string[] = [];
  for (const table of Object.keys(TABLES)) {
    let cursor: Record<string, unknown> | undefined;
    do {
      const TableName = process.env[variableOf('TABLE', table)];
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey: cursor }));
      for (const item of page.Items ?? []) {
        if (JSON.stringify(item).toLowerCase().includes(text.toLowerCase())) found.push(`${table}: ${item.pk} ${item.sk}`);
      }
      cursor = page.LastEvaluatedKey;
    } while (cursor);
  }
  client.destroy();
  return found;
}

describe('the export', () => {
  test('has everything that the capabilities know', async () => {
    await live();
    const exported = await exportPerson(OCN, person.contactId, now());
    expect(exported).toMatchObject({
      contact: { record: { name: person.name, email: person.address }, at: '2026-11-01T00:00:00.000Z' },
      suppression: [{ address: person.address, standing: { reason: 'complaint' } }],
      works: {
        invitations: [{ uid: person.uid, worksId: person.worksId }],
        tickets: [{ kind: 'mail', address: person.address }],
        notes: [{ address: person.address }],
      },
      tasks: [{ kind: 'complaint', state: 'open' }],
    });
    expect(exported?.messages.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'documents-ready queued',
      'invoice queued',
      'invoice submitted',
      'works queued',
    ]);
    expect(exported?.preferences.settings.map(({ setting, value }) => `${setting} ${value}`).sort()).toEqual([
      'category#documents#* off',
      'format#* links-only',
    ]);
    expect(exported?.preferences.history).toHaveLength(2);
    expect(JSON.stringify(exported)).not.toMatch(/"(pk|sk|by[A-Z]\w*Pk)":/);
  });

  test('of nobody is nothing', async () => {
    expect(await exportPerson(OCN, 'C-nobody', now())).toBeUndefined();
  });
});

describe('the erasure', () => {
  test('leaves no name and no address in any table; what was mailed when, and the suppression, stay', async () => {
    await live();
    expect((await itemsWith(person.address)).length).toBeGreaterThan(5);
    expect(await erasePerson(OCN, person.contactId, ACT, now())).toEqual({ messages: 4, works: 3, preferences: 3, tasks: 1, answers: 0 });
    expect(await itemsWith(person.address)).toEqual([]);
    expect(await itemsWith(person.name)).toEqual([]);
    expect(await getContact(OCN, person.contactId)).toBeUndefined();
    expect(await suppressionOf(person.address)).toMatchObject({ reason: 'complaint' });
    const log = await getMessage(messageIdOf(invoice()));
    expect(log).toMatchObject({ state: 'submitted', subject: subjectOf('doc'), facts: { number: 'DE26004711' }, address: '' });
    expect(await diariesOf({ worksId: person.worksId, ocn: OCN })).toMatchObject([{ holders: [] }]);
  });

  test('ends what waits: nothing of it is sent', async () => {
    await live();
    const before = (await sentMails(person.address)).length;
    await erasePerson(OCN, person.contactId, ACT, now());
    await workQueue();
    expect(await sentMails(person.address)).toHaveLength(before);
    for (const message of [records(), { ...invoice(), occasion: 'again' }, invitation()]) {
      expect(await getMessage(messageIdOf(message))).toMatchObject({ state: 'skipped', reason: 'the contact was erased' });
    }
  });

  test('said again does nothing more, and ends one that was cut short after its first step', async () => {
    await live();
    await eraseContact(OCN, person.contactId, ACT, now());
    expect((await itemsWith(person.address)).length).toBeGreaterThan(0);
    await erasePerson(OCN, person.contactId, ACT, now());
    expect(await itemsWith(person.address)).toEqual([]);
    expect(await erasePerson(OCN, person.contactId, ACT, now())).toEqual(EMPTY);
  });

  test('outlasts a late report of SES: no task, no setting', async () => {
    await live();
    await erasePerson(OCN, person.contactId, ACT, now());
    const messageId = messageIdOf(invoice());
    const claim = (await getMessage(messageId))?.claims[0] ?? '';
    const mail = { messageId: 'ses-1', tags: { messageId: [messageId], claim: [claim] } };
    const complaint = { complainedRecipients: [{ emailAddress: person.address }] };
    const body = JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ eventType: 'Complaint', mail, complaint }) });
    await sesEvents(sqsEvent('ses-events', body), contextOf('ses-events'));
    expect((await getMessage(messageId))?.state).toBe('complained');
    expect(await erasePerson(OCN, person.contactId, ACT, now())).toEqual(EMPTY);
    expect(await itemsWith(person.address)).toEqual([]);
  });
});

describe('an import after the erasure', () => {
  test.each([
    ['says the same again', '2026-12-01T00:00:00.000Z', {}, 'same', false],
    ['says something about the time before', '2026-11-02T00:00:00.000Z', { roles: ['technical'] }, 'older', false],
    ['says something new', '2026-12-01T00:00:00.000Z', { roles: ['technical'] }, 'changed', true],
  ])('that %s', async (_, time, changes, outcome, isBack) => {
    await live();
    await erasePerson(OCN, person.contactId, ACT, now());
    expect(await importContact(time, changes)).toBe(outcome);
    expect((await getContact(OCN, person.contactId)) !== undefined).toBe(isBack);
    expect((await preferenceOf(OCN, person.contactId, 'B4711')).off, 'what was switched off stays off').toEqual(new Set(['documents']));
    expect(await preferenceHistory(OCN, person.contactId)).toEqual([]);
  });
});
