import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { type ParsedMail, simpleParser } from 'mailparser';
import { folded } from '../recipients.ts';
import { readable } from '../said.ts';

/*
 * An email about planned works as its receiver's programs understand it: mailparser for the email, ical.js for the event.
 */

/** The event of an email's calendar part. Instants as milliseconds. */
export interface DiaryEvent {
  /** Missing in the emails that only a program reads. */
  readonly method?: string | undefined;
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: number;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly status?: string | undefined;
  readonly summary: string;
  readonly description: string;
  readonly account?: string | undefined;
  readonly maintenanceId?: string | undefined;
  readonly noteStatus?: string | undefined;
  /** Circuit to its impact. */
  readonly objects: Readonly<Record<string, string>>;
  readonly alarms: number;
}

export interface WorksMail {
  /** Their names sort by the order of sending. */
  readonly file: string;
  readonly raw: Buffer;
  readonly sentAt: number;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  /** What people read, white space as one blank. */
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly filename: string; readonly content: string }[];
  /** The calendar part's text. */
  readonly calendar?: string | undefined;
  readonly event?: DiaryEvent | undefined;
}

/** The emails of a folder in the order of sending. */
export async function readWorksMails(folder: string): Promise<WorksMail[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort();
  return Promise.all(files.map((file) => parseWorksMail(file, readFileSync(join(folder, file)))));
}

/** @throws what ical.js says about a calendar part that it cannot read */
export async function parseWorksMail(file: string, raw: Buffer): Promise<WorksMail> {
  const parsed = await simpleParser(raw);
  const calendar = parsed.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString('utf8');
  return {
    file,
    raw,
    sentAt: parsed.date?.getTime() ?? 0,
    messageId: parsed.messageId ?? '',
    references: [parsed.references ?? []].flat(),
    to: mailboxOf(parsed.to),
    from: mailboxOf(parsed.from),
    subject: parsed.subject ?? '',
    text: (parsed.text ?? '').replaceAll(/\s+/g, ' '),
    html: parsed.html ? readable(parsed.html) : '',
    attachments: parsed.attachments
      .filter(({ contentType }) => contentType !== 'text/calendar')
      .map(({ filename = '', content }) => ({ filename, content: content.toString('utf8') })),
    calendar,
    event: calendar === undefined ? undefined : eventsOf(calendar)[0],
  };
}

/** The events of a calendar object or feed. */
export function eventsOf(text: string): DiaryEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const method = calendar.getFirstPropertyValue('method');
  return calendar
    .getAllSubcomponents('vevent')
    .map((event) => ({ method: method === null ? undefined : String(method), ...readEvent(event) }));
}

function readEvent(event: ICAL.Component): Omit<DiaryEvent, 'method'> {
  const word = (name: string) => {
    const value = event.getFirstPropertyValue(name);
    return value === null ? undefined : String(value);
  };
  const instant = (name: string) => {
    const value = event.getFirstPropertyValue(name);
    return value instanceof ICAL.Time ? value.toJSDate().getTime() : undefined;
  };
  const objects = event.getAllProperties('x-maintnote-object-id').map((property) => {
    return [String(property.getFirstValue()), String(property.getParameter('x-maintnote-object-impact') ?? '')] as const;
  });
  return {
    uid: word('uid') ?? '',
    sequence: Number(word('sequence') ?? 0),
    stamp: instant('dtstamp') ?? 0,
    start: instant('dtstart'),
    end: instant('dtend'),
    status: word('status'),
    summary: word('summary') ?? '',
    description: word('description') ?? '',
    account: word('x-maintnote-account'),
    maintenanceId: word('x-maintnote-maintenance-id'),
    noteStatus: word('x-maintnote-status'),
    objects: Object.fromEntries(objects.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    alarms: event.getAllSubcomponents('valarm').length,
  };
}

function mailboxOf(field: ParsedMail['to'] | ParsedMail['from']): string {
  const [address] = [field ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => address ?? []));
  return folded(address ?? '');
}
