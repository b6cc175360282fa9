import { worstOf } from '../icalendar/maintenance.ts';
import { messageIdOf, type WorksMessage } from '../messages/message.ts';
import type { CustomerView } from './customer-plan.ts';
import type { Decision, Letter } from './decide.ts';
import type { Holder } from './diary.ts';
import type { Telling } from './diary-store.ts';

const TOLD = { request: 'REQUEST', cancel: 'CANCEL', data: 'DATA' } as const satisfies Record<Letter['act'], Holder['told']>;

/** What a decision's readers will have been told, each with its message. */
export function tellingsOf(decision: Decision, view: CustomerView, cause: string, now: Date): Telling[] {
  return decision.letters.map((letter) => {
    const message = messageOf(letter, decision, view, cause);
    return { message, before: letter.before, holder: holderAfter(letter, messageIdOf(message), now) };
  });
}

function messageOf(letter: Letter, { invitation }: Decision, { customer }: CustomerView, cause: string): WorksMessage {
  const { uid, contact, address, sequence, content, before, act, variant, leaves } = letter;
  const { name, email, language, timeZone } = contact;
  const emergency = invitation.class === 'emergency';
  return {
    kind: emergency ? 'works-emergency' : 'works',
    subject: subjectOf(uid, act, leaves),
    occasion: String(sequence),
    group: groupOf(invitation.worksId),
    ocn: customer.ocn,
    bcn: invitation.circuits[0]?.bcn ?? invitation.account,
    contactId: contact.contactId,
    address,
    cause,
    while: 'newest',
    facts: {
      legalEntityId: customer.legalEntityId,
      customerName: customer.name,
      uid,
      sequence,
      content: content.sequence,
      before: before?.content.sequence,
      act,
      variant,
      leaves,
      class: invitation.class,
      impact: worstOf(invitation.circuits.map(({ impact }) => impact)),
      reader: { name, email, language, timeZone },
      thread: before?.thread,
    },
  };
}

/**
 * What the outbox lets a later message replace: data for machines never stands in for the CANCEL that clears a diary, which may still wait.
 */
function subjectOf(uid: string, act: Letter['act'], leaves: boolean): string {
  return act === 'data' && !leaves ? `${uid}/data` : uid;
}

/** Messages of one works are counted, stopped and resumed together. */
export function groupOf(worksId: string): string {
  return `works ${worksId}`;
}

function holderAfter(
  { uid, contact, address, act, sequence, content, variant, leaves, before }: Letter,
  messageId: string,
  now: Date,
): Holder {
  const { contactId, name, email, language, timeZone } = contact;
  return {
    uid,
    address,
    contactId,
    name,
    email,
    language,
    timeZone,
    told: leaves ? 'CANCEL' : TOLD[act],
    sequence,
    content,
    messageId,
    thread: before?.thread ?? messageId,
    toldAt: now.toISOString(),
    // An answer is about a time: that works have begun or are done does not take it back.
    answer: variant === 'starting' || variant === 'completed' ? before?.answer : undefined,
    version: 0,
  };
}
