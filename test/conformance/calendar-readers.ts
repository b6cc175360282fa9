import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ICAL from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';
import { askPython } from './judges.ts';

/** The facts of an event as a library reads them; null where it finds none. Instants as iCalendar writes them. */
export interface ReadEvent {
  readonly method: string | null;
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly status: string | null;
  readonly summary: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly organizer: Mailbox | null;
  readonly attendee: Mailbox | null;
  readonly account: string | null;
  readonly maintenanceId: string | null;
  /** Circuit to its impact. */
  readonly circuits: Readonly<Record<string, string>>;
  readonly alarms: number;
}

type Mailbox = readonly [name: string | null, address: string];

/** What a library makes of a calendar: what it has against it, and the events that it sees. */
export interface ReadCalendar {
  readonly errors: readonly string[];
  readonly events: readonly ReadEvent[];
}

/** Calendars as files in a folder, by name. */
export function writeCalendars(folder: string, calendars: ReadonlyMap<string, string>): string[] {
  return [...calendars].map(([name, text]) => {
    const file = join(folder, `${name}.ics`);
    writeFileSync(file, text);
    return file;
  });
}

/** @throws what ical.js says of text that is no calendar */
export function readWithIcalJs(text: string): ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((event): ReadEvent => {
    const word = (name: string) => textOf(event.getFirstPropertyValue(name));
    const impacts = event.getAllProperties('x-maintnote-object-id').map((property) => {
      return [String(property.getFirstValue()), property.getFirstParameter('x-maintnote-object-impact') ?? ''] as const;
    });
    return {
      method: textOf(calendar.getFirstPropertyValue('method')),
      uid: word('uid') ?? '',
      sequence: Number(word('sequence')),
      stamp: timeOf(event, 'dtstamp'),
      start: timeOf(event, 'dtstart'),
      end: timeOf(event, 'dtend'),
      status: word('status'),
      summary: word('summary'),
      description: word('description'),
      location: word('location'),
      organizer: mailboxOf(event, 'organizer'),
      attendee: mailboxOf(event, 'attendee'),
      account: word('x-maintnote-account'),
      maintenanceId: word('x-maintnote-maintenance-id'),
      circuits: Object.fromEntries(impacts),
      alarms: event.getAllSubcomponents('valarm').length,
    };
  });
}

/** The event as node-ical tells it: what it does not know keeps its name without `X-`. */
type NodeEvent = VEvent & { readonly [name: `MAINTNOTE-${string}`]: NodeValue | NodeValue[] | undefined; readonly alarms?: unknown[] };
type NodeValue = string | { readonly val: string; readonly params: Readonly<Record<string, string>> };

/** @throws what node-ical says of text that is no calendar */
export function readWithNodeIcal(text: string): ReadEvent[] {
  const found = Object.values(nodeIcal.sync.parseICS(text)).filter((one): one is NodeEvent => one?.type === 'VEVENT');
  return found.map((event): ReadEvent => {
    const circuits = [event['MAINTNOTE-OBJECT-ID'] ?? []].flat();
    return {
      method: event.method ?? null,
      uid: event.uid,
      sequence: Number(event.sequence),
      stamp: compact(event.dtstamp),
      start: compact(event.start),
      end: compact(event.end),
      status: event.status ?? null,
      summary: wordOf(event.summary as NodeValue),
      description: wordOf(event.description as NodeValue),
      location: wordOf(event.location as NodeValue),
      organizer: nodeMailbox(event.organizer as NodeValue | undefined),
      attendee: nodeMailbox(event.attendee as NodeValue | undefined),
      account: wordOf(event['MAINTNOTE-ACCOUNT'] as NodeValue),
      maintenanceId: wordOf(event['MAINTNOTE-MAINTENANCE-ID'] as NodeValue),
      circuits: Object.fromEntries(
        circuits.map((one) => (typeof one === 'string' ? [one, ''] : [one.val, one.params['X-MAINTNOTE-OBJECT-IMPACT'] ?? ''])),
      ),
      alarms: event.alarms?.length ?? 0,
    };
  });
}

/** What a library from PyPI reads, in the order of the files. */
export function readWithPython(judge: 'icalendar' | 'vobject', files: readonly string[]): ReadCalendar[] {
  const read = askPython<Record<string, ReadCalendar>>(judge, `read-with-${judge}.py`, files);
  return files.map((file) => read[basename(file)] ?? { errors: ['was not read'], events: [] });
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value);
}

function timeOf(event: ICAL.Component, name: string): string | null {
  const value = event.getFirstPropertyValue(name);
  return value instanceof ICAL.Time ? value.toICALString() : null;
}

function mailboxOf(event: ICAL.Component, name: string): Mailbox | null {
  const property = event.getFirstProperty(name);
  return property && [property.getFirstParameter('cn') ?? null, String(property.getFirstValue())];
}

function compact(at: Date | undefined): string | null {
  return at?.toISOString().replaceAll(/[-:]|\.\d+/g, '') ?? null;
}

function wordOf(value: NodeValue | undefined): string | null {
  return typeof value === 'object' ? value.val : (value ?? null);
}

function nodeMailbox(value: NodeValue | undefined): Mailbox | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? [null, value] : [value.params.CN ?? null, value.val];
}
