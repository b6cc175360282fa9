import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { secret } from '../../../functions/aws/secrets.ts';
import { putItem } from '../../../functions/aws/tables.ts';
import { accountKey, contactKey, customerKey, entityKey, serviceKey } from '../../../functions/directory/keys.ts';
import type { Contact } from '../../../functions/directory/records.ts';
import type { CloudEvent } from '../../../functions/events/cloud-event.ts';
import { feedUrls } from '../../../functions/messages/links.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { diariesOf } from '../../../functions/planned-works/diary-store.ts';
import { handler as feed } from '../../../functions/planned-works/feed.handler.ts';
import { reconsider, releaseWorks } from '../../../functions/planned-works/reconsider.ts';
import { handler as replies } from '../../../functions/planned-works/replies.handler.ts';
import { worksSummary } from '../../../functions/planned-works/summary.ts';
import { handler as sweep } from '../../../functions/planned-works/sweep.handler.ts';
import { handler as tell } from '../../../functions/planned-works/tell.handler.ts';
import { handler as works } from '../../../functions/planned-works/works.handler.ts';
import { getWorks } from '../../../functions/planned-works/works-store.ts';
import { preferencesOf, setPreference } from '../../../functions/preferences/preferences.ts';
import { parseTokenKeys } from '../../../functions/tokens/token.ts';
import { contextOf, eventOf, eventsIn, receiveAll, sentMails, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { SELLER } from '../messages/directory-of.ts';
import { notificationOf } from './mails.ts';
import { accountOf, contactOf, OCN, serviceOf, viewOf, windowOf, worksOf } from './plan-of.ts';

useCloud();

const NOW = '2026-11-02T09:00:00Z';
/** As many as SQS hands over at once. */
const BATCH = 10;
const PERSON = { by: 'Jane Planner', reason: 'agreed by telephone' };

let anna: Contact;
let worksId: string;

/** Each test has a works, a service and a contact of its own at one customer. */
beforeEach(async () => {
  setClock(NOW);
  const id = randomUUID().slice(0, 8);
  worksId = `CRQ-${id}`;
  anna = contactOf(`anna-${id}`, { serviceIds: [`S-${id}`] });
  await putItem('directory', { ...entityKey('NL-DE'), record: SELLER });
  await putItem('directory', { ...customerKey(OCN), record: viewOf({ contacts: [] }).customer });
  await putItem('directory', { ...accountKey('B1'), record: accountOf('B1') });
  await putItem('directory', { pk: customerKey(OCN).pk, sk: 'ACCOUNT#B1' });
  await putItem('directory', { ...serviceKey(serviceId()), record: serviceOf(serviceId()) });
  await putContact(anna);
});

const serviceId = () => `S-${worksId.slice(4)}`;
const putContact = (contact: Contact) => putItem('directory', { ...contactKey(OCN, contact.contactId), record: contact });
const place = () => ({ worksId, ocn: OCN });
const told = (changes: object = {}) => ({ ...worksOf({ services: [{ serviceId: serviceId(), impact: 'outage' }], ...changes }), worksId });

async function publish(changes: object = {}): Promise<void> {
  const event: CloudEvent = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/change-management',
    type: 'planned-works.published',
    data: told(changes),
  };
  await works(sqsEvent('planned-works.fifo', event), contextOf('works'));
  await workOff();
}

/** Works the queues until they are empty, as the functions would. */
async function workOff(): Promise<void> {
  const doors = [
    ['planned-works.fifo', works],
    ['works-customers.fifo', tell],
    ['mail-emergency', send],
    ['mail-works', send],
  ] as const;
  for (let busy = true; busy; ) {
    busy = false;
    for (const [queue, door] of doors) {
      const messages = await receiveAll(queue);
      busy ||= messages.length > 0;
      for (let start = 0; start < messages.length; start += BATCH) {
        const event = eventOf(queue, messages.slice(start, start + BATCH));
        expect((await door(event, contextOf(queue))).batchItemFailures).toEqual([]);
      }
    }
  }
}

/** The emails to Anna, as `REQUEST 0`, with their subjects. */
async function annas(): Promise<string[]> {
  const mails = await sentMails(anna.email);
  return Promise.all(
    mails.map(async ({ raw }) => {
      const { subject, attachments } = await simpleParser(raw);
      const calendar = attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString() ?? '';
      return `${/^METHOD:(\w+)/m.exec(calendar)?.[1] ?? 'none'} ${/^SEQUENCE:(\d+)/m.exec(calendar)?.[1] ?? '-'} ${subject}`;
    }),
  );
}

describe('works go out', () => {
  test('as an invitation, once, and later revisions as updates of it', async () => {
    await publish();
    await publish();
    await publish({ revision: 2, windows: [windowOf('1', { start: '2026-11-19T00:00:00+01:00', end: '2026-11-19T02:00:00+01:00' })] });
    await publish({ revision: 1, title: 'late' });
    await publish({ revision: 3, status: 'cancelled' });
    expect(await annas()).toEqual([
      `REQUEST 0 ${worksId} confirmed: 18 Nov 2026, 00:00-04:00 CET`,
      `REQUEST 1 ${worksId} moved: 19 Nov 2026, 00:00-02:00 CET`,
      `CANCEL 2 ${worksId} cancelled: 19 Nov 2026, 00:00-02:00 CET`,
    ]);
  });

  test('later emails are replies to the first', async () => {
    await publish();
    await publish({ revision: 1, title: 'Another title' });
    const [first, second] = await Promise.all((await sentMails(anna.email)).map(({ raw }) => simpleParser(raw)));
    expect(second?.references).toBe(first?.messageId);
    expect(second?.inReplyTo).toBe(first?.messageId);
  });

  test('to a contact who leaves or comes while they are open', async () => {
    await publish();
    await putContact({ ...anna, activeTo: '2026-11-01' });
    await reconsider({ ocns: [OCN] }, 'import 1', now());
    await workOff();
    await putContact(anna);
    await reconsider({ ocns: [OCN] }, 'import 2', now());
    await workOff();
    expect((await annas()).map((mail) => mail.split(' ').slice(0, 2).join(' '))).toEqual(['REQUEST 0', 'CANCEL 1', 'REQUEST 2']);
  });

  test('to the owner of a service that the directory learns of later', async () => {
    await publish({ services: [{ serviceId: `${serviceId()}-late`, impact: 'outage' }] });
    expect(await getWorks(worksId)).toMatchObject({ unknownServices: [`${serviceId()}-late`] });
    const late = serviceOf(`${serviceId()}-late`);
    await putContact({ ...anna, serviceIds: [serviceId(), late.serviceId] });
    await putItem('directory', { ...serviceKey(late.serviceId), record: late });
    await reconsider({ serviceIds: [late.serviceId] }, 'import 3', now());
    await workOff();
    expect(await getWorks(worksId)).toMatchObject({ unknownServices: [] });
    expect(await annas()).toHaveLength(1);
  });

  test('not to who opted out between the decision and the sending, when the category may be switched off', async () => {
    const event: CloudEvent = {
      specversion: '1.0',
      id: randomUUID(),
      source: '/c',
      type: 'planned-works.published',
      data: told({ services: [{ serviceId: serviceId(), impact: 'no-impact' }] }),
    };
    await works(sqsEvent('planned-works.fifo', event), contextOf('works'));
    await tell(eventOf('works-customers.fifo', await receiveAll('works-customers.fifo')), contextOf('works-tell'));
    const decided = { changeId: randomUUID(), at: NOW, by: 'anna', how: 'page' };
    await setPreference(OCN, anna.contactId, { name: 'category', bcn: '*', category: 'other-works', value: 'off' }, decided);
    await workOff();
    expect(await annas()).toEqual([]);
  });

  test('a queued message that a newer revision has overtaken is never sent', async () => {
    const event = (revision: number): CloudEvent => ({
      specversion: '1.0',
      id: randomUUID(),
      source: '/c',
      type: 'planned-works.published',
      data: told({ revision, title: `Revision ${revision}` }),
    });
    for (const revision of [0, 1]) {
      await works(sqsEvent('planned-works.fifo', event(revision)), contextOf('works'));
      await tell(eventOf('works-customers.fifo', await receiveAll('works-customers.fifo')), contextOf('works-tell'));
    }
    await workOff();
    expect((await annas()).map((mail) => mail.split(' ')[1])).toEqual(['1']);
  });
});

test('works of another century are over: nobody is told, and the status says why', async () => {
  await publish({ windows: [windowOf('1', { start: '1970-01-01T00:00:00Z', end: '1970-01-01T04:00:00Z' })] });
  expect(await annas()).toEqual([]);
  expect(await worksSummary(worksId, now())).toMatchObject({ invitations: [], windows: [{ windowId: '1', over: true }] });
  await publish({ revision: 1, windows: [windowOf('1', { start: '2100-01-01T00:00:00Z', end: '2100-01-01T04:00:00Z' })] });
  expect(await annas()).toEqual([`REQUEST 0 ${worksId} confirmed: 1 Jan 2100, 01:00-05:00 CET`]);
});

describe('the brake', () => {
  const short = { noticeDays: 15 };

  test('short notice waits for a named person, with the figures; the same is not held again', async () => {
    await publish(short);
    expect(await annas()).toEqual([]);
    const held = await getWorks(worksId);
    expect(held?.hold).toMatchObject({
      customers: 1,
      recipients: 1,
      reason: expect.stringContaining('15 working days (DE) of notice are agreed, 12 are left'),
    });
    await releaseWorks(worksId, PERSON, now());
    await workOff();
    await publish({ ...short, revision: 1, title: 'Another title' });
    expect((await annas()).map((mail) => mail.split(' ')[1])).toEqual(['0', '1']);
    await expect(releaseWorks(worksId, PERSON, now())).rejects.toThrow('are not held');
  });

  test('while a revision is held, customers know the one before', async () => {
    await publish({ noticeDays: 5 });
    await publish({
      noticeDays: 5,
      revision: 1,
      windows: [windowOf('1', { start: '2026-11-04T00:00:00+01:00', end: '2026-11-04T04:00:00+01:00' })],
    });
    expect(await getWorks(worksId)).toMatchObject({ revision: 1, told: { revision: 0 }, hold: expect.anything() });
    await publish({ noticeDays: 5, revision: 2, status: 'cancelled' });
    expect((await annas()).map((mail) => mail.split(' ')[0])).toEqual(['REQUEST', 'CANCEL']);
    expect((await getWorks(worksId))?.hold).toBeUndefined();
  });

  test('emergencies pass', async () => {
    await publish({ ...short, class: 'emergency' });
    expect(await annas()).toEqual([`REQUEST 0 EMERGENCY ${worksId}: confirmed, 18 Nov 2026, 00:00-04:00 CET`]);
  });

  test('more recipients than the stage tells by itself', async () => {
    for (let n = 0; n <= 100; n += 1) await putContact({ ...contactOf(`${worksId}-${n}`), serviceIds: [serviceId()] });
    await publish();
    expect((await getWorks(worksId))?.hold).toMatchObject({
      recipients: 102,
      reason: '102 recipients would be told, more than the 100 that go out by themselves',
    });
  });
});

describe('reminders', () => {
  const wantsReminders = () =>
    setPreference(OCN, anna.contactId, { name: 'reminders', value: 'on' }, { changeId: randomUUID(), at: NOW, by: 'anna', how: 'page' });
  const hour = async (scheduledTime: string) => {
    setClock(scheduledTime);
    await sweep({ scheduledTime }, contextOf('works-sweep'));
    await workOff();
  };

  test('come once, 24 hours before, to who wants them', async () => {
    await wantsReminders();
    await publish();
    await hour('2026-11-16T22:00:00Z');
    expect(await annas()).toHaveLength(1);
    await hour('2026-11-16T23:00:00Z');
    await hour('2026-11-17T00:00:00Z');
    expect((await annas()).slice(1)).toEqual([`none - ${worksId} tomorrow: 18 Nov 2026, 00:00-04:00 CET`]);
  });

  test('never for who did not ask', async () => {
    await publish();
    await hour('2026-11-16T23:00:00Z');
    expect(await annas()).toHaveLength(1);
  });

  test('a contact whose last day passes is told to clear the diary', async () => {
    await putContact({ ...anna, activeTo: '2026-11-10' });
    await publish();
    await hour('2026-11-10T22:00:00Z');
    expect(await annas()).toHaveLength(1);
    await hour('2026-11-10T23:00:00Z');
    expect((await annas()).map((mail) => mail.split(' ').slice(0, 2).join(' '))).toEqual(['REQUEST 0', 'CANCEL 1']);
  });
});

describe('answers', () => {
  /** The answer that Anna's calendar sends to the invitation it got last. */
  async function answer(changes: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<void> {
    const [diary] = await diariesOf(place());
    const lines = {
      METHOD: 'REPLY',
      UID: diary?.diary.uid ?? '',
      SEQUENCE: '0',
      PARTSTAT: 'ACCEPTED',
      ATTENDEE: anna.email,
      DTSTAMP: '20261102T100000Z',
      ...changes,
    };
    const head = { From: anna.email, To: 'works@mail.carrier.example', 'Message-ID': `<${randomUUID()}@acme.example>`, ...headers };
    const raw = [
      ...Object.entries(head).map(([name, value]) => `${name}: ${value}`),
      `Content-Type: text/calendar; method=${lines.METHOD}`,
      '',
      'BEGIN:VCALENDAR',
      `METHOD:${lines.METHOD}`,
      'BEGIN:VEVENT',
      `UID:${lines.UID}`,
      `SEQUENCE:${lines.SEQUENCE}`,
      `DTSTAMP:${lines.DTSTAMP}`,
      'DTSTART:20261120T000000Z',
      'DTEND:20261120T020000Z',
      `ATTENDEE;PARTSTAT=${lines.PARTSTAT}:mailto:${lines.ATTENDEE}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n');
    const key = `works/${randomUUID()}`;
    await putObject({ bucket: bucketNamed('inbound'), key, body: Buffer.from(raw), contentType: 'message/rfc822' });
    const body = notificationOf({ action: { type: 'S3', bucketName: bucketNamed('inbound'), objectKey: key } });
    await replies(sqsEvent('works-replies', body, body), contextOf('works-replies'));
    await workOff();
  }

  const annaIn = async () => (await worksSummary(worksId, now()))?.invitations[0]?.recipients[0];
  const tickets = () => eventsIn<{ kind: string; worksId?: string; proposed?: object }>('works-tickets');

  beforeEach(async () => {
    await tickets();
    await publish();
  });

  test('are kept with their reader', async () => {
    await answer();
    expect(await annaIn()).toMatchObject({ answer: 'accepted', method: 'REQUEST', state: 'submitted' });
    expect(await tickets()).toEqual([]);
  });

  test('that decline open a ticket, and the works go on', async () => {
    await answer({ PARTSTAT: 'DECLINED' });
    expect((await annaIn())?.answer).toBe('declined');
    expect((await tickets()).map(({ data }) => data)).toMatchObject([
      { kind: 'declined', worksId, ocn: OCN, contactId: anna.contactId },
      { kind: 'declined' },
    ]);
    expect((await worksSummary(worksId, now()))?.tickets).toMatchObject([{ kind: 'declined', address: anna.email }]);
    expect(await annas()).toHaveLength(1);
  });

  test('that propose another time are answered once, and open a ticket', async () => {
    await answer({ METHOD: 'COUNTER' });
    const mails = await annas();
    expect(mails.slice(1)).toEqual([`DECLINECOUNTER 0 ${worksId} stays as planned: 18 Nov 2026, 00:00-04:00 CET`]);
    expect((await tickets())[0]?.data).toMatchObject({
      kind: 'countered',
      proposed: { start: '2026-11-20T00:00:00.000Z', end: '2026-11-20T02:00:00.000Z' },
    });
  });

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['from a stranger', {}, { From: 'mallory@elsewhere.example' }],
    ['to a UID of nobody', { UID: 'nothing@works' }, {}],
    ['in the name of another attendee', { ATTENDEE: 'someone@acme.example' }, {}],
  ])('%s change nothing', async (_, changes, headers) => {
    await answer({ PARTSTAT: 'DECLINED', ...changes }, headers);
    expect((await annaIn())?.answer).toBeNull();
  });

  test('to an invitation that was replaced since change nothing', async () => {
    await publish({ revision: 1, title: 'Another title' });
    await answer({ SEQUENCE: '0' });
    expect((await annaIn())?.answer).toBeNull();
  });
});

describe('the calendar feed', () => {
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const token = new URL(url).pathname.split('/')[2] ?? '';
    const event = { pathParameters: { token }, headers, requestContext: { http: { method: 'GET' } } };
    return feed(event as unknown as Parameters<typeof feed>[0], contextOf('works-feed'));
  };
  const address = async () => {
    const keys = parseTokenKeys(await secret(process.env.LINK_KEYS_SECRET ?? ''));
    const number = (await preferencesOf(OCN, anna.contactId))().feed;
    return feedUrls('https://portal.test.example', { ocn: OCN, contactId: anna.contactId, number }, keys).https;
  };

  test('shows what is open, as the diary has it, and nothing that is cancelled', async () => {
    const url = await address();
    await publish();
    const first = await get(url);
    expect(first).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/calendar; charset=utf-8' } });
    expect(first.body).toContain('METHOD:PUBLISH');
    expect(first.body).toContain('SEQUENCE:0');
    const etag = String(first.headers?.etag);
    const lastModified = String(first.headers?.['last-modified']);
    expect((await get(url, { 'if-none-match': etag })).statusCode).toBe(304);
    expect((await get(url, { 'if-modified-since': lastModified })).statusCode).toBe(304);
    setClock('2026-11-02T11:00:00Z');
    await publish({ revision: 1, title: 'Another title' });
    const second = await get(url, { 'if-none-match': etag, 'if-modified-since': lastModified });
    expect(second.statusCode).toBe(200);
    expect(second.body).toContain('SEQUENCE:1');
    await publish({ revision: 2, status: 'cancelled' });
    expect((await get(url)).body).not.toContain('VEVENT');
  });

  test('shows who wants no email the same', async () => {
    await setPreference(
      OCN,
      anna.contactId,
      { name: 'works', bcn: '*', value: 'feed-only' },
      { changeId: randomUUID(), at: NOW, by: 'anna', how: 'page' },
    );
    await publish();
    expect(await annas()).toEqual([]);
    expect((await get(await address())).body).toContain(`X-MAINTNOTE-MAINTENANCE-ID:${worksId}`);
  });

  test('opens for nobody who has an address that was revoked, forged, or of a contact who left', async () => {
    await publish();
    const url = await address();
    await setPreference(
      OCN,
      anna.contactId,
      { name: 'feed', value: '1' },
      { changeId: randomUUID(), at: NOW, by: 'clerk', how: 'revoked' },
    );
    expect((await get(url)).statusCode).toBe(404);
    const fresh = await address();
    expect((await get(fresh)).statusCode).toBe(200);
    expect((await get(fresh.replace('/works.ics', 'x/works.ics'))).statusCode).toBe(404);
    await putContact({ ...anna, activeTo: '2026-11-01' });
    expect((await get(fresh)).statusCode).toBe(404);
  });
});

describe('a worker that dies', () => {
  test('after the outbox and before the queues: its successor queues what was left', async () => {
    for (let n = 0; n < 39; n += 1) await putContact({ ...contactOf(`${worksId}-${n}`), serviceIds: [serviceId()] });
    const event: CloudEvent = { specversion: '1.0', id: randomUUID(), source: '/c', type: 'planned-works.published', data: told() };
    await works(sqsEvent('planned-works.fifo', event), contextOf('works'));
    const [message] = await receiveAll('works-customers.fifo');
    const queue = process.env.QUEUE_MAIL_WORKS;
    process.env.QUEUE_MAIL_WORKS = `${queue}-gone`;
    await tell(eventOf('works-customers.fifo', message ? [message] : []), contextOf('works-tell'));
    process.env.QUEUE_MAIL_WORKS = queue;
    await tell(eventOf('works-customers.fifo', message ? [message] : []), contextOf('works-tell'));
    await workOff();
    const [diary] = await diariesOf(place());
    const mails = await Promise.all((diary?.holders ?? []).map(({ email }) => sentMails(email)));
    expect(mails.map((sent) => sent.length)).toEqual(Array.from({ length: 40 }, () => 1));
  });
});
