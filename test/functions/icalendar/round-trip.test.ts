import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';
import { describe, expect, test } from 'vitest';
import { calendarObject } from '../../../functions/icalendar/calendar-object.ts';
import { IMPACTS, type MaintenanceEvent } from '../../../functions/icalendar/maintenance.ts';
import { cleanLine, cleanName, cleanText } from '../../../functions/icalendar/text.ts';
import { contentLines, outline } from './content-lines.ts';
import { maintenanceEvent } from './maintenance-event.ts';

/** What has broken calendars before, and plain characters of every kind between it. */
const PIECES = [
  ...['END:VEVENT', 'BEGIN:VALARM', '\r\nEND:VEVENT\r\n', '\nATTENDEE:mailto:evil@evil.example', 'X-MAINTNOTE-STATUS:CANCELLED'],
  ...['\r\n', '\n', '\r', '\t', ' ', '\u0000', '\u0007', '\u001b[2J', '\u0085', '\u2028', '\u00a0', '\u200b', '\ud83d', '\udfff'],
  ...[',', ';', ':', '"', '\\', '\\n', '\\,', '^', '^n', "^'", '=', '%', '{uid}', '{summary}', '$&', '$1', '__proto__'],
  ...['日本語の工事', '🛠️', '👩‍👩‍👧', 'e\u0301\u0327', 'ﷺ', '\u202eabc', 'ü', 'plain words', 'FRA/LON/IP-0001'],
];

const RUNS = { numRuns: process.env.LONG === '1' ? 5_000 : 100 };

const nasty = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 })
  .map((a) => a.join(''));
/** For what must not be empty. */
const needed = nasty.map((text) => `x${text}`);
const time = fc.integer({ min: 0, max: Date.parse('2100-12-31T00:00:00Z') / 1000 });

const event = fc
  .record({
    uid: needed,
    sequence: fc.nat(),
    start: time,
    minutes: fc.integer({ min: 1, max: 10_000 }),
    summary: nasty,
    description: nasty,
    location: nasty,
    organizer: nasty,
    attendee: nasty,
    account: needed,
    maintenanceId: needed,
    objects: fc.array(fc.record({ id: needed, impact: fc.constantFrom(...IMPACTS) }), { minLength: 1, maxLength: 5 }),
    alarm: needed,
  })
  .map(({ start, minutes, organizer, attendee, alarm, ...texts }) =>
    maintenanceEvent({
      ...texts,
      stamp: new Date(start * 1000),
      start: new Date(start * 1000),
      end: new Date((start + minutes * 60) * 1000),
      organizer: { name: organizer, email: 'planned-works@carrier.example' },
      attendee: { name: attendee, email: 'noc@acme.example' },
      alarm: { minutesBefore: minutes, text: alarm },
    }),
  );

/** The same, in what node-ical can read: it takes `\\n` for a line break and quotes around a whole text, and `;` in a name, for its own. */
const plainerEvent = event.map((given) => JSON.parse(JSON.stringify(given).replace(/\\\\|;|\\"/g, '/')) as MaintenanceEvent).map(revived);

describe('what is written is read', () => {
  test('by ical.js', () => fc.assert(fc.property(event, readByIcalJs), RUNS));

  test('by node-ical', () => fc.assert(fc.property(plainerEvent, readByNodeIcal), RUNS));

  test('at 10,000 characters in every text', () => {
    const long = PIECES.join(' ').repeat(40).slice(0, 10_000);
    const given = maintenanceEvent({
      ...{ uid: long, summary: long, description: long, location: long, account: long, maintenanceId: long, provider: long },
      objects: [{ id: long, impact: 'outage' }],
      organizer: { name: long, email: 'planned-works@carrier.example' },
      attendee: { name: long, email: 'noc@acme.example' },
      alarm: { minutesBefore: 60, text: long },
    });
    readByIcalJs(given);
  });
});

test('no text adds, takes or moves a line', () => {
  const plain = outline(calendarObject('REQUEST', [maintenanceEvent()]));
  fc.assert(
    fc.property(event, ({ objects, ...given }) => {
      const object = calendarObject('REQUEST', [maintenanceEvent({ ...given, location: `x${given.location}` })]);
      expect(outline(object)).toEqual(plain);
    }),
  );
});

function readByIcalJs(given: MaintenanceEvent): void {
  const object = calendarObject('REQUEST', [given]);
  contentLines(object);
  const calendar = new ICAL.Component(ICAL.parse(object));
  expect(calendar.getAllSubcomponents()).toHaveLength(1);
  const read = calendar.getFirstSubcomponent('vevent');
  if (!read) throw new Error('no event was read');
  const value = (name: string) => read.getFirstPropertyValue(name);
  const time = (name: string) => (value(name) as ICAL.Time).toJSDate();
  expect({
    uid: value('uid'),
    sequence: value('sequence'),
    times: [time('dtstart'), time('dtend'), time('dtstamp')],
    summary: value('summary'),
    description: value('description'),
    location: value('location') ?? '',
    organizer: read.getFirstProperty('organizer')?.getFirstParameter('cn') ?? '',
    attendee: read.getFirstProperty('attendee')?.getFirstParameter('cn') ?? '',
    account: text(value('x-maintnote-account')),
    maintenanceId: text(value('x-maintnote-maintenance-id')),
    objects: read.getAllProperties('x-maintnote-object-id').map((property) => ({
      id: text(property.getFirstValue()),
      impact: property.getFirstParameter('x-maintnote-object-impact')?.toLowerCase(),
    })),
    alarm: read.getFirstSubcomponent('valarm')?.getFirstPropertyValue('description'),
  }).toEqual({
    uid: cleanLine(given.uid),
    sequence: given.sequence,
    times: [given.start, given.end, given.stamp],
    summary: cleanLine(given.summary),
    description: cleanText(given.description),
    location: cleanLine(given.location ?? ''),
    organizer: cleanName(given.organizer.name),
    attendee: cleanName(given.attendee?.name ?? ''),
    account: cleanLine(given.account),
    maintenanceId: cleanLine(given.maintenanceId),
    objects: given.objects.map(({ id, impact }) => ({ id: cleanLine(id), impact })),
    alarm: cleanLine(given.alarm?.text ?? ''),
  });
}

/** ical.js leaves values of X- properties as they are written. */
function text(value: unknown): unknown {
  return ICAL.parse.property(`SUMMARY:${value}`)[3];
}

function readByNodeIcal(given: MaintenanceEvent): void {
  const read = Object.values(nodeIcal.sync.parseICS(calendarObject('REQUEST', [given]))).filter(
    (component): component is VEvent => component?.type === 'VEVENT',
  );
  expect(read).toHaveLength(1);
  const [found] = read;
  expect({
    uid: found?.uid,
    sequence: Number(found?.sequence),
    times: [found?.start.getTime(), found?.end?.getTime()],
    summary: found?.summary,
    description: found?.description,
    location: found?.location ?? '',
  }).toEqual({
    uid: cleanLine(given.uid),
    sequence: given.sequence,
    times: [given.start.getTime(), given.end.getTime()],
    summary: cleanLine(given.summary),
    description: cleanText(given.description),
    location: cleanLine(given.location ?? ''),
  });
}

function revived({ stamp, start, end, ...rest }: MaintenanceEvent): MaintenanceEvent {
  return { ...rest, stamp: new Date(stamp), start: new Date(start), end: new Date(end) };
}
