import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { templates } from '../../build/templates/templates.mjs';
import type { QueueName } from '../aws/resources.ts';
import { type Category, isMandatory, worksCategory } from '../preferences/categories.ts';
import type { DocumentsContent, QueryReceivedContent, ReviewContent, SettingsLinkContent, WorksContent } from './message-content.ts';
import type { Lane } from './rate.ts';
import type { MessageState, Trigger } from './states.ts';

/**
 * What a message is about and which queue it waits in. `mail pause KIND` takes these names. `tells` is the kind's part of the
 * business key: attached or as a link, a document is told to a mailbox once, whatever its reader switches to meanwhile.
 */
export const KINDS = {
  /** an invoice, credit note or other numbered document, attached where it may be */
  invoice: { queue: 'mail-invoices', template: 'invoice', sender: 'billing', tells: 'documents' },
  /** links only: for contacts who want no attachments, or when there is no invoice */
  'documents-ready': { queue: 'mail-invoices', template: 'documents-ready', sender: 'billing', tells: 'documents' },
  /** an invitation, what changed of it, and its end */
  works: { queue: 'mail-works', template: 'works', sender: 'works', tells: 'works' },
  /** the same of emergency works: overtakes everything */
  'works-emergency': { queue: 'mail-emergency', template: 'works', sender: 'works', tells: 'works' },
  /** 24 hours before works begin, for who asked for it */
  'works-reminder': { queue: 'mail-works', template: 'works', sender: 'works', tells: 'works-reminder' },
  /** our answer to who proposed another time */
  'works-answer': { queue: 'mail-works', template: 'works-answer', sender: 'works', tells: 'works-answer' },
  /** the draft of a first invoice, for its customer to check; its reminders, and new links to it */
  'first-invoice-review': { queue: 'mail-invoices', template: 'first-invoice-review', sender: 'billing', tells: 'first-invoice-review' },
  /** what the customer asked about the draft has arrived */
  'first-invoice-query-received': {
    queue: 'mail-invoices',
    template: 'first-invoice-query-received',
    sender: 'billing',
    tells: 'first-invoice-query-received',
  },
  /** a new link to somebody's settings, asked for a moment ago */
  'settings-link': { queue: 'mail-other', template: 'settings-link', sender: 'billing', tells: 'settings-link' },
} as const satisfies Record<string, { queue: QueueName; template: keyof typeof templates; sender: 'billing' | 'works'; tells: string }>;

/** Queues whose mail has a share of the sending rate to itself. */
const URGENT: ReadonlySet<QueueName> = new Set(['mail-emergency']);

export type MessageKind = keyof typeof KINDS;

/** Who an email is for, and why it is one email. */
interface Addressing {
  /** Document version id, works' UID or review version. */
  readonly subject: string;
  /** SEQUENCE, reminder number or rerun id: the same subject is mailed once per occasion. */
  readonly occasion: string;
  /** What is counted, stopped and resumed together: the publication's id, the works. */
  readonly group: string;
  readonly ocn: string;
  readonly bcn: string;
  readonly contactId: string;
  readonly address: string;
  /** The event, schedule or person that this message comes from. */
  readonly cause: string;
  /** How long an invoice's log is kept, where the legal entity says so. */
  readonly keptMonths?: number | undefined;
  /** Somebody asked for it once more: that this address was told the same lately is no mistake. */
  readonly again?: boolean | undefined;
}

type Content = DocumentsContent | WorksContent | SettingsLinkContent | ReviewContent | QueryReceivedContent;

export type DocumentsMessage = Addressing & DocumentsContent;
export type WorksMessage = Addressing & WorksContent;
export type SettingsLinkMessage = Addressing & SettingsLinkContent;
export type FirstInvoiceMessage = Addressing & (ReviewContent | QueryReceivedContent);

/** One email to one contact for one reason, as its capability hands it over. */
export type NewMessage = DocumentsMessage | WorksMessage | SettingsLinkMessage | FirstInvoiceMessage;

/** One line of a message's history: what happened, when, and which event, schedule or person caused it. */
export interface HistoryLine {
  readonly at: string;
  readonly trigger: Trigger | 'enqueue';
  readonly state: MessageState;
  readonly cause: string;
  readonly reason?: string | undefined;
}

/** A message as the outbox keeps it: `MESSAGE#<id>` / `MESSAGE` in the table `messages`. `address` is folded. */
export type Message = NewMessage & Progress;

/** How far a message has come. */
export interface Progress {
  readonly messageId: string;
  readonly category: Category;
  readonly state: MessageState;
  /** Rises with every change: the condition of every write. */
  readonly version: number;
  readonly queuedAt: string;
  readonly history: readonly HistoryLine[];
  /** Why it is held, skipped or undelivered. */
  readonly reason?: string | undefined;
  /** Claims so far, oldest first: the tag of an SES event must name one of them. */
  readonly claims: readonly string[];
  readonly claimedAt?: string | undefined;
  readonly sesMessageId?: string | undefined;
  /** How often SES throttled it: the waits grow. Never a failure. */
  readonly throttles?: number | undefined;
  /** True after the one second try that mandatory mail gets when nobody knows whether the first one left. */
  readonly triedAgain?: boolean | undefined;
  /** The rules that it broke and was sent with. */
  readonly warnings?: readonly string[] | undefined;
  /** When its contact was erased: name and address are gone from it. */
  readonly erased?: string | undefined;
  /** What held it last. */
  readonly held?: Hold | undefined;
  /** The person who let it go as it was, and what it said. */
  readonly released?: Release | undefined;
  /** What a deferred message waits for: the name of a brake, or an instant. */
  readonly waitsFor?: string | undefined;
  /** The days and weeks in which it counts towards its contact's caps; see deferral.ts. */
  readonly countedIn?: readonly string[] | undefined;
}

/** Why a message was held. */
interface Hold {
  readonly rules: readonly string[];
  /** Hash of what it said; missing when it could not be composed. */
  readonly content?: string | undefined;
  /** Its line in the list of held messages. */
  readonly line: string;
}

/** A person's word that this content may leave although it breaks these rules. */
interface Release {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  readonly content: string;
  readonly rules: readonly string[];
}

/** `message.queued`: what stands in the mail queues. `slot` is the sending time that was already reserved. */
export const queuedData = z.object({ messageId: z.string().regex(/^[a-f0-9]{32}$/), slot: z.iso.datetime().optional() });

export const QUEUED = 'message.queued';

/** Of what happens while a message is taken from its queue: the event, by message and version. */
export function queuedCause({ messageId, version }: Pick<Progress, 'messageId' | 'version'>): string {
  return `event ${QUEUED} ${messageId}/${version}`;
}

/** The business key, hashed: a second message of the same key is the same message. */
export function messageIdOf(key: { kind: MessageKind; subject: string; occasion: string; address: string }): string {
  const text = JSON.stringify([KINDS[key.kind].tells, key.subject, key.occasion, key.address]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/**
 * Which preference decides about a message. Whatever carries a numbered document is mandatory; call records and number lists alone are not.
 * Of works the class and the impact decide.
 */
export function categoryOf(message: Content): Category {
  if (isAboutWorks(message)) return worksCategory(message.facts.class, message.facts.impact);
  if (message.kind === 'settings-link') return 'settings-links';
  if (isAboutFirstInvoice(message)) return 'first-invoice-reviews';
  return message.facts.documentKind === undefined ? 'documents' : 'invoices';
}

/** True for the kinds of planned works. */
export function isAboutWorks<T extends Content>(message: T): message is Extract<T, WorksContent> {
  return KINDS[message.kind].sender === 'works';
}

/** True for the kinds of billing documents. */
export function isAboutDocuments<T extends Content>(message: T): message is Extract<T, DocumentsContent> {
  return KINDS[message.kind].tells === 'documents';
}

/** True for the kinds of a first invoice that does not count yet. */
export function isAboutFirstInvoice<T extends Content>(message: T): message is Extract<T, ReviewContent | QueryReceivedContent> {
  return message.kind === 'first-invoice-review' || message.kind === 'first-invoice-query-received';
}

/** The one thing that is told to who opted out or left: that the diary is empty again. */
export function clearsDiary(message: Content): boolean {
  return isAboutWorks(message) && message.facts.act === 'cancel';
}

/**
 * What nobody can switch off: mandatory mail, and the CANCEL that clears a diary, whatever the works are. When nobody knows whether it left
 * it goes once more, and a person is told when it did not arrive.
 */
export function isOwed(message: Pick<Message, 'category'> & Content): boolean {
  return isMandatory(message.category) || clearsDiary(message);
}

/** True when a deferred message waits for an instant, not for a brake. */
export function isInstant(waitsFor: string | undefined): waitsFor is string {
  return waitsFor !== undefined && /^\d{4}-/.test(waitsFor);
}

/** The lane of the sending rate that a message's queue takes. */
export function laneOf({ kind }: Pick<Message, 'kind'>): Lane {
  return URGENT.has(KINDS[kind].queue) ? 'urgent' : 'bulk';
}

export function isMessageKind(kind: string): kind is MessageKind {
  return kind in KINDS;
}
