import { createHash } from 'node:crypto';

/** What a person is asked to do, by the kind of what went wrong. */
export const TASK_KINDS = {
  /** an email that is owed reached nobody of the account */
  'not-delivered': 'ask the customer for a working address: the account has nobody else who can be written to',
  /** an address does not exist, and others of the account were told */
  'address-bounced': 'have the address corrected where the carrier keeps its contacts',
  /** a mailbox took nothing for a day, or gave an email back for now */
  delayed: 'find out whether the mailbox is full or its server is down',
  /** somebody called an email spam */
  complaint: 'call the contact: optional mail is switched off, and the address gets nothing more',
  /** an email that is owed was tried twice, and nobody knows whether it left */
  'still-in-doubt': 'ask the customer whether the email has come',
  /** a customer asks about lines of a first invoice */
  'first-invoice-queried':
    'look into the lines; have the bill corrected and delivered again, or `carrierpost review release` it when nothing is wrong',
  /** a customer did not answer in time */
  'first-invoice-expired': 'call the customer, then `carrierpost review release`, `extend` or `reject`',
  /** a person said that this draft is not issued */
  'first-invoice-rejected':
    'have the bill corrected and delivered again, which makes a new draft; until then the next month is reviewed instead',
  /** a check found what must not be issued, or the newest data cannot be billed */
  'first-invoice-blocked': 'have the data corrected and delivered again: that makes a new draft',
  /** the bill of an issued document was delivered again with other figures */
  'correction-needed':
    'look at it with `carrierpost correct BCN PERIOD --dry-run`, then correct it: a credit note and a new document; or have the bill delivered as it was',
} as const satisfies Record<string, string>;

export type TaskKind = keyof typeof TASK_KINDS;

/** What went wrong, told in ids alone: names and addresses are the directory's. */
export interface NewTask {
  readonly kind: TaskKind;
  /** What makes it one task: the message, or the report that condemned the address. */
  readonly cause: string;
  readonly ocn: string;
  readonly bcn: string;
  /** The person it is about; missing where it is about an account. */
  readonly contactId?: string | undefined;
  /** The email it is about, if any. */
  readonly messageId?: string | undefined;
  /** What it is about: a document's version, an invitation, a draft. */
  readonly subject: string;
  readonly reason: string;
  /** Nobody else of the account could be written to. */
  readonly alone: boolean;
}

/** Something that a person has to do. */
export interface Task extends NewTask {
  readonly taskId: string;
  readonly state: 'open' | 'done';
  readonly openedAt: string;
  /** Who did it, when, and what came of it. */
  readonly done?: { readonly by: string; readonly reason: string; readonly at: string } | undefined;
}

/** The same for the same cause, so that an event that comes twice opens one task. `T-3F2A9C01B77D` */
export function taskIdOf({ kind, cause, contactId, ocn }: Pick<NewTask, 'kind' | 'cause' | 'contactId' | 'ocn'>): string {
  const text = JSON.stringify([kind, cause, ocn, contactId]);
  return `T-${createHash('sha256').update(text).digest('hex').slice(0, 12).toUpperCase()}`;
}

export function isTaskKind(kind: string): kind is TaskKind {
  return Object.hasOwn(TASK_KINDS, kind);
}
