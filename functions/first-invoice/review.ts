import type { Draft } from '../billing/draft.ts';
import type { AccountChecks, CheckCounts } from '../invoice-checks/account-checks.ts';
import type { ActorKind, ReviewState, Trigger } from './states.ts';

export type { Draft } from '../billing/draft.ts';

/** Who did something to a first invoice. */
export type Actor =
  | { readonly kind: Extract<ActorKind, 'customer'>; readonly contactId: string; readonly name: string }
  | { readonly kind: Extract<ActorKind, 'person'>; readonly by: string }
  | { readonly kind: Extract<ActorKind, 'schedule' | 'billing'>; readonly cause: string };

/** Who it was, as the history and the bill run say it. */
export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'customer':
      return `contact ${actor.contactId}`;
    case 'person':
      return actor.by;
    case 'schedule':
    case 'billing':
      return actor.cause;
  }
}

/** A line that the customer asks about, in the customer's words. */
export interface LineQuery {
  readonly billId: string;
  /** The id of the bill's line; missing for a word about the whole. */
  readonly lineId?: string | undefined;
  readonly reason: string;
}

/** What somebody answered to a version of the draft. */
export interface Answer {
  readonly trigger: Extract<Trigger, 'approve' | 'query' | 'release' | 'release-silently' | 'reject'>;
  readonly actor: Actor;
  readonly at: string;
  readonly version: number;
  readonly reason?: string | undefined;
  readonly lines?: readonly LineQuery[] | undefined;
}

/** When something is due for a review. Instants; dates are the calendar's own. */
export interface Deadlines {
  /** The two reminders: 09:00 local, two and four business days after the draft. */
  readonly remindAt: readonly [string, string];
  /** 17:00 local, five business days after the draft, never after the limit. */
  readonly deadlineAt: string;
  /** The limit leaves the customer no day to answer by: a person decides at once, and silence says nothing. */
  readonly noTime?: boolean | undefined;
  /** The last day on which the law lets the invoice be issued; missing where the legal entity says nothing. */
  readonly issueBy?: string | undefined;
  /** 09:00 local two business days before that day: people must know. */
  readonly warnAt?: string | undefined;
}

/** The review of a first invoice: one for each account, about its first billed period. */
export interface Review extends Draft {
  readonly state: ReviewState;
  /** Rises with every change; the condition of every change. */
  readonly revision: number;
  /** When this version was drafted. */
  readonly draftedAt: string;
  readonly checks: CheckCounts;
  /** What the checks found, by bill; a review that was begun by an older version has none. */
  readonly checkResults?: AccountChecks['results'] | undefined;
  readonly deadlines: Deadlines;
  /** How many reminders have gone for this version. */
  readonly reminded: number;
  readonly warned?: boolean | undefined;
  /** The answer that stands; a new version has none. */
  readonly answer?: Answer | undefined;
  /** Billing has still to hear that it is rejected. */
  readonly unsaid?: boolean | undefined;
  readonly numbers?: readonly string[] | undefined;
  /** What the billing team has to do about it now. */
  readonly taskId?: string | undefined;
}

/** One line of a review's history: who or what made it what it is. */
export interface ReviewHistoryLine {
  readonly at: string;
  readonly revision: number;
  readonly version: number;
  readonly trigger: Trigger;
  readonly from?: ReviewState | undefined;
  readonly to: ReviewState;
  readonly actor: Actor;
  readonly reason?: string | undefined;
  readonly lines?: readonly LineQuery[] | undefined;
}
