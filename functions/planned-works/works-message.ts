import type { Customer } from '../directory/records.ts';
import { worstOf } from '../icalendar/maintenance.ts';
import type { Invitation } from '../messages/invitation.ts';
import type { WorksMessage } from '../messages/message.ts';
import type { WorksNotice } from '../messages/works-notice.ts';
import type { Holder } from './diary.ts';

/** Who an email about an invitation is for. */
export type Reader = Pick<Holder, 'uid' | 'address' | 'contactId' | 'name' | 'email' | 'language' | 'timeZone'>;

/** What tells one email about an invitation from another. */
export interface Notice extends Pick<WorksMessage, 'kind' | 'occasion' | 'cause' | 'while'> {
  readonly reader: Reader;
  /** What later emails replace; the invitation itself unless told otherwise. */
  readonly subject?: string;
  readonly facts: Pick<WorksNotice, 'sequence' | 'content' | 'act' | 'variant'> &
    Partial<Pick<WorksNotice, 'before' | 'leaves' | 'thread' | 'answer'>>;
}

/** An email about an invitation, for the outbox. */
export function worksMessage(
  { reader, subject, facts, ...rest }: Notice,
  invitation: Invitation,
  { ocn, name: customerName, legalEntityId }: Pick<Customer, 'ocn' | 'name' | 'legalEntityId'>,
): WorksMessage {
  const { uid, address, contactId, name, email, language, timeZone } = reader;
  return {
    ...rest,
    subject: subject ?? uid,
    group: groupOf(invitation.worksId),
    ocn,
    bcn: invitation.circuits[0]?.bcn ?? invitation.account,
    contactId,
    address,
    facts: {
      ...facts,
      uid,
      legalEntityId,
      customerName,
      class: invitation.class,
      impact: worstOf(invitation.circuits.map(({ impact }) => impact)),
      reader: { name, email, language, timeZone },
    },
  };
}

/** Messages of one works are counted, stopped and resumed together. */
function groupOf(worksId: string): string {
  return `works ${worksId}`;
}
