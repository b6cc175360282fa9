import { describe, expect, it } from 'vitest';
import { calendarFaults } from './calendar-bytes.ts';
import { type LetterParts, letter } from './letter.ts';

const GOOD: readonly [what: string, parts: LetterParts][] = [
  ['a first invitation', {}],
  ['a change', { sequence: 3, references: 'first@mail.example' }],
  ['a cancel of the works', { method: 'CANCEL', status: 'CANCELLED' }],
  ['a cancel for one who leaves', { method: 'CANCEL', status: null }],
  ['works in process', { status: 'IN-PROCESS' }],
  ['data only', { method: null, lines: without('ATTENDEE', 'ORGANIZER') }],
  [
    'an answer to a counter-proposal',
    { method: 'DECLINECOUNTER', status: null, objects: {}, lines: without('X-MAINTNOTE', 'TRANSP', 'DTSTART', 'DTEND') },
  ],
  ['one circuit', { objects: { 'SIP-1': 'NO-IMPACT' }, impact: 'NO-IMPACT' }],
  ['an alarm at an instant', { alarm: '20261208T000000Z', lines: replaced('TRIGGER:', 'TRIGGER;VALUE=DATE-TIME:') }],
  [
    'a list of circuits beside it',
    { email: (text) => text.replace('--outer--', '--outer\r\nContent-Type: text/csv\r\n\r\nid\r\n--outer--') },
  ],
];

/** Each spoils one thing, and the judge must name it. */
const BAD: readonly [what: string, parts: LetterParts, fault: RegExp][] = [
  ['a bare LF in the email', { email: (text) => text.replace('MIME-Version: 1.0\r\n', 'MIME-Version: 1.0\n') }, /line of the email ends/],
  ['a bare LF in the calendar', { calendar: (text) => text.replace('VERSION:2.0\r\n', 'VERSION:2.0\n') }, /ends with a bare CR or LF/],
  ['a bare CR in a text', { lines: replaced('SUMMARY:', 'SUMMARY:\r') }, /bare CR/],
  ['no line break at the end', { calendar: (text) => text.slice(0, -2) }, /last line/],
  ['an empty line', { calendar: (text) => text.replace('VERSION', '\r\nVERSION') }, /empty/],
  ['a line of 76 octets', { calendar: (text) => text.replace('VERSION:2.0', `VERSION:2.0\r\nX-LONG:${'x'.repeat(69)}`) }, /76 octets/],
  [
    'a line of 75 characters and more octets',
    { calendar: (text) => text.replace('VERSION:2.0', `VERSION:2.0\r\nX-L:${'ü'.repeat(71)}`) },
    /octets/,
  ],
  ['a fold within a character', { email: cutting('ß') }, /cuts a character/],
  ['a control character', { lines: replaced('SUMMARY:', 'SUMMARY:\u0007') }, /control character/],
  ['no method parameter', { email: (text) => text.replace('; method=REQUEST', '') }, /parameter method is missing/],
  ['another method parameter', { email: (text) => text.replace('method=REQUEST', 'method=CANCEL') }, /METHOD is REQUEST/],
  [
    'a method parameter of data only',
    {
      method: null,
      email: (text) =>
        text.replace(
          'charset=utf-8\r\nContent-Transfer-Encoding: base64',
          'charset=utf-8; method=REQUEST\r\nContent-Transfer-Encoding: base64',
        ),
    },
    /METHOD is missing/,
  ],
  ['no charset', { email: (text) => text.replace('text/calendar; charset=utf-8', 'text/calendar') }, /charset is missing/],
  ['calendar before HTML', { email: swapped }, /the parts are mixed\(alternative\(plain, calendar, html\)\)/],
  ['no alternative', { email: (text) => text.replace('multipart/alternative', 'multipart/mixed') }, /the parts are/],
  [
    'two calendar parts',
    { email: (text) => text.replace('--outer--', '--outer\r\nContent-Type: text/calendar\r\n\r\nx\r\n--outer--') },
    /2 parts of type text\/calendar/,
  ],
  ['no calendar part', { email: (text) => text.replace('text/calendar', 'application/ics') }, /0 parts of type text\/calendar/],
  ['two recipients', { email: (text) => text.replace('To: noc@', 'To: boss@customer.example, noc@') }, /one recipient/],
  ['a copy to somebody', { email: (text) => text.replace('Subject:', 'Cc: boss@customer.example\r\nSubject:') }, /copied in/],
  ['no Auto-Submitted', { email: (text) => text.replace('Auto-Submitted: auto-generated\r\n', '') }, /Auto-Submitted is missing/],
  ['nobody to reply to', { email: (text) => text.replace(/Reply-To: .*\r\n/, '') }, /0 headers Reply-To/],
  ['a header in raw UTF-8', { email: (text) => text.replace('Subject: ', 'Subject: \u00fc') }, /not ASCII/],
  ['another attendee', { lines: replaced('mailto:noc@', 'mailto:boss@') }, /ATTENDEE is boss@/],
  [
    'two attendees',
    { lines: (lines) => [...lines.slice(0, 3), 'ATTENDEE:mailto:boss@customer.example', ...lines.slice(3)] },
    /boss@customer.example and noc@/,
  ],
  ['an answer to a counter-proposal without attendee', { method: 'DECLINECOUNTER', lines: without('ATTENDEE') }, /ATTENDEE is missing/],
  ['no attendee', { lines: without('ATTENDEE') }, /ATTENDEE is missing/],
  ['another organizer', { lines: replaced('mailto:planned-works@', 'mailto:billing@') }, /ORGANIZER is billing@/],
  ['no organizer', { lines: without('ORGANIZER') }, /ORGANIZER is missing/],
  ['a local time', { lines: replaced('DTSTART:20261208T230000Z', 'DTSTART:20261208T230000') }, /DTSTART and DTEND in UTC/],
  ['no end', { lines: without('DTEND') }, /DTSTART and DTEND in UTC/],
  ['an end before the start', { end: '2026-12-08T22:00:00Z' }, /not after DTSTART/],
  ['two events', { lines: (lines) => [...lines, ...lines] }, /exactly one VEVENT/],
  [
    'an event that a text has closed',
    { lines: replaced('\\nFenster', '\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nX-A:Fenster') },
    /exactly one VEVENT/,
  ],
  ['a line that is no property', { lines: replaced('SUMMARY:', 'SUM MARY:') }, /no content line/],
  [
    'a time zone in the calendar',
    { lines: (lines) => ['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'END:VTIMEZONE', ...lines] },
    /exactly one VEVENT/,
  ],
  ['no UID', { lines: without('UID') }, /UID is missing/],
  ['two UIDs', { lines: (lines) => [...lines.slice(0, 2), 'UID:other', ...lines.slice(2)] }, /several UID/],
  ['a negative SEQUENCE', { sequence: -1 }, /SEQUENCE is -1/],
  ['no SEQUENCE', { lines: without('SEQUENCE') }, /SEQUENCE is missing/],
  [
    'a DTSTAMP of another day',
    { lines: replaced('DTSTAMP:20261102', 'DTSTAMP:20261101') },
    /DTSTAMP is 20261101T090000Z, the email left at/,
  ],
  ['an unescaped comma', { lines: replaced('upgrade\\,', 'upgrade,') }, /SUMMARY is not escaped/],
  ['a lone backslash', { lines: replaced('upgrade\\,', 'upgrade\\x') }, /SUMMARY is not escaped/],
  ['no SUMMARY', { lines: without('SUMMARY') }, /no SUMMARY/],
  ['a busy time', { lines: replaced('TRANSP:TRANSPARENT', 'TRANSP:OPAQUE') }, /TRANSP is OPAQUE/],
  ['no TRANSP', { lines: without('TRANSP') }, /TRANSP is missing/],
  ['a busy status', { lines: replaced('BUSYSTATUS:FREE', 'BUSYSTATUS:BUSY') }, /not FREE/],
  ['a REQUEST that is cancelled', { status: 'CANCELLED' }, /STATUS of a REQUEST is CANCELLED/],
  ['a CANCEL that is confirmed', { method: 'CANCEL', status: 'CONFIRMED' }, /STATUS of a CANCEL is CONFIRMED/],
  ['a status that iCalendar lacks', { lines: replaced('STATUS:CONFIRMED', 'STATUS:IN-PROCESS') }, /STATUS/],
  ['a REQUEST without STATUS', { status: null }, /STATUS of a REQUEST is missing/],
  ['an alarm in a CANCEL', { method: 'CANCEL', status: 'CANCELLED', alarm: '-PT24H' }, /alarm in a CANCEL/],
  [
    'an alarm in data about a cancel',
    { method: null, status: 'CANCELLED', alarm: '-PT24H' },
    /alarm in a message of works that are CANCELLED/,
  ],
  ['an alarm when works are done', { status: 'COMPLETED', alarm: '-PT24H' }, /alarm in a message of works that are COMPLETED/],
  ['an alarm in the past', { sentAt: '2026-12-08T00:00:00Z' }, /alarm in the past/],
  [
    'an alarm at an instant in the past',
    { alarm: '20261101T000000Z', lines: replaced('TRIGGER:', 'TRIGGER;VALUE=DATE-TIME:') },
    /alarm in the past/,
  ],
  ['an alarm that sends email', { lines: replaced('ACTION:DISPLAY', 'ACTION:EMAIL') }, /display alarm/],
  ['an alarm without words', { lines: (lines) => lines.filter((line) => line !== 'DESCRIPTION:CRQ-1001') }, /display alarm/],
  ['a method that nobody asked for', { method: 'REPLY' }, /METHOD is REPLY/],
  ['no note', { lines: (lines) => lines.filter((line) => !line.startsWith('X-MAINTNOTE')) }, /no X-MAINTNOTE/],
  [
    'a note of another provider',
    { lines: replaced('PROVIDER:carrier.example', 'PROVIDER:other.example') },
    /X-MAINTNOTE-PROVIDER is other.example/,
  ],
];

describe('The judge of bytes', () => {
  it.each(GOOD)('lets pass %s', (_, parts) => {
    expect(calendarFaults(letter(parts))).toEqual([]);
  });

  it.each(BAD)('catches %s', (_, parts, fault) => {
    expect(calendarFaults(letter(parts))).toContainEqual(expect.stringMatching(fault));
  });
});

function without(...names: string[]) {
  return (lines: readonly string[]) => lines.filter((line) => !names.some((name) => line.startsWith(name)));
}

/** Replaces in the first line that has it. */
function replaced(from: string, to: string) {
  return (lines: readonly string[]) => {
    const place = lines.findIndex((line) => line.includes(from));
    return lines.map((line, index) => (index === place ? line.replace(from, to) : line));
  };
}

/** Puts a fold between the octets of a character; only bytes can hold that. */
function cutting(character: string) {
  return (email: string) => {
    const [all = '', head = '', base64 = ''] = /(base64\r\n\r\n)([\s\S]*?)(?=\r\n--inner--)/.exec(email) ?? [];
    const [first = 0, second = 0] = Buffer.from(character);
    const bytes = Buffer.from(base64, 'base64').toString('latin1');
    const pair = String.fromCharCode(first, second);
    const cut = bytes.replace(pair, `${pair[0]}\r\n ${pair[1]}`);
    return email.replace(all, `${head}${Buffer.from(cut, 'latin1').toString('base64')}`);
  };
}

function swapped(email: string): string {
  const [, html = '', calendar = ''] =
    /(--inner\r\nContent-Type: text\/html[\s\S]*?)(--inner\r\nContent-Type: text\/calendar[\s\S]*?)--inner--/.exec(email) ?? [];
  return email.replace(html + calendar, calendar + html);
}
