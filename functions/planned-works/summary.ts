import type { MaintenanceStatus } from '../icalendar/maintenance.ts';
import { getInvitation } from '../messages/invitation.ts';
import type { Message } from '../messages/message.ts';
import { getMessages } from '../messages/message-lists.ts';
import type { MessageState } from '../messages/states.ts';
import type { Answer, Diary, Holder, Told } from './diary.ts';
import { diariesOf } from './diary-store.ts';
import { notesOf, ticketsOf, type WorksNote, type WorksTicket } from './tickets.ts';
import { statusOf } from './window-status.ts';
import { customersOf, getWorks, type Hold } from './works-store.ts';

/** A reader of an invitation: what it was told last, what became of that email, what it answered. */
export interface ReaderSummary {
  readonly messageId: string;
  readonly contactId: string;
  readonly address: string;
  readonly sequence: number;
  readonly method: Told;
  readonly state: MessageState | 'unknown';
  /** Why it was skipped, held or came back. */
  readonly reason: string | null;
  readonly answer: Answer['partstat'] | null;
  /** Nobody knew whether it left, and it was owed: it went once more. */
  readonly triedAgain: boolean;
}

/** One invitation and its readers. */
export interface InvitationSummary {
  readonly uid: string;
  readonly windowId: string;
  readonly maintenanceId: string;
  readonly ocn: string;
  readonly account: string;
  readonly sequence: number;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly start: string;
  readonly end: string;
  readonly recipients: readonly ReaderSummary[];
}

/** A window as customers are told it. Nobody is newly told of one that is over, done or cancelled. */
interface WindowSummary {
  readonly windowId: string;
  readonly start: string;
  readonly end: string;
  readonly status: MaintenanceStatus;
  readonly over: boolean;
}

/** What became of a works. */
export interface WorksSummary {
  readonly worksId: string;
  readonly revision: number;
  readonly status: string;
  readonly class: string;
  readonly title: string;
  readonly windows: readonly WindowSummary[];
  readonly hold: Hold | null;
  readonly unknownServices: readonly string[];
  readonly invitations: readonly InvitationSummary[];
  readonly tickets: readonly WorksTicket[];
  readonly notes: readonly WorksNote[];
}

/** Who was invited to a works, who got it, who accepted and declined; undefined when no such works have come. */
export async function worksSummary(worksId: string, now: Date): Promise<WorksSummary | undefined> {
  const state = await getWorks(worksId);
  if (!state) return undefined;
  const { revision, works, hold = null, unknownServices } = state;
  const invitations = (await Promise.all((await customersOf(worksId)).map((ocn) => invitationsOf(worksId, ocn)))).flat();
  return {
    worksId,
    revision,
    status: works.status,
    class: works.class,
    title: works.title,
    windows: works.windows.map(({ windowId, start, end }) => {
      return { windowId, start, end, status: statusOf(works, windowId), over: Date.parse(end) <= now.getTime() };
    }),
    hold,
    unknownServices,
    invitations: invitations.sort((a, b) => (a.start + a.ocn + a.uid < b.start + b.ocn + b.uid ? -1 : 1)),
    tickets: await ticketsOf(worksId),
    notes: await notesOf(worksId),
  };
}

async function invitationsOf(worksId: string, ocn: string): Promise<InvitationSummary[]> {
  return summaryOf(ocn, await diariesOf({ worksId, ocn }));
}

/** What became of a customer's invitations: numbers, readers, emails, answers. */
export async function summaryOf(
  ocn: string,
  diaries: readonly { diary: Diary; holders: readonly Holder[] }[],
): Promise<InvitationSummary[]> {
  const ids = diaries.flatMap(({ holders }) => holders.map(({ messageId }) => messageId));
  const messages = new Map((await getMessages(ids)).map((message) => [message.messageId, message]));
  return Promise.all(
    diaries.map(async ({ diary, holders }): Promise<InvitationSummary> => {
      const { uid, windowId, scope, said, live } = diary;
      const invitation = await getInvitation(uid, said.sequence);
      return {
        uid,
        windowId,
        maintenanceId: invitation?.maintenanceId ?? '',
        ocn,
        account: scope.account,
        sequence: said.sequence,
        method: live && invitation?.status !== 'cancelled' ? 'REQUEST' : 'CANCEL',
        start: invitation?.start ?? '',
        end: invitation?.end ?? '',
        recipients: holders.map((holder) => readerSummary(holder, messages.get(holder.messageId))),
      };
    }),
  );
}

function readerSummary({ contactId, address, sequence, told, messageId, answer }: Holder, message: Message | undefined): ReaderSummary {
  return {
    messageId,
    contactId,
    address,
    sequence,
    method: told,
    state: message?.state ?? 'unknown',
    reason: message?.reason ?? null,
    answer: answer?.partstat ?? null,
    triedAgain: message?.triedAgain ?? false,
  };
}
