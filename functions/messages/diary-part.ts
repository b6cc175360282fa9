import { calendarWriter, type Mailbox, type Method, type SharedEvent } from '../icalendar/calendar-object.ts';
import type { CalendarPart, Surroundings } from './composed.ts';
import { alarmText, diaryEntry } from './diary-entry.ts';
import type { Invitation } from './invitation.ts';
import type { WorksMessage } from './message.ts';
import { oneLine } from './words.ts';

type Writer = ReturnType<typeof calendarWriter>;

/** An hour before: the network is told earlier by email, the diary rings when it is time to look. */
const ALARM_MINUTES = 60;
/** Readers of one invitation come one after the other: what they share is written once. */
const KEPT = 100;
const writers = new Map<string, Writer>();

/**
 * What an email about works tells the reader's diary.
 * @returns undefined for an email that leaves the diary alone
 */
export function diaryPart(message: WorksMessage, surroundings: Surroundings, invitation: Invitation): CalendarPart | undefined {
  const method = methodOf(message);
  if (method === 'none') return undefined;
  const { contact, now } = surroundings;
  const reader: Mailbox = { name: oneLine(contact.name), email: contact.email };
  return { method, content: writerOf(method, message, surroundings, invitation)(reader, now) };
}

function methodOf({ kind, facts }: WorksMessage): Method | undefined | 'none' {
  if (kind === 'works-answer') return 'DECLINECOUNTER';
  switch (facts.act) {
    case 'request':
      return 'REQUEST';
    case 'cancel':
      return 'CANCEL';
    case 'data':
      return undefined;
    case 'none':
      return 'none';
  }
}

function writerOf(method: Method | undefined, { facts }: WorksMessage, surroundings: Surroundings, invitation: Invitation): Writer {
  const { language, timeZone, legalEntity, from } = surroundings;
  const alarm = method === 'REQUEST' && rings(facts.variant, invitation, surroundings.now);
  const { uid, sequence, content, leaves = false } = facts;
  const key = JSON.stringify([method, uid, sequence, content, leaves, alarm, language, timeZone, legalEntity.name, from]);
  const known = writers.get(key);
  if (known) return known;
  const entry = diaryEntry(invitation, { uid, sequence, language, timeZone, organizer: { name: oneLine(legalEntity.name), email: from } });
  const event: SharedEvent = {
    ...entry,
    status: leaves ? undefined : entry.status,
    alarm: alarm ? { minutesBefore: ALARM_MINUTES, text: alarmText(invitation, language) } : undefined,
  };
  const writer = calendarWriter(method, event);
  writers.set(key, writer);
  const [oldest] = writers.keys();
  if (writers.size > KEPT && oldest !== undefined) writers.delete(oldest);
  return writer;
}

/** Never in the past, and not again for works that have begun. */
function rings(variant: WorksMessage['facts']['variant'], { status, start }: Invitation, now: Date): boolean {
  const isAhead = status === 'tentative' || status === 'confirmed';
  return isAhead && variant !== 'starting' && variant !== 'completed' && Date.parse(start) - ALARM_MINUTES * 60_000 > now.getTime();
}
