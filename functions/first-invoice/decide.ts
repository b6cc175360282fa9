import type { Write } from '../aws/tables.ts';
import type { AccountChecks } from '../invoice-checks/account-checks.ts';
import type { Actor, Answer, Deadlines, Draft, LineQuery, Review, ReviewHistoryLine } from './review.ts';
import type { Change } from './review-store.ts';
import { type ReviewState, refusal, stateAfter, type Trigger } from './states.ts';

/** Something that somebody wants to happen to a review. */
export interface Act {
  readonly trigger: Exclude<Trigger, 'draft' | 'block'>;
  readonly actor: Actor;
  /** The version that it is about; missing where it is about whatever stands. */
  readonly version?: number | undefined;
  readonly reason?: string | undefined;
  readonly lines?: readonly LineQuery[] | undefined;
  /** An extension's new dates. */
  readonly deadlines?: Deadlines | undefined;
  /** The numbers of an issue. */
  readonly numbers?: readonly string[] | undefined;
  /** Tells the audit trail of a change, because a person made it. */
  readonly witness?: Witness | undefined;
}

/** What the audit trail has to write together with a change of a review. */
export type Witness = (before: Review | undefined, after: Review) => readonly Write[];

/** What an act comes to. */
export type Verdict =
  | ({ readonly kind: 'changes' } & Change)
  /** It was said before, by whomever: the first word stands. */
  | { readonly kind: 'already' }
  /** A newer draft exists: what was said about the older one is void. */
  | { readonly kind: 'void' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What makes an approval: the first of them counts. */
const ANSWERS: readonly Trigger[] = ['approve', 'query', 'release', 'release-silently', 'reject'];
const MEANS_APPROVED: readonly Trigger[] = ['approve', 'release', 'release-silently'];

/** What becomes of a review when something happens. The same act a second time changes nothing. */
export function decide(review: Review, act: Act, now: Date): Verdict {
  const { trigger, version } = act;
  if (version !== undefined && version !== review.version) return { kind: 'void' };
  if (isDone(review.state, trigger)) return { kind: 'already' };
  const to = stateAfter(review.state, trigger);
  if (!to) return { kind: 'refused', reason: refusal(review.state, trigger) };
  const next: Review = {
    ...{ ...review, state: to, revision: review.revision + 1 },
    ...(isAnswer(trigger) && { answer: answerOf(review, act, trigger, now) }),
    ...(trigger === 'remind' && { reminded: review.reminded + 1 }),
    ...(trigger === 'warn' && { warned: true }),
    ...(trigger === 'extend' && { deadlines: act.deadlines ?? review.deadlines, reminded: 0, answer: undefined }),
    ...(trigger === 'reject' && { unsaid: true }),
    ...(trigger === 'issue' && { numbers: act.numbers }),
  };
  return { kind: 'changes', review: next, line: lineOf(review.state, next, act, now) };
}

/**
 * What becomes of a review when billing drafts. A new version takes the place of the one before, with its answers; the same
 * version again only counts where the checks were what held it.
 * @param review undefined for the first draft
 */
export function decideDraft(review: Review | undefined, draft: Draft, found: AccountChecks, deadlines: Deadlines, now: Date): Verdict {
  const { counts: checks, results: checkResults } = found;
  const trigger = checks.blocks > 0 ? 'block' : 'draft';
  if (review && draft.version < review.version) return { kind: 'void' };
  if (review && draft.version === review.version && !isLookedAtAgain(review, trigger)) return { kind: 'already' };
  const to = review ? stateAfter(review.state, trigger) : trigger === 'block' ? 'blocked' : 'awaiting-customer';
  if (!to) return { kind: 'refused', reason: refusal(review?.state ?? 'blocked', trigger) };
  const next: Review = {
    ...draft,
    ...{ state: to, revision: (review?.revision ?? 0) + 1, draftedAt: now.toISOString(), checks, checkResults, deadlines, reminded: 0 },
    // Who was warned of the legal limit knows it: a new version does not move it.
    warned: review?.warned,
  };
  const actor: Actor = { kind: 'billing', cause: `version ${draft.version}` };
  return { kind: 'changes', review: next, line: lineOf(review?.state, next, { trigger, actor, reason: draft.fault }, now) };
}

function isLookedAtAgain({ state }: Review, trigger: 'draft' | 'block'): boolean {
  return (state === 'blocked' && trigger === 'draft') || (state === 'awaiting-customer' && trigger === 'block');
}

function isDone(state: ReviewState, trigger: Trigger): boolean {
  const approved = state === 'approved' || state === 'issued';
  if (approved && (MEANS_APPROVED.includes(trigger) || trigger === 'remind' || trigger === 'expire')) return true;
  if (state === 'rejected' && trigger === 'reject') return true;
  return (state === 'expired' && trigger === 'expire') || (state === 'issued' && trigger === 'issue');
}

function isAnswer(trigger: Trigger): trigger is Answer['trigger'] {
  return ANSWERS.includes(trigger);
}

function answerOf({ version }: Review, { actor, reason, lines }: Act, trigger: Answer['trigger'], now: Date): Answer {
  return { trigger, actor, at: now.toISOString(), version, reason, lines };
}

function lineOf(
  from: ReviewState | undefined,
  { state: to, revision, version }: Review,
  { trigger, actor, reason, lines }: Pick<ReviewHistoryLine, 'trigger' | 'actor' | 'reason' | 'lines'>,
  now: Date,
): ReviewHistoryLine {
  return { at: now.toISOString(), revision, version, trigger, from, to, actor, reason, lines };
}
