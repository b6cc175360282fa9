import { logger } from '../aws/log.ts';
import { addressKey } from '../directory/address-key.ts';
import { contactsOf, getCustomer } from '../directory/read.ts';
import type { CalendarAnswer } from '../icalendar/reply.ts';
import type { InboundMail } from '../inbound-mail/inbound-mail.ts';
import type { Verdicts } from '../inbound-mail/receipt.ts';
import { getInvitation } from '../messages/invitation.ts';
import type { WorksMessage } from '../messages/message.ts';
import { enqueue } from '../messages/outbox.ts';
import { worksSender } from '../messages/post-settings.ts';
import type { Diary, Holder } from './diary.ts';
import { diariesOf, type Place, placeOf, putAnswer } from './diary-store.ts';
import { type Judgement, judgeReply, type KnownInvitation } from './judge-reply.ts';
import { keepNote, openTicket, ticketIdOf } from './tickets.ts';
import { worksMessage } from './works-message.ts';
import { getWorks } from './works-store.ts';

/** A mail with its id: made from its bytes, because what its sender calls it proves nothing. */
export interface ReceivedMail {
  readonly mailId: string;
  readonly mail: InboundMail;
  readonly answer: CalendarAnswer | undefined;
  readonly verdicts: Verdicts;
}

/** What an answer is about. */
interface Answered {
  readonly place: Place;
  readonly diary: Diary;
  readonly holders: readonly Holder[];
}

/**
 * Takes a mail to the planned-works mailbox: finds the invitation that it answers, has it judged, and does what follows. The works
 * themselves are never changed by it. The same mail again changes nothing more.
 */
export async function takeReply(received: ReceivedMail, now: Date): Promise<void> {
  const { mailId, mail, answer, verdicts } = received;
  const answered = answer && (await findAnswered(answer.uid));
  const judgement = judgeReply(mail, answer, verdicts.dmarc, answered && (await knownInvitation(answered)));
  logger.info('A mail came to the planned-works mailbox', { mailId, uid: answer?.uid, kind: judgement.kind, dmarc: verdicts.dmarc });
  if (judgement.ticket && !isRubbish(verdicts)) await openTicketFor(received, judgement, answered, now);
  if (answered && answer) await follow(received, answer, judgement, answered, now);
}

/** Nobody's time is spent on what SES found to be spam, or to carry a virus. */
function isRubbish({ spam, virus }: Verdicts): boolean {
  return spam === 'FAIL' || virus === 'FAIL';
}

async function follow(
  { mailId, mail }: ReceivedMail,
  answer: CalendarAnswer,
  judgement: Judgement,
  answered: Answered,
  now: Date,
): Promise<void> {
  const { place, diary, holders } = answered;
  const at = now.toISOString();
  switch (judgement.kind) {
    case 'answered': {
      const { address, partstat } = judgement;
      const sequence = answer.sequence ?? diary.said.sequence;
      await putAnswer(place, { uid: diary.uid, address }, { partstat, at: (answer.stamp ?? now).toISOString(), sequence });
      return;
    }
    case 'countered': {
      const holder = holders.find(({ address }) => address === judgement.address);
      const message = holder && (await answerTo(mailId, judgement, holder, place));
      if (message) await enqueue([message], now);
      return;
    }
    case 'noted': {
      const note = { address: mail.from ?? '', ocn: place.ocn, partstat: answer.partstat, reason: judgement.reason, at };
      await keepNote(place.worksId, mailId, note);
      return;
    }
    case 'ignored':
      return;
  }
}

async function findAnswered(uid: string): Promise<Answered | undefined> {
  const place = await placeOf(uid);
  const found = place && (await diariesOf(place)).find(({ diary }) => diary.uid === uid);
  return place && found && { place, ...found };
}

async function knownInvitation({ place, diary, holders }: Answered): Promise<KnownInvitation> {
  const contacts = await contactsOf(place.ocn);
  return {
    ...place,
    uid: diary.uid,
    windowId: diary.windowId,
    sequence: diary.counter,
    organizer: addressKey(worksSender()),
    recipients: holders.map(({ address, contactId, sequence, told }) => ({ address, contactId, sequence, method: told })),
    addressesOfCustomer: contacts.map(({ email }) => addressKey(email)),
  };
}

async function openTicketFor(
  { mailId, mail }: ReceivedMail,
  judgement: Judgement,
  answered: Answered | undefined,
  now: Date,
): Promise<void> {
  const { ticket } = judgement;
  if (!ticket) return;
  const proposed = judgement.kind === 'countered' ? judgement.proposed : undefined;
  const works = answered && (await getWorks(answered.place.worksId))?.works;
  await openTicket(
    {
      ...ticket,
      ticketId: ticketIdOf(mailId),
      at: now.toISOString(),
      ...answered?.place,
      windowId: answered?.diary.windowId,
      contactId: answered?.holders.find(({ address }) => address === mail.from)?.contactId,
      address: mail.from,
      proposed: proposed && { start: proposed.start.toISOString(), end: proposed.end.toISOString() },
      coordinator: works?.coordinator,
    },
    now,
  );
}

/** Our answer to who proposed another time (RFC 5546, 3.2.8): the window stays until a person decides. */
async function answerTo(
  mailId: string,
  { proposed }: Extract<Judgement, { kind: 'countered' }>,
  holder: Holder,
  { ocn }: Place,
): Promise<WorksMessage | undefined> {
  const [customer, invitation] = await Promise.all([getCustomer(ocn), getInvitation(holder.uid, holder.content.sequence)]);
  if (!customer || !invitation) return undefined;
  const { sequence, content, thread } = holder;
  const ticketId = ticketIdOf(mailId);
  const answer = { ticketId, start: proposed?.start.toISOString(), end: proposed?.end.toISOString() };
  return worksMessage(
    {
      kind: 'works-answer',
      occasion: `answer to ${ticketId}`,
      cause: `event works reply ${mailId}: counter proposal, ticket ${ticketId}`,
      reader: holder,
      facts: { sequence, content: content.sequence, act: 'none', variant: 'answer', thread, answer },
    },
    invitation,
    customer,
  );
}
