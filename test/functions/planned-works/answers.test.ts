import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { bucketNamed } from '../../../functions/aws/environment.ts';
import { putObject } from '../../../functions/aws/objects.ts';
import { diariesOf } from '../../../functions/planned-works/diary-store.ts';
import { handler as replies } from '../../../functions/planned-works/replies.handler.ts';
import { worksSummary } from '../../../functions/planned-works/summary.ts';
import { contextOf, eventsIn, sqsEvent } from '../../emulators/cloud.ts';
import { anna, annas, place, publish, useDesk, workOff, worksId } from './desk.ts';
import { notificationOf } from './mails.ts';
import { OCN } from './plan-of.ts';

useDesk();

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
