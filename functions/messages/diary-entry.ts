import { templates } from '../../build/templates/templates.mjs';
import type { Mailbox, SharedEvent } from '../icalendar/calendar-object.ts';
import { worstOf } from '../icalendar/maintenance.ts';
import type { Language } from '../money/format.ts';
import type { Invitation, InvitedCircuit } from './invitation.ts';
import { durationWords, windowWords } from './window-words.ts';
import { fill, group, oneLine, type Words, word } from './words.ts';

/** In whose words an entry is written, and who answers are sent to. */
export interface EntryFor {
  readonly uid: string;
  readonly sequence: number;
  readonly language: Language;
  readonly timeZone: string;
  readonly organizer: Mailbox;
}

/** The domain of the sender: what customers' tools know the carrier by. */
function providerOf({ email }: Mailbox): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/**
 * An invitation as an event, in the reader's language and zone: the facts are the same for all readers of it.
 * @returns the event with its status; without an alarm
 */
export function diaryEntry(invitation: Invitation, { uid, sequence, language, timeZone, organizer }: EntryFor): SharedEvent {
  const words = diaryWords(language);
  return {
    uid,
    sequence,
    start: new Date(invitation.start),
    end: new Date(invitation.end),
    summary: summaryOf(invitation, words),
    description: descriptionOf(invitation, { organizer, language, timeZone }, words),
    location: invitation.location,
    organizer,
    status: invitation.status,
    provider: providerOf(organizer),
    account: invitation.account,
    maintenanceId: invitation.maintenanceId,
    objects: invitation.circuits.map(({ serviceId, impact }) => ({ id: serviceId, impact })),
  };
}

/** What a diary's alarm says. */
export function alarmText({ worksId }: Pick<Invitation, 'worksId'>, language: Language): string {
  return fill(word(group(diaryWords(language), 'diary'), 'alarm'), { worksId });
}

/** What a diary calls the feed of a customer's works. */
export function feedName(customerName: string, language: Language): string {
  return fill(word(group(diaryWords(language), 'diary'), 'feedName'), { customerName: oneLine(customerName) });
}

function summaryOf(invitation: Invitation, words: Words): string {
  const { worksId, title, circuits } = invitation;
  const impact = worstOf(circuits.map((circuit) => circuit.impact));
  const text = word(group(words, 'diary'), invitation.class === 'emergency' ? 'emergency' : 'summary');
  return fill(text, { worksId, title: oneLine(title) || worksId, impactWord: impactWord(impact, words) });
}

/** Everything that the person in front of the diary wants to know, readable without the email. */
function descriptionOf(
  invitation: Invitation,
  { organizer, language, timeZone }: Omit<EntryFor, 'uid' | 'sequence'>,
  words: Words,
): string {
  const { title, description, location, reference, cancelReason, circuits, worksId } = invitation;
  const [labels, diary] = [group(words, 'labels'), group(words, 'diary')];
  const window = windowWords(new Date(invitation.start), new Date(invitation.end), timeZone, language);
  const line = (label: string, value: string | undefined) => (value ? [`${word(labels, label)}${word(words, 'colon')} ${value}`] : []);
  const minutes = invitation.expectedDowntimeMinutes;
  const coordinator = invitation.coordinator ?? organizer;
  const facts = [
    window.local,
    window.utc,
    ...line('status', word(group(group(words, 'statuses'), invitation.status), 'word')),
    ...line('cancelReason', cancelReason),
    ...line('impact', impactWord(worstOf(circuits.map(({ impact }) => impact)), words)),
    ...line('downtime', minutes === undefined ? undefined : durationWords(minutes, language)),
    ...line('location', location),
    ...line('reference', reference),
    ...line('worksId', worksId),
  ];
  const listed = [
    `${fill(word(diary, 'circuits'), { circuitCount: String(circuits.length) })}${word(words, 'colon')}`,
    ...circuits.map((circuit) => circuitLine(circuit, words, language)),
  ];
  const ask = fill(word(diary, 'ask'), {
    worksId,
    coordinatorName: coordinator.name || coordinator.email,
    coordinatorEmail: coordinator.email,
  });
  const isAhead = invitation.status === 'tentative' || invitation.status === 'confirmed';
  return [title, description, facts.join('\n'), listed.join('\n'), ...(isAhead ? [ask] : [])]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
}

function circuitLine(
  { serviceId, impact, expectedDowntimeMinutes, product, aEnd, bEnd }: InvitedCircuit,
  words: Words,
  language: Language,
): string {
  const labels = group(words, 'circuitLabels');
  const end = (label: string, value: string | undefined) =>
    value ? [`${word(labels, label)}${word(words, 'colon')} ${oneLine(value)}`] : [];
  const impacts = [
    impactWord(impact, words),
    ...(expectedDowntimeMinutes === undefined ? [] : [durationWords(expectedDowntimeMinutes, language)]),
  ];
  return [`- ${serviceId}`, impacts.join(', '), oneLine(product), ...end('aEnd', aEnd), ...end('bEnd', bEnd)].join(' · ');
}

function impactWord(impact: Invitation['circuits'][number]['impact'], words: Words): string {
  return word(group(group(words, 'impacts'), impact), 'word');
}

function diaryWords(language: Language): Words {
  return group(templates.works.words, language);
}
