import { addressKey } from '../directory/address-key.ts';
import type { CalendarAnswer } from '../icalendar/reply.ts';
import type { InboundMail } from '../inbound-mail/inbound-mail.ts';

/** What we know of the invitation that an answer names. Addresses are folded. */
export interface KnownInvitation {
  readonly uid: string;
  readonly ocn: string;
  readonly worksId: string;
  readonly windowId: string;
  /** The current one of the UID. */
  readonly sequence: number;
  /** The ORGANIZER that it was sent with. */
  readonly organizer: string;
  readonly recipients: readonly KnownRecipient[];
  /** Every contact of the customer. */
  readonly addressesOfCustomer: readonly string[];
}

export interface KnownRecipient {
  readonly address: string;
  readonly contactId: string;
  /** The last one that was sent to it. */
  readonly sequence: number;
  readonly method: 'REQUEST' | 'CANCEL' | 'DATA';
}

/** Something for the coordinator to look at. */
export interface Ticket {
  readonly kind: 'declined' | 'countered' | 'unverified' | 'mail';
  readonly reason: string;
  /** What the customer wrote. */
  readonly comment?: string | undefined;
}

export type Judgement =
  /** The recipient's answer counts. */
  | {
      readonly kind: 'answered';
      readonly address: string;
      readonly partstat: 'accepted' | 'declined' | 'tentative';
      readonly ticket?: Ticket | undefined;
    }
  /** The recipient asks for another time, and is answered with DECLINECOUNTER. */
  | {
      readonly kind: 'countered';
      readonly address: string;
      readonly proposed?: { readonly start: Date; readonly end: Date } | undefined;
      readonly ticket: Ticket;
    }
  /** Kept and shown as what it is; changes nothing of a recipient. */
  | { readonly kind: 'noted'; readonly reason: string; readonly ticket?: Ticket | undefined }
  /** Changes nothing, and is not shown; a ticket tells of it where somebody may want to know. */
  | { readonly kind: 'ignored'; readonly reason: string; readonly ticket?: Ticket | undefined };

const PARTSTAT = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' } as const;
const MAX_COMMENT = 2_000;

interface Reply {
  readonly mail: InboundMail;
  readonly answer: CalendarAnswer;
  readonly known: KnownInvitation;
  /** The recipient that the answer is for, if it is one. */
  readonly recipient: KnownRecipient | undefined;
}

/**
 * Decides what a mail to the planned-works mailbox means.
 * @param answer its calendar part (RFC 5546 REPLY, COUNTER or REFRESH); undefined for a mail without one
 * @param dmarc SES's verdict; anything but `PASS` proves nothing about the sender
 * @param known the invitation by the answer's UID
 */
export function judgeReply(
  mail: InboundMail,
  answer: CalendarAnswer | undefined,
  dmarc: string,
  known: KnownInvitation | undefined,
): Judgement {
  if (!answer) return judgeLetter(mail, dmarc);
  if (!known || known.uid !== answer.uid) return ignored('no invitation has this UID');
  if (answer.organizer !== undefined && addressKey(answer.organizer) !== known.organizer)
    return ignored('it is for the invitation of another organizer');
  const attendee = answer.attendee === undefined ? undefined : addressKey(answer.attendee);
  const reply = { mail, answer, known, recipient: known.recipients.find(({ address }) => address === attendee) };
  const pointless = whyPointless(reply);
  if (pointless) return ignored(pointless);
  if (!isOfCustomer(mail.from, known)) return judgeForeign(reply);
  if (dmarc !== 'PASS') return unverified(reply, `the sender is not proven: DMARC is ${dmarc}`);
  if (attendee === undefined) return unverified(reply, 'the answer names no attendee');
  if (attendee !== mail.from || !reply.recipient) return judgeColleague(reply);
  return answer.method === 'COUNTER' ? countered(reply, reply.recipient) : judgeAnswer(reply, reply.recipient);
}

/** A person writes to us, or a machine does. */
function judgeLetter(mail: InboundMail, dmarc: string): Judgement {
  if (mail.autoSubmitted) return ignored('a machine wrote it, and it holds no answer');
  const sender = mail.from !== undefined && dmarc === 'PASS' ? 'a proven sender' : `a sender who is not proven (DMARC is ${dmarc})`;
  const reason = `a mail without a calendar answer, from ${sender}`;
  return { kind: 'noted', reason, ticket: { kind: 'mail', reason, comment: commentOf(mail) } };
}

/** Why nobody has to look at an answer, whoever sent it. */
function whyPointless({ answer, recipient }: Reply): string | undefined {
  if (answer.method === 'REFRESH') return 'it asks for the invitation again, which comes with the next change';
  if (!recipient) return undefined;
  if (recipient.method === 'CANCEL') return 'it answers a cancellation';
  // A missing SEQUENCE is taken for the current one: some calendars leave it out.
  if (answer.sequence !== undefined && answer.sequence < recipient.sequence)
    return `it answers SEQUENCE ${answer.sequence}, and ${recipient.sequence} was sent since`;
  return undefined;
}

/** From an address that is not the customer's. Somebody who answers in a recipient's name may be a forger, or a calendar service: a person looks. */
function judgeForeign(reply: Reply): Judgement {
  const reason = reply.mail.from === undefined ? 'the mail has no single sender' : "the sender's address is not the customer's";
  return reply.recipient ? { ...ignored(reason), ticket: ticketOf(reply, 'unverified', reason) } : ignored(reason);
}

/** From a proven address of the customer, but not in its own name: it may be an assistant, or somebody to whom the invitation was forwarded. */
function judgeColleague(reply: Reply): Judgement {
  const reason = 'from another address of the customer than the one that was invited';
  if (reply.answer.method === 'COUNTER') return { kind: 'noted', reason, ticket: ticketOf(reply, 'countered', reason) };
  if (reply.answer.partstat === 'DECLINED') return { kind: 'noted', reason, ticket: ticketOf(reply, 'declined', reason) };
  return { kind: 'noted', reason, ticket: remarkOf(reply, reason) };
}

/** From the recipient itself. */
function judgeAnswer(reply: Reply, { address }: KnownRecipient): Judgement {
  const { partstat } = reply.answer;
  switch (partstat) {
    case 'ACCEPTED':
    case 'TENTATIVE':
      return { kind: 'answered', address, partstat: PARTSTAT[partstat], ticket: remarkOf(reply, `${PARTSTAT[partstat]}, with a comment`) };
    case 'DECLINED':
      return { kind: 'answered', address, partstat: PARTSTAT[partstat], ticket: ticketOf(reply, 'declined', 'the recipient declined') };
    case 'DELEGATED':
      return { kind: 'noted', reason: 'the recipient delegated it to somebody else', ticket: remarkOf(reply, 'delegated, with a comment') };
    case 'NEEDS-ACTION':
    case undefined:
      return ignored('it says neither yes nor no');
  }
}

function countered(reply: Reply, { address }: KnownRecipient): Judgement {
  const ticket = ticketOf(reply, 'countered', 'the recipient asks for another time');
  return { kind: 'countered', address, proposed: reply.answer.proposed, ticket };
}

function unverified(reply: Reply, reason: string): Judgement {
  return { kind: 'noted', reason, ticket: ticketOf(reply, 'unverified', reason) };
}

function ignored(reason: string): Judgement & { kind: 'ignored' } {
  return { kind: 'ignored', reason };
}

function ticketOf({ mail, answer }: Reply, kind: Ticket['kind'], reason: string): Ticket {
  return { kind, reason, comment: answer.comment?.trim().slice(0, MAX_COMMENT) || commentOf(mail) };
}

/** A person wrote something along with an answer that needs nobody otherwise. The text of the mail is the calendar's own words. */
function remarkOf(reply: Reply, reason: string): Ticket | undefined {
  return reply.answer.comment?.trim() ? ticketOf(reply, 'mail', reason) : undefined;
}

function commentOf({ text }: InboundMail): string | undefined {
  return text.trim().slice(0, MAX_COMMENT).toWellFormed() || undefined;
}

function isOfCustomer(from: string | undefined, { addressesOfCustomer, recipients }: KnownInvitation): boolean {
  return from !== undefined && (addressesOfCustomer.includes(from) || recipients.some(({ address }) => address === from));
}
