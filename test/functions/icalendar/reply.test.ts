import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarObject } from '../../../functions/icalendar/calendar-object.ts';
import { type CalendarAnswer, readCalendarAnswer } from '../../../functions/icalendar/reply.ts';
import { APPLE, answer, GOOGLE, OUTLOOK, OUTLOOK_COUNTER, UID, WESTERN_EUROPE } from './answers.ts';
import { maintenanceEvent } from './maintenance-event.ts';

const RUNS = process.env.LONG === '1' ? 1_000 : 40;
const NOC = 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:noc@acme.example';

describe('diaries answer', () => {
  const answers: [string, string, CalendarAnswer][] = [
    [
      'Outlook',
      OUTLOOK,
      {
        method: 'REPLY',
        uid: UID,
        sequence: 2,
        attendee: 'anna.meier@acme.example',
        partstat: 'ACCEPTED',
        stamp: new Date('2026-11-03T07:15:00Z'),
        comment: 'In Ordnung, wir sind bereit.',
      },
    ],
    [
      'Outlook, with another time',
      OUTLOOK_COUNTER,
      {
        method: 'COUNTER',
        uid: UID,
        sequence: 2,
        attendee: 'anna.meier@acme.example',
        partstat: 'TENTATIVE',
        stamp: new Date('2026-11-03T07:15:00Z'),
        comment: 'In Ordnung, wir sind bereit.',
        proposed: { start: new Date('2026-11-24T23:00:00Z'), end: new Date('2026-11-25T03:00:00Z') },
      },
    ],
    [
      'Google',
      GOOGLE,
      {
        method: 'REPLY',
        uid: UID,
        sequence: 0,
        attendee: 'noc@acme.example',
        organizer: 'planned-works@carrier.example',
        partstat: 'DECLINED',
        stamp: new Date('2026-11-03T08:00:00Z'),
        comment: "That's our launch night",
      },
    ],
    [
      'Apple',
      APPLE,
      {
        method: 'REPLY',
        uid: UID,
        sequence: 1,
        attendee: 'anna.meier@acme.example',
        organizer: 'planned-works@carrier.example',
        partstat: 'TENTATIVE',
        stamp: new Date('2026-11-03T09:00:00Z'),
      },
    ],
  ];
  test.each(answers)('%s', (_, text, read) => {
    expect(readCalendarAnswer(text)).toEqual(read);
    expect(readCalendarAnswer(text.replaceAll('\r\n', '\n'))).toEqual(read);
    expect(readCalendarAnswer(`\ufeff\r\n${text}-- \r\nscanned by a gateway\r\n`)).toEqual(read);
  });
});

describe('who answers', () => {
  test.each([
    ['one', NOC, 'noc@acme.example', 'ACCEPTED'],
    ['in capitals', 'ATTENDEE;PARTSTAT=accepted:MAILTO:NOC@Acme.Example', 'noc@acme.example', 'ACCEPTED'],
    ['without mailto:', 'ATTENDEE;PARTSTAT=DECLINED:noc@acme.example', 'noc@acme.example', 'DECLINED'],
    ['in angle brackets', 'ATTENDEE;PARTSTAT=DECLINED:mailto:<noc@acme.example>', 'noc@acme.example', 'DECLINED'],
    ['escaped, as we wrote it', 'ATTENDEE;PARTSTAT=DECLINED:mailto:50%25off%3F@acme.example', '50%off?@acme.example', 'DECLINED'],
    ['by another URI', 'ATTENDEE;EMAIL=noc@acme.example;PARTSTAT=DECLINED:/7f3a/principal/', 'noc@acme.example', 'DECLINED'],
    ['nobody', 'SUMMARY:x', undefined, undefined],
    ['somebody without an address', 'ATTENDEE;PARTSTAT=ACCEPTED:invalid:nomail', undefined, 'ACCEPTED'],
    ['who has not decided', 'ATTENDEE:mailto:noc@acme.example', 'noc@acme.example', undefined],
    ['in a word of their own', 'ATTENDEE;PARTSTAT=X-MAYBE:mailto:noc@acme.example', 'noc@acme.example', 'NEEDS-ACTION'],
    [
      'who sends another',
      'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:b@acme.example":mailto:noc@acme.example',
      'noc@acme.example',
      'DELEGATED',
    ],
    [
      'the one who is not the organizer',
      `ORGANIZER:mailto:works@carrier.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:works@carrier.example\r\nATTENDEE:mailto:noc@acme.example`,
      'noc@acme.example',
      undefined,
    ],
    ['the one who has decided', `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@acme.example\r\n${NOC}`, 'noc@acme.example', 'ACCEPTED'],
    ['one of two who have', `ATTENDEE;PARTSTAT=DECLINED:mailto:a@acme.example\r\n${NOC}`, undefined, undefined],
    ['one beside a broken line', `ATTENDEE;CN="Broken:mailto:a@acme.example\r\n${NOC}`, 'noc@acme.example', 'ACCEPTED'],
  ])('%s', (_, properties, attendee, partstat) => {
    expect(readCalendarAnswer(answer(properties))).toMatchObject({ uid: UID, attendee, partstat });
  });
});

describe('a proposed window', () => {
  const counter = (properties: string, zones = '') => readCalendarAnswer(answer(`${NOC}\r\n${properties}`, { method: 'COUNTER', zones }));
  const custom = (rule: string) => `BEGIN:VTIMEZONE
TZID:Head office
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
${rule}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE`;
  const october = custom('RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU');
  const inZone = (zone: string, start: string, end: string) => `DTSTART;TZID=${zone}:${start}\r\nDTEND;TZID=${zone}:${end}`;

  test.each([
    ['in UTC', 'DTSTART:20261125T000000Z\r\nDTEND:20261125T040000Z', '', '2026-11-25T00:00:00Z', '2026-11-25T04:00:00Z'],
    ['with a duration', 'DTSTART:20261125T000000Z\r\nDURATION:PT4H', '', '2026-11-25T00:00:00Z', '2026-11-25T04:00:00Z'],
    ['in Berlin', inZone('Europe/Berlin', '20260718T000000', '20260718T040000'), '', '2026-07-17T22:00:00Z', '2026-07-18T02:00:00Z'],
    [
      'in Berlin after 2035',
      inZone('Europe/Berlin', '20510718T000000', '20510718T040000'),
      '',
      '2051-07-17T22:00:00Z',
      '2051-07-18T02:00:00Z',
    ],
    [
      'while Berlin repeats an hour',
      inZone('Europe/Berlin', '20261025T023000', '20261025T040000'),
      '',
      '2026-10-25T00:30:00Z',
      '2026-10-25T03:00:00Z',
    ],
    [
      'while Berlin skips an hour',
      inZone('Europe/Berlin', '20260329T023000', '20260329T040000'),
      '',
      '2026-03-29T01:30:00Z',
      '2026-03-29T02:00:00Z',
    ],
    [
      'under a long name',
      inZone('/citadel.example/20261118_1/Asia/Tokyo', '20261125T000000', '20261125T040000'),
      '',
      '2026-11-24T15:00:00Z',
      '2026-11-24T19:00:00Z',
    ],
    ['half an hour off', inZone('Asia/Kolkata', '20261125T000000', '20261125T040000'), '', '2026-11-24T18:30:00Z', '2026-11-24T22:30:00Z'],
    [
      'west of Greenwich',
      inZone('America/New_York', '20261125T000000', '20261125T040000'),
      '',
      '2026-11-25T05:00:00Z',
      '2026-11-25T09:00:00Z',
    ],
    [
      'in a zone described',
      inZone('Head office', '20260718T000000', '20260718T040000'),
      october,
      '2026-07-17T22:00:00Z',
      '2026-07-18T02:00:00Z',
    ],
    [
      'in a zone of Windows',
      inZone('W. Europe Standard Time', '20260718T000000', '20261025T040000'),
      WESTERN_EUROPE,
      '2026-07-17T22:00:00Z',
      '2026-10-25T03:00:00Z',
    ],
    [
      'in its winter',
      inZone('"Head office"', '20261125T000000', '20261125T040000'),
      october,
      '2026-11-24T23:00:00Z',
      '2026-11-25T03:00:00Z',
    ],
  ])('%s', (_, properties, zones, start, end) => {
    expect(counter(properties, zones)?.proposed).toEqual({ start: new Date(start), end: new Date(end) });
  });

  test.each([
    ['not told', 'SUMMARY:any other day', ''],
    ['whole days', 'DTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261126', ''],
    ['no zone', 'DTSTART:20261125T000000\r\nDTEND:20261125T040000', ''],
    ['a zone that nobody described', inZone('Head office', '20261125T000000', '20261125T040000'), ''],
    ['a zone without offsets', inZone('Head office', '20261125T000000', '20261125T040000'), october.replaceAll('TZOFFSETTO', 'X-TO')],
    ['a rule that would be counted for ever', inZone('Head office', '20261125T000000', '20261125T040000'), custom('RRULE:FREQ=SECONDLY')],
    [
      'a day that never comes',
      inZone('Head office', '20261125T000000', '20261125T040000'),
      custom('RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
    ],
    [
      'more rules than a zone has',
      inZone('Head office', '20261125T000000', '20261125T040000'),
      october.replace('END:STANDARD', `${'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n'.repeat(20)}END:STANDARD`),
    ],
    ['a zone without a name', inZone('Head office', '20261125T000000', '20261125T040000'), october.replace('TZID:Head office\n', '')],
    ['a zone name without end', inZone('a/'.repeat(100_000), '20261125T000000', '20261125T040000'), ''],
    ['the year 9999', inZone('Head office', '99991125T000000', '99991125T040000'), october],
    ['the 99th of November', 'DTSTART:20261199T000000Z\r\nDTEND:20261199T040000Z', ''],
    ['an end before the start', 'DTSTART:20261125T040000Z\r\nDTEND:20261125T000000Z', ''],
    ['no end', 'DTSTART:20261125T040000Z', ''],
    ['garbage', 'DTSTART:tomorrow\r\nDTEND:later', ''],
  ])('%s is none', (_, properties, zones) => {
    expect(counter(properties, zones)).toMatchObject({ method: 'COUNTER', attendee: 'noc@acme.example', proposed: undefined });
  });

  test('is nothing that a REPLY has', () => {
    expect(readCalendarAnswer(answer('DTSTART:20261125T000000Z\r\nDTEND:20261125T040000Z'))?.proposed).toBeUndefined();
  });
});

test('several comments are one, without control characters', () => {
  expect(readCalendarAnswer(answer(`${NOC}\r\nCOMMENT:one\\, \u0007two\r\nCOMMENT:three\\nfour`))?.comment).toBe('one,  two\nthree\nfour');
});

test('somebody asks for the invitation once more', () => {
  const asked = readCalendarAnswer(answer('ATTENDEE:mailto:noc@acme.example', { method: 'REFRESH' }));
  expect(asked).toMatchObject({ method: 'REFRESH', uid: UID, attendee: 'noc@acme.example' });
});

test('the UID comes back as we wrote it', () => {
  const uid = 'a;b,c\\d@carrier.example';
  const invitation = calendarObject('REQUEST', [maintenanceEvent({ uid })]);
  expect(readCalendarAnswer(invitation.replace('METHOD:REQUEST', 'METHOD:REPLY'))).toMatchObject({ uid, attendee: 'noc@acme.example' });
});

describe('no answer', () => {
  test.each([
    ['our own invitation', calendarObject('REQUEST', [maintenanceEvent()])],
    ['a calendar without a method', answer(NOC).replace('METHOD:REPLY\r\n', '')],
    ['a task', answer(NOC).replaceAll('VEVENT', 'VTODO')],
    ['no UID', answer(NOC).replace(`UID:${UID}`, 'UID:')],
    ['a calendar that breaks off', answer(NOC).replace('END:VCALENDAR', '')],
    ['an event that does not end', answer(NOC).replace('END:VEVENT', '')],
    ['a business card', answer(NOC).replaceAll('VCALENDAR', 'VCARD')],
    ['more than a diary says', answer(`${NOC}\r\nX-LONG:${'x'.repeat(1_000_000)}`)],
    ['an out-of-office note', 'I am away until Monday.'],
    ['nothing', ''],
  ])('%s', (_, text) => expect(readCalendarAnswer(text)).toBeUndefined());

  test('nor a throw, whatever is left out, doubled or put in', () => {
    const lines = [...OUTLOOK_COUNTER.split('\r\n'), ...GOOGLE.split('\r\n')];
    const line = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...lines) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.nat(lines.length), (odd, at) => {
        const text = [...lines.slice(0, at), ...odd, ...lines.slice(at)].join('\r\n');
        const read = readCalendarAnswer(text);
        expect(read === undefined || read.uid !== '').toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});
