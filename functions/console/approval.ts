import type { Subject } from '../audit/human-act.ts';

/** What needs a second person when it is large. */
export type TwoPersonAct = 'run.release' | 'rerun';

/** How much an act moves. */
export interface Extent {
  readonly accounts: number;
  /** Emails that it sends again or anew, beside those that the accounts get anyway. */
  readonly emails: number;
  /** Emails go again, and more than could be counted before. */
  readonly isUncounted?: boolean | undefined;
}

/** From where on a stage wants a second person. */
export interface Limits {
  readonly accounts: number;
  readonly emails: number;
}

/** Somebody who is signed in, as a request keeps it. */
export interface Who {
  readonly subject: string;
  readonly name: string;
}

/**
 * waiting -> approved -> done, or refused when the act could not be done any more; waiting -> declined. `approved` is left for `done` at
 * once, unless something died in between: then anybody who may act finishes it.
 */
export type ApprovalState = 'waiting' | 'approved' | 'done' | 'refused' | 'declined';

/** An act that waits for a second person: what is done is what was asked for, and nothing else. */
export interface Approval {
  readonly id: string;
  readonly what: TwoPersonAct;
  /** What the act is done with, as it was asked for. */
  readonly input: unknown;
  /** What it is about, for the audit trail. */
  readonly subject: Subject;
  /** What it is, for the second person. */
  readonly sentence: string;
  readonly extent: Extent;
  readonly askedBy: Who;
  readonly reason: string;
  readonly askedAt: string;
  readonly state: ApprovalState;
  readonly decided?: { readonly by: Who; readonly reason: string; readonly at: string } | undefined;
  /** What the act came to. */
  readonly outcome?: string | undefined;
}

const LIVES = 24 * 3_600_000;

export function isBeyond({ accounts, emails, isUncounted }: Extent, limits: Limits): boolean {
  return accounts > limits.accounts || emails > limits.emails || isUncounted === true;
}

/** When a request is too old to be approved. */
export function endOf({ askedAt }: Pick<Approval, 'askedAt'>): Date {
  return new Date(Date.parse(askedAt) + LIVES);
}

/** As people read it: nobody approves what was asked for a day ago. */
export function stateAt(approval: Pick<Approval, 'state' | 'askedAt'>, now: Date): ApprovalState | 'expired' {
  return approval.state === 'waiting' && now >= endOf(approval) ? 'expired' : approval.state;
}

/** Why somebody may not decide; undefined when it may. Who asked may take it back, and never approve it. */
export function objectionTo(approval: Approval, verdict: 'approve' | 'decline', subject: string, now: Date): string | undefined {
  const state = stateAt(approval, now);
  if (state === 'expired') return `it was asked for at ${approval.askedAt}, more than a day ago: it has to be asked for again`;
  if (state !== 'waiting') return `it is ${state} already`;
  if (verdict === 'approve' && approval.askedBy.subject === subject) return 'who asks for it cannot approve it: another person has to';
  return undefined;
}
