import { addDays, instantOf } from '../calendars/dates.ts';
import type { WorksMessage } from '../messages/message.ts';
import type { CustomerView } from './customer-plan.ts';
import type { Known } from './decide.ts';
import type { Holder } from './diary.ts';
import { worksMessage } from './works-message.ts';

const DAY = 24 * 3_600_000;

/**
 * The reminders that are due: once, 24 hours before a window, to who asked for it and has not been told anything since.
 * @param known what was sent to a customer
 */
export function remindersOf(known: readonly Known[], view: CustomerView, cause: string, now: Date): WorksMessage[] {
  const wanting = new Set(view.watchers.filter(({ preference }) => preference().reminders).map(({ contact }) => contact.contactId));
  return known.filter(isAhead).flatMap(({ invitation, holders }) => {
    const due = Date.parse(invitation.start) - DAY;
    if (now.getTime() < due || now.getTime() >= Date.parse(invitation.start)) return [];
    const readers = holders.filter(
      ({ told, contactId, toldAt }) => told !== 'CANCEL' && wanting.has(contactId) && Date.parse(toldAt) < due,
    );
    return readers.map((reader) => reminderOf(reader, invitation, view, cause));
  });
}

/** When a customer has to be looked at again although nothing was published: a reminder is due, a contact's last day has passed. */
export function nextLook(known: readonly Known[], { watchers }: CustomerView, now: Date): Date | undefined {
  const ahead = known.filter(isAhead).map(({ invitation }) => invitation);
  const last = Math.max(...ahead.map(({ end }) => Date.parse(end)));
  const reminders = watchers.some(({ preference }) => preference().reminders) ? ahead.map(({ start }) => Date.parse(start) - DAY) : [];
  const leaving = watchers.flatMap(({ contact: { activeTo, timeZone } }) =>
    activeTo === undefined ? [] : [instantOf(addDays(activeTo, 1), '00:00', timeZone).getTime()],
  );
  const moments = [...reminders, ...leaving].filter((moment) => moment > now.getTime() && moment < last);
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined;
}

function isAhead({ diary, invitation }: Known): boolean {
  return diary.live && (invitation.status === 'tentative' || invitation.status === 'confirmed');
}

function reminderOf(reader: Holder, invitation: Known['invitation'], { customer }: CustomerView, cause: string): WorksMessage {
  const { sequence, content, messageId, thread } = reader;
  return worksMessage(
    {
      kind: 'works-reminder',
      occasion: `before ${invitation.start}`,
      cause,
      while: { newest: messageId },
      reader,
      facts: { sequence, content: content.sequence, act: 'none', variant: 'reminder', thread },
    },
    invitation,
    customer,
  );
}
