import { messageIdOf, type WorksMessage } from '../messages/message.ts';
import type { CustomerView } from './customer-plan.ts';
import type { Decision, Letter } from './decide.ts';
import type { Holder } from './diary.ts';
import type { Telling } from './diary-store.ts';
import { worksMessage } from './works-message.ts';

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
  return worksMessage(
    {
      kind: invitation.class === 'emergency' ? 'works-emergency' : 'works',
      subject: subjectOf(uid, act, leaves),
      occasion: String(sequence),
      cause,
      while: 'newest',
      reader: { ...contact, uid, address },
      facts: { sequence, content: content.sequence, before: before?.content.sequence, act, variant, leaves, thread: before?.thread },
    },
    invitation,
    customer,
  );
}

/**
 * What the outbox lets a later message replace: data for machines never stands in for the CANCEL that clears a diary, which may still wait.
 */
function subjectOf(uid: string, act: Letter['act'], leaves: boolean): string {
  return act === 'data' && !leaves ? `${uid}/data` : uid;
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
