import type { EventStatus } from 'ics';
import type { Mailbox, MaintenanceEvent, MaintenanceStatus } from './maintenance.ts';
import { checkAttendee, checkEvent, type Method } from './method.ts';
import { attendeeProperty, calendarProperties, eventProperties, needed } from './properties.ts';
import { type Skeleton, skeletonOf } from './skeleton.ts';
import { cleanLine, cleanText, contentLine, escapeText } from './text.ts';

export type { Mailbox } from './maintenance.ts';
export type { Method } from './method.ts';

/** An event as all its recipients share it. */
export type SharedEvent = Omit<MaintenanceEvent, 'stamp' | 'attendee'>;

/** What iCalendar has no word for (in process, completed) is told by X-MAINTNOTE-STATUS alone. */
const STATUS: Record<MaintenanceStatus, EventStatus> = {
  tentative: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  'in-process': 'CONFIRMED',
  completed: 'CONFIRMED',
  cancelled: 'CANCELLED',
};
const HIGHEST_SEQUENCE = 2 ** 31 - 1;
const LONGEST_ALARM = 4 * 7 * 24 * 60;

/** A calendar needs a component (RFC 5545, 3.6): one that is empty for now describes the zone that its times would be in. */
const NOTHING = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/**
 * One iCalendar object (RFC 5545): CRLF, folded at 75 octets, all texts cleaned and escaped, times in UTC, with the maintenance notification
 * (MAINTNOTE) in each event.
 * @param method what the reader is asked to do (RFC 5546); undefined: data only
 * @param options `name`: what a diary calls the calendar
 * @throws RangeError naming the field, for an event that cannot be written with this method
 */
export function calendarObject(
  method: Method | undefined,
  events: readonly MaintenanceEvent[],
  options: { readonly name?: string | undefined } = {},
): string {
  if (method && method !== 'PUBLISH' && events.length !== 1) {
    throw new RangeError(`A ${method} is about one event: ${events.length} are not expected`);
  }
  const written = events.map((event) => eventWriter(method, event)(event.attendee, event.stamp));
  return inCalendar(method, options.name, written.length > 0 ? written.join('') : folded(NOTHING));
}

/**
 * Writes one event for many recipients, each time the same bytes as `calendarObject`; what they share is made once.
 * @throws RangeError naming the field, for an event that cannot be written with this method
 */
export function calendarWriter(method: Method | undefined, event: SharedEvent): (attendee: Mailbox | undefined, stamp: Date) => string {
  const write = eventWriter(method, event);
  return (attendee, stamp) => inCalendar(method, undefined, write(attendee, stamp));
}

function inCalendar(method: Method | undefined, name: string | undefined, events: string): string {
  const { head } = skeletonOf({ method, status: undefined, alarm: false });
  return `${folded([...head, ...calendarProperties(method, name)])}${events}END:VCALENDAR\r\n`;
}

function eventWriter(method: Method | undefined, event: SharedEvent) {
  checkEvent(method, event);
  const { status, alarm } = event;
  const skeleton = skeletonOf({ method, status: status && STATUS[status], alarm: alarm !== undefined });
  const values = valuesOf(event);
  const opening = folded(filled(skeleton.opening, values)) + folded(eventProperties(method, event));
  const closing = folded(filled(skeleton.closing, values));
  return (attendee: Mailbox | undefined, stamp: Date): string => {
    checkAttendee(method, attendee);
    const own = [`DTSTAMP:${utc('stamp', stamp)}`, ...(attendee ? [attendeeProperty(method, attendee)] : [])];
    return opening + folded(own) + closing;
  };
}

/** What goes into the skeleton's places. */
function valuesOf({ uid, sequence, start, end, summary, description, alarm }: SharedEvent): Record<string, string> {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > HIGHEST_SEQUENCE) {
    throw new RangeError(`The sequence is ${sequence}: a whole number from 0 to ${HIGHEST_SEQUENCE} is expected`);
  }
  const [from, to] = [utc('start', start), utc('end', end)];
  if (from >= to) throw new RangeError(`The end is ${to}: a time after the start, ${from}, is expected`);
  const title = cleanLine(summary);
  return {
    uid: escapeText(needed('uid', uid)),
    sequence: String(sequence),
    start: from,
    end: to,
    summary: escapeText(title),
    description: escapeText(cleanText(description)),
    ...(alarm && { minutes: minutesOf(alarm.minutesBefore), alarm: escapeText(cleanLine(alarm.text) || title) }),
  };
}

function minutesOf(minutes: number): string {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_ALARM) return String(minutes);
  throw new RangeError(`The alarm's minutesBefore is ${minutes}: a whole number from 1 to ${LONGEST_ALARM} is expected`);
}

/** Puts values into their places, once: what a value brings along is never read as a place. */
function filled(lines: Skeleton['opening'], values: Readonly<Record<string, string>>): string[] {
  return lines.map((line) => line.replace(/\{(\w+)\}/, (_, name: string) => values[name] ?? ''));
}

function folded(lines: readonly string[]): string {
  return lines.map(contentLine).join('');
}

/** `20261118T000000Z`; whole seconds (RFC 5545, 3.3.5, form 2). */
function utc(field: string, at: Date): string {
  const text = Number.isNaN(at.getTime()) ? String(at) : at.toISOString().replace(/[-:]|\.\d+/g, '');
  if (!/^\d{8}T\d{6}Z$/.test(text)) throw new RangeError(`The ${field} is ${text}: a time in the years 0 to 9999 is expected`);
  return text;
}
