import { createHash } from 'node:crypto';
import { queueUrlOf } from '../aws/environment.ts';
import { expression } from '../aws/expression.ts';
import { sendEvent } from '../aws/queues.ts';
import { expiresAfterDays, KEPT_DAYS } from '../aws/retention.ts';
import { putItem, queryItems } from '../aws/tables.ts';
import { ownEvent } from '../events/cloud-event.ts';

/** Something that the works' coordinator has to look at. */
export interface WorksTicket {
  readonly ticketId: string;
  readonly kind: 'declined' | 'countered' | 'unverified' | 'mail';
  readonly reason: string;
  readonly comment?: string | undefined;
  readonly at: string;
  /** Missing for a mail that answers no invitation of ours. */
  readonly worksId?: string | undefined;
  readonly windowId?: string | undefined;
  readonly ocn?: string | undefined;
  readonly contactId?: string | undefined;
  /** Who wrote, folded. */
  readonly address?: string | undefined;
  /** The time that was proposed. */
  readonly proposed?: { readonly start: string; readonly end: string } | undefined;
  readonly coordinator?: { readonly name: string; readonly email: string } | undefined;
}

/** An answer that was kept and counts for nobody: from a colleague, unproven. */
export interface WorksNote {
  readonly address: string;
  readonly ocn: string;
  readonly partstat?: string | undefined;
  readonly reason: string;
  readonly at: string;
}

/** `works.ticket.opened`: what the carrier's ticket system reads from the queue `works-tickets`. */
const OPENED = 'works.ticket.opened';
const SCHEMA_VERSION = 1;
/** Begins the keys of tickets. */
export const TICKET = 'TICKET#';
/** Mails that are about no works of ours. */
const NO_WORKS = 'MAILBOX';

/** The ticket that a mail becomes: the same mail is the same ticket, however often it comes. */
export function ticketIdOf(mailId: string): string {
  return `T-${createHash('sha256').update(mailId).digest('hex').slice(0, 10).toUpperCase()}`;
}

/** Opens a ticket: kept with the works, and told to the carrier's ticket system. Opening it again changes nothing. */
export async function openTicket(ticket: WorksTicket, now: Date): Promise<void> {
  const key = { pk: ticketPartition(ticket.worksId), sk: `${TICKET}${ticket.ticketId}` };
  await putItem('works', { ...ticket, ...key, expiresAt: expiresAfterDays(ticket.at, KEPT_DAYS) }, expression`attribute_not_exists(#pk)`);
  const event = ownEvent(OPENED, ticket.ticketId, { schemaVersion: SCHEMA_VERSION, ...ticket }, now);
  await sendEvent(queueUrlOf('works-tickets'), { event });
}

/** Every ticket of a works, oldest first. */
export async function ticketsOf(worksId: string): Promise<WorksTicket[]> {
  return (await listed<WorksTicket>(worksId, TICKET)).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Keeps an answer that counts for nobody; the same mail is the same note. */
export async function keepNote(worksId: string, mailId: string, note: WorksNote): Promise<void> {
  const key = { pk: ticketPartition(worksId), sk: `NOTE#${ticketIdOf(mailId)}` };
  await putItem('works', { ...note, ...key, expiresAt: expiresAfterDays(note.at, KEPT_DAYS) });
}

/** Every such answer of a works, oldest first. */
export async function notesOf(worksId: string): Promise<WorksNote[]> {
  return (await listed<WorksNote>(worksId, 'NOTE#')).sort((a, b) => (a.at < b.at ? -1 : 1));
}

function listed<T>(worksId: string, beginsWith: string): Promise<T[]> {
  return Array.fromAsync(queryItems<T>('works', { pk: ticketPartition(worksId), beginsWith }));
}

/** Where the tickets and notes of a works stand, and (without one) those about none. */
export function ticketPartition(worksId: string | undefined): string {
  return worksId === undefined ? NO_WORKS : `WORKS#${worksId}`;
}
