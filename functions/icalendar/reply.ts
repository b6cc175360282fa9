import type ICAL from 'ical.js';
import { instantOf } from './instants.ts';
import { answerCalendar } from './reply-lines.ts';
import { cleanLine, cleanText } from './text.ts';

const METHODS = ['REPLY', 'COUNTER', 'REFRESH'] as const;
const PARTSTATS = ['ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED', 'NEEDS-ACTION'] as const;

type Partstat = (typeof PARTSTATS)[number];

/** What a customer's diary answers to an invitation (RFC 5546, 3.2.3, 3.2.6, 3.2.7). */
export interface CalendarAnswer {
  readonly method: (typeof METHODS)[number];
  readonly uid: string;
  /** Of the invitation that is answered. */
  readonly sequence?: number | undefined;
  /** Who answers: an email address in lower case. Missing when the diary names nobody, or several without telling who of them it is. */
  readonly attendee?: string | undefined;
  readonly organizer?: string | undefined;
  readonly partstat?: Partstat | undefined;
  /** When the answer was given. */
  readonly stamp?: Date | undefined;
  readonly comment?: string | undefined;
  /** The window that a COUNTER asks for, when its time zone is told. */
  readonly proposed?: { readonly start: Date; readonly end: Date } | undefined;
}

/**
 * Reads the text/calendar part of a customer's email, decoded.
 * @returns undefined when it is no answer to an invitation; never throws
 */
export function readCalendarAnswer(text: string): CalendarAnswer | undefined {
  try {
    const calendar = answerCalendar(text);
    const event = calendar?.getFirstSubcomponent('vevent');
    const method = oneOf(METHODS, calendar?.getFirstPropertyValue('method'));
    const uid = cleanLine(String(event?.getFirstPropertyValue('uid') ?? ''));
    return event && method && uid !== '' ? answerOf(method, uid, event) : undefined;
  } catch {
    // ical.js throws what comes to hand at text that is no calendar.
    return undefined;
  }
}

function answerOf(method: CalendarAnswer['method'], uid: string, event: ICAL.Component): CalendarAnswer {
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? Number.NaN);
  const organizer = addressOf(event.getFirstProperty('organizer'));
  const attendee = answering(event.getAllProperties('attendee'), organizer);
  return {
    method,
    uid,
    sequence: Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : undefined,
    attendee: addressOf(attendee),
    organizer,
    partstat: partstatOf(attendee),
    stamp: instantOf(event.getFirstProperty('dtstamp')),
    comment: commentOf(event, attendee),
    proposed: method === 'COUNTER' ? windowOf(event) : undefined,
  };
}

/** An answer has one attendee (RFC 5546). Some diaries list everybody: then it is the one who is not the organizer, or who has decided. */
function answering(attendees: readonly ICAL.Property[], organizer: string | undefined): ICAL.Property | undefined {
  if (attendees.length === 1) return attendees[0];
  const invited = attendees.filter((attendee) => addressOf(attendee) !== organizer);
  const decided = invited.filter((attendee) => (partstatOf(attendee) ?? 'NEEDS-ACTION') !== 'NEEDS-ACTION');
  return [invited, decided].find(({ length }) => length === 1)?.[0];
}

/** The address of a `mailto:` URI, in lower case; diaries that write another URI put it into the parameter EMAIL. */
function addressOf(property: ICAL.Property | null | undefined): string | undefined {
  if (!property) return undefined;
  const written = [String(property.getFirstValue()), property.getFirstParameter('email') ?? ''];
  return written.map(mailAddress).find((address) => address !== undefined);
}

function mailAddress(written: string): string | undefined {
  const [, address = ''] = /^<?(?:mailto:)?([^/?:][^?:]*)/i.exec(cleanLine(written)) ?? [];
  const decoded = percentDecoded(address.replace(/[<>\s]/g, '')).toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(decoded) ? decoded : undefined;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A word that nobody knows means NEEDS-ACTION (RFC 5545, 3.2.12). */
function partstatOf(attendee: ICAL.Property | undefined): Partstat | undefined {
  const written = attendee?.getFirstParameter('partstat');
  return written ? (oneOf(PARTSTATS, written) ?? 'NEEDS-ACTION') : undefined;
}

/** Google writes the comment into a parameter of its own, with marks as HTML has them. */
function commentOf(event: ICAL.Component, attendee: ICAL.Property | undefined): string | undefined {
  const comments = event.getAllProperties('comment').map((comment) => String(comment.getFirstValue()));
  const beside = attendee?.getFirstParameter('x-response-comment');
  const text = cleanText(comments.join('\n')) || cleanText(withoutEntities(beside ?? ''));
  return text === '' ? undefined : text;
}

function withoutEntities(text: string): string {
  const marks: Record<string, string> = { '#39': "'", quot: '"', lt: '<', gt: '>', amp: '&' };
  return text.replace(/\\([;,])/g, '$1').replace(/&(#39|quot|lt|gt|amp);/g, (_, name: string) => marks[name] ?? '');
}

function windowOf(event: ICAL.Component): CalendarAnswer['proposed'] {
  const start = instantOf(event.getFirstProperty('dtstart'));
  const end = instantOf(event.getFirstProperty('dtend')) ?? afterDuration(start, event);
  return start && end && start < end ? { start, end } : undefined;
}

function afterDuration(start: Date | undefined, event: ICAL.Component): Date | undefined {
  const duration = event.getFirstPropertyValue('duration');
  if (!start || typeof duration !== 'object' || !duration || !('toSeconds' in duration)) return undefined;
  return new Date(start.getTime() + duration.toSeconds() * 1000);
}

function oneOf<const Word extends string>(words: readonly Word[], written: unknown): Word | undefined {
  const word = String(written).trim().toUpperCase();
  return words.find((known) => known === word);
}
