import { describe, expect, test } from 'vitest';
import { calendarObject, calendarWriter, type Method } from '../../../functions/icalendar/calendar-object.ts';
import { IMPACTS, type Impact, type MaintenanceEvent, type MaintenanceStatus, worstOf } from '../../../functions/icalendar/maintenance.ts';
import { contentLines, linesOf, outline } from './content-lines.ts';
import { feedEvent, maintenanceEvent } from './maintenance-event.ts';

const request = (differing: Partial<MaintenanceEvent> = {}) => calendarObject('REQUEST', [maintenanceEvent(differing)]);

test('an invitation', () => {
  expect(contentLines(request())).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'PRODID:-//carrierpost//Planned works//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:crq-1001-w1-o4711@carrier.example',
    'SUMMARY:CRQ-1001 confirmed: 18 Nov 2026\\, 00:00-04:00 CET',
    'DTSTART:20261117T230000Z',
    'DTEND:20261118T030000Z',
    'SEQUENCE:0',
    'DESCRIPTION:Replacement of a line card.\\nTwo circuits are affected.',
    'STATUS:CONFIRMED',
    'X-MICROSOFT-CDO-BUSYSTATUS:FREE',
    'TRANSP:TRANSPARENT',
    'LOCATION:Frankfurt',
    'URL:https://carrier.example/works/CRQ-1001',
    'ORGANIZER;CN="Planned works":mailto:planned-works@carrier.example',
    'X-MAINTNOTE-PROVIDER:carrier.example',
    'X-MAINTNOTE-ACCOUNT:O4711',
    'X-MAINTNOTE-MAINTENANCE-ID:CRQ-1001',
    'X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=DEGRADED:FRA/LON/IP-0001',
    'X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:FRA/LON/IP-0002',
    'X-MAINTNOTE-IMPACT:OUTAGE',
    'X-MAINTNOTE-STATUS:CONFIRMED',
    'DTSTAMP:20261102T090000Z',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Network operations":mailto:noc@acme.example',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:Planned works begin in an hour',
    'TRIGGER:-PT60M',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
});

test('a counter-proposal is declined without a word about the event (RFC 5546, 3.2.8)', () => {
  const object = calendarObject('DECLINECOUNTER', [maintenanceEvent({ sequence: 3, alarm: undefined })]);
  expect(contentLines(object).slice(4)).toEqual([
    'METHOD:DECLINECOUNTER',
    'BEGIN:VEVENT',
    'UID:crq-1001-w1-o4711@carrier.example',
    'SEQUENCE:3',
    'ORGANIZER;CN="Planned works":mailto:planned-works@carrier.example',
    'DTSTAMP:20261102T090000Z',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Network operations":mailto:noc@acme.example',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
});

describe('status', () => {
  const written: [MaintenanceStatus, Method | undefined, string, string][] = [
    ['tentative', 'REQUEST', 'TENTATIVE', 'TENTATIVE'],
    ['confirmed', 'REQUEST', 'CONFIRMED', 'CONFIRMED'],
    ['in-process', 'REQUEST', 'CONFIRMED', 'IN-PROCESS'],
    ['completed', 'REQUEST', 'CONFIRMED', 'COMPLETED'],
    ['cancelled', 'CANCEL', 'CANCELLED', 'CANCELLED'],
    ['cancelled', 'PUBLISH', 'CANCELLED', 'CANCELLED'],
    ['cancelled', undefined, 'CANCELLED', 'CANCELLED'],
  ];
  test.each(written)('%s in a %s is STATUS:%s and X-MAINTNOTE-STATUS:%s', (status, method, inDiary, inTools) => {
    const event = maintenanceEvent({ status, alarm: undefined, ...(method === 'PUBLISH' && { attendee: undefined }) });
    const object = calendarObject(method, [event]);
    expect(linesOf(object, 'STATUS')).toEqual([`STATUS:${inDiary}`]);
    expect(linesOf(object, 'X-MAINTNOTE-STATUS')).toEqual([`X-MAINTNOTE-STATUS:${inTools}`]);
  });

  test('a cancel repeats the maintenance', () => {
    const { alarm, ...event } = maintenanceEvent({ status: 'cancelled' });
    const notification = (object: string) => contentLines(object).filter((line) => /^X-MAINTNOTE-(?!STATUS)/.test(line));
    expect(notification(calendarObject('CANCEL', [event]))).toEqual(notification(request({ alarm })));
  });

  test('the cancel for a contact who leaves says nothing about the maintenance itself', () => {
    const object = calendarObject('CANCEL', [maintenanceEvent({ status: undefined, alarm: undefined })]);
    expect(object).not.toContain('STATUS:C');
    expect(linesOf(object, 'X-MAINTNOTE-STATUS')).toEqual([]);
    expect(linesOf(object, 'X-MAINTNOTE-MAINTENANCE-ID')).toEqual(['X-MAINTNOTE-MAINTENANCE-ID:CRQ-1001']);
    expect(linesOf(object, 'X-MAINTNOTE-OBJECT-ID')).toHaveLength(2);
  });

  const refused: [Method, MaintenanceStatus | undefined, string][] = [
    ['REQUEST', 'cancelled', 'A REQUEST cannot have the status cancelled: tentative, confirmed, in-process, completed is expected'],
    ['REQUEST', undefined, 'A REQUEST cannot have the status undefined'],
    ['PUBLISH', undefined, 'A PUBLISH cannot have the status undefined'],
    ['CANCEL', 'confirmed', 'A CANCEL cannot have the status confirmed: cancelled, none is expected'],
  ];
  test.each(refused)('%s with %s is refused', (method, status, reason) => {
    const event = maintenanceEvent({ status, alarm: undefined });
    expect(() => calendarObject(method, [event])).toThrow(reason);
  });
});

describe('impact', () => {
  test.each<[Impact[], Impact]>([
    [['no-impact', 'reduced-redundancy'], 'reduced-redundancy'],
    [['degraded', 'reduced-redundancy', 'no-impact'], 'degraded'],
    [['degraded', 'outage', 'degraded'], 'outage'],
    [[], 'no-impact'],
  ])('the worst of %j is %s', (impacts, worst) => expect(worstOf(impacts)).toBe(worst));

  test.each(IMPACTS)('a single circuit has the impact of the whole: %s', (impact) => {
    const object = request({ objects: [{ id: 'IP-1', impact }] });
    const word = impact.toUpperCase();
    expect(linesOf(object, 'X-MAINTNOTE-OBJECT-ID')).toEqual([`X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=${word}:IP-1`]);
    expect(linesOf(object, 'X-MAINTNOTE-IMPACT')).toEqual([`X-MAINTNOTE-IMPACT:${word}`]);
  });

  test('300 circuits stand in one event, in their order', () => {
    const objects = Array.from({ length: 300 }, (_, n) => ({ id: `FRA/LON/IP-${n}`, impact: IMPACTS[n % 3] ?? 'outage' }));
    const object = request({ objects, description: objects.map(({ id }) => `${id}, Frankfurt; London`).join('\n') });
    expect(linesOf(object, 'X-MAINTNOTE-OBJECT-ID').map((line) => line.split(':')[1])).toEqual(objects.map(({ id }) => id));
    expect(linesOf(object, 'BEGIN').filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(linesOf(object, 'X-MAINTNOTE-IMPACT')).toEqual(['X-MAINTNOTE-IMPACT:DEGRADED']);
  });
});

describe('times are in UTC', () => {
  test.each([
    ['the night when Berlin repeats an hour', '2026-10-24T23:30:00Z', '2026-10-25T01:30:00Z', '20261024T233000Z', '20261025T013000Z'],
    ['the night when Berlin skips an hour', '2026-03-29T00:30:00Z', '2026-03-29T02:00:00Z', '20260329T003000Z', '20260329T020000Z'],
    ['1970', '1970-01-01T00:00:00Z', '1970-01-01T04:00:00Z', '19700101T000000Z', '19700101T040000Z'],
    ['2100, no leap year', '2100-02-28T23:00:00Z', '2100-03-01T03:00:00Z', '21000228T230000Z', '21000301T030000Z'],
    ['parts of a second are left out', '2026-11-18T00:00:00.999Z', '2026-11-18T04:00:00.001Z', '20261118T000000Z', '20261118T040000Z'],
  ])('%s', (_, start, end, dtstart, dtend) => {
    const object = request({ start: new Date(start), end: new Date(end), stamp: new Date(start) });
    expect(linesOf(object, 'DTSTART')).toEqual([`DTSTART:${dtstart}`]);
    expect(linesOf(object, 'DTEND')).toEqual([`DTEND:${dtend}`]);
    expect(linesOf(object, 'DTSTAMP')).toEqual([`DTSTAMP:${dtstart}`]);
  });
});

describe('a feed', () => {
  test('names no attendee, says how often to come again, and holds every event', () => {
    const events = [feedEvent(), feedEvent({ uid: 'second@carrier.example', status: 'tentative', alarm: undefined })];
    const object = calendarObject('PUBLISH', events, { name: 'Carrier; planned works' });
    expect(contentLines(object).slice(4, 9)).toEqual([
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Carrier\\; planned works',
      'REFRESH-INTERVAL;VALUE=DURATION:PT5M',
      'X-PUBLISHED-TTL:PT5M',
      'BEGIN:VEVENT',
    ]);
    expect(linesOf(object, 'UID')).toEqual(['UID:crq-1001-w1-o4711@carrier.example', 'UID:second@carrier.example']);
    expect(linesOf(object, 'ORGANIZER')).toHaveLength(2);
    expect(linesOf(object, 'ATTENDEE')).toEqual([]);
  });

  test('of nothing is a calendar all the same, with the one component that it must have (RFC 5545, 3.6)', () => {
    expect(outline(calendarObject('PUBLISH', []))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION',
      'CALSCALE',
      'PRODID',
      'METHOD',
      'REFRESH-INTERVAL',
      'X-PUBLISHED-TTL',
      'BEGIN:VTIMEZONE',
      'TZID',
      'BEGIN:STANDARD',
      'DTSTART',
      'TZOFFSETFROM',
      'TZOFFSETTO',
      'END:STANDARD',
      'END:VTIMEZONE',
      'END:VCALENDAR',
    ]);
  });
});

test('data only: no method, and nobody is asked for an answer', () => {
  const object = calendarObject(undefined, [maintenanceEvent()]);
  expect(outline(object)).not.toContain('METHOD');
  expect(outline(object)).not.toContain('X-PUBLISHED-TTL');
  expect(linesOf(object, 'ATTENDEE')).toEqual(['ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Network operations":mailto:noc@acme.example']);
});

describe('names and addresses', () => {
  test.each([
    ['Acme "Networks"; Berlin, Mitte', `CN="Acme 'Networks'; Berlin, Mitte":mailto:`],
    ['x":mailto:evil@evil.example\r\nATTENDEE:mailto:y', `CN="x':mailto:evil@evil.example ATTENDEE:mailto:y":mailto:`],
    ['ends with \\', 'CN="ends with /":mailto:'],
    ['   ', 'RSVP=TRUE:mailto:'],
  ])('%j', (name, written) => {
    const lines = linesOf(request({ attendee: { name, email: 'noc@acme.example' } }), 'ATTENDEE');
    expect(lines).toEqual([expect.stringMatching(/:mailto:noc@acme\.example$/)]);
    expect(lines[0]).toContain(written);
  });

  test.each([
    ['50%off?@acme.example', 'mailto:50%25off%3F@acme.example'],
    ['noc@acme.example\r\nX-EVIL:1', 'mailto:noc@acme.exampleX-EVIL:1'],
    ['büro@müller.example', 'mailto:büro@müller.example'],
  ])('%j', (email, written) => {
    expect(linesOf(request({ organizer: { name: '', email } }), 'ORGANIZER')).toEqual([`ORGANIZER:${written}`]);
  });
});

describe('alarms', () => {
  test('an alarm without words has the summary', () => {
    const object = request({ summary: 'CRQ-1001; London', alarm: { minutesBefore: 1440, text: ' \n ' } });
    expect(contentLines(object)).toContain('TRIGGER:-PT1440M');
    expect(linesOf(object, 'DESCRIPTION').at(-1)).toBe('DESCRIPTION:CRQ-1001\\; London');
  });

  test('no alarm, no VALARM', () => expect(outline(request({ alarm: undefined }))).not.toContain('BEGIN:VALARM'));
});

describe('refused', () => {
  const alarm = { minutesBefore: 60, text: 'soon' };
  test.each<[string, Method | undefined, Partial<MaintenanceEvent>]>([
    ['A CANCEL has no alarm', 'CANCEL', { status: 'cancelled', alarm }],
    ['A DECLINECOUNTER has no alarm', 'DECLINECOUNTER', { alarm }],
    ['A REQUEST is for one attendee, who is missing', 'REQUEST', { attendee: undefined }],
    ['A CANCEL is for one attendee, who is missing', 'CANCEL', { status: undefined, alarm: undefined, attendee: undefined }],
    ['A PUBLISH names no attendee: noc@acme.example is not expected', 'PUBLISH', {}],
    ['The end is 20261117T230000Z: a time after the start, 20261117T230000Z, is expected', 'REQUEST', { end: maintenanceEvent().start }],
    ['The start is Invalid Date', 'REQUEST', { start: new Date(Number.NaN) }],
    ['The end is +0100', 'REQUEST', { end: new Date('+010000-01-01T00:00:00Z') }],
    ['The sequence is -1: a whole number from 0 to 2147483647 is expected', 'REQUEST', { sequence: -1 }],
    ['The sequence is 1.5', 'REQUEST', { sequence: 1.5 }],
    ['The uid is " ", which says nothing', 'REQUEST', { uid: ' ' }],
    ['The maintenanceId is "\\n", which says nothing', 'REQUEST', { maintenanceId: '\n' }],
    ['The id of an object is "", which says nothing', 'REQUEST', { objects: [{ id: '', impact: 'outage' }] }],
    ['The organizer\'s email is "nobody": an address is expected', 'REQUEST', { organizer: { name: 'x', email: 'nobody' } }],
    ['The url is "javascript:alert(1)": a web address is expected', 'REQUEST', { url: 'javascript:alert(1)' }],
    ["The alarm's minutesBefore is 0: a whole number from 1 to 40320 is expected", 'REQUEST', { alarm: { minutesBefore: 0, text: 'now' } }],
  ])('%s', (reason, method, differing) => {
    expect(() => calendarObject(method, [maintenanceEvent(differing)])).toThrow(reason);
    expect(() => calendarObject(method, [maintenanceEvent(differing)])).toThrow(RangeError);
  });

  test('a REQUEST about two events', () => {
    expect(() => calendarObject('REQUEST', [maintenanceEvent(), maintenanceEvent()])).toThrow('A REQUEST is about one event: 2');
  });
});

describe('a writer for many recipients', () => {
  test.each<[Method | undefined, Partial<MaintenanceEvent>]>([
    ['REQUEST', {}],
    ['CANCEL', { status: 'cancelled', alarm: undefined }],
    ['CANCEL', { status: undefined, alarm: undefined }],
    [undefined, { location: undefined, url: undefined }],
  ])('%s: writes the same bytes for each of them', (method, differing) => {
    const { attendee, stamp, ...shared } = maintenanceEvent({ ...differing, summary: '{stamp} {uid} $& 日本語' });
    const write = calendarWriter(method, shared);
    for (const name of ['Anna', 'Jörg "Noc" 🛠', '']) {
      const recipient = { name, email: `${name.length}@acme.example` };
      const later = new Date(stamp.getTime() + name.length * 1000);
      expect(write(recipient, later)).toBe(calendarObject(method, [{ ...shared, attendee: recipient, stamp: later }]));
    }
  });

  test('asks for an attendee too', () => {
    expect(() => calendarWriter('REQUEST', maintenanceEvent())(undefined, new Date(0))).toThrow('A REQUEST is for one attendee');
  });
});
