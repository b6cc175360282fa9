import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import type { InvoiceApproved, InvoiceRejected } from '../billing/events.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PassingError, PermanentError } from '../events/failure.ts';
import { type Act, decide, type Verdict, type Witness } from './decide.ts';
import { nameOf, type Review } from './review.ts';
import { type Change, changeReview, getReview } from './review-store.ts';
import { closeTask, openTaskOf } from './review-tasks.ts';

/** How often a change is tried again when somebody else was first. */
const MAX_TRIES = 8;

/** What became of an act, and the review as it stands. */
export interface Outcome {
  readonly kind: Verdict['kind'];
  readonly review: Review;
  /** Why it was refused. */
  readonly reason?: string | undefined;
}

/**
 * Does something to a review. Of two people who act at once one comes first, and the other learns what stands.
 * @throws PermanentError when there is no such review
 */
export async function act(bcn: string, period: string, wanted: Act, now: Date): Promise<Outcome> {
  const outcome = await settled(
    bcn,
    period,
    (review) => {
      if (!review) throw new PermanentError(`bcn is ${JSON.stringify(bcn)}: there is no first invoice of ${period} to review`, 'bcn');
      return decide(review, wanted, now);
    },
    now,
    wanted.witness,
  );
  // Said whenever it stands, so that an answer whose word to billing was lost is said by the next who answers.
  if (outcome.review.state === 'approved') await sayApproved(outcome.review, now);
  if (outcome.review.state === 'rejected' && wanted.trigger === 'reject') await sayRejected(outcome.review, now);
  return outcome;
}

/** Decides on the review as it is, and keeps what was decided unless something else came first; then decides again. */
export async function settled(
  bcn: string,
  period: string,
  decision: (review: Review | undefined) => Verdict,
  now: Date,
  witness?: Witness,
): Promise<Outcome> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const before = await getReview(bcn, period);
    const verdict = decision(before);
    if (verdict.kind === 'changes') {
      if (await kept(before, verdict, now, witness)) return { kind: 'changes', review: verdict.review };
    } else if (before) return { kind: verdict.kind, review: before, reason: verdict.kind === 'refused' ? verdict.reason : undefined };
  }
  throw new PassingError(`Others kept changing the first invoice of ${bcn}`);
}

/** Tells billing that the draft may be issued. Told again, it is the same. */
export async function sayApproved({ bcn, period, version, answer }: Review, now: Date): Promise<void> {
  if (!answer) return;
  const { actor, reason = answer.trigger, at } = answer;
  const data: InvoiceApproved = { schemaVersion: 1, bcn, period, version, by: nameOf(actor), reason, approvedAt: at };
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('invoice.approved', `${bcn}/${period}/${version}`, data, now) });
}

/** Tells billing that the draft is not issued, so that nothing waits for it. Told again, it is the same. */
async function sayRejected({ bcn, period, version, answer }: Review, now: Date): Promise<void> {
  if (!answer) return;
  const { actor, reason = answer.trigger } = answer;
  const data: InvoiceRejected = { schemaVersion: 1, bcn, period, version, by: nameOf(actor), reason };
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('invoice.rejected', `${bcn}/${period}/${version}`, data, now) });
}

/** The task of the new state is there before the state is, so that no death in between loses it. */
async function kept(before: Review | undefined, { review, line }: Change, now: Date, witness?: Witness): Promise<boolean> {
  const task = await openTaskOf(review, line, now);
  const next: Review = { ...review, taskId: task ?? (review.state === before?.state ? before.taskId : undefined) };
  const done = await changeReview(before, { review: next, line }, witness?.(before, next));
  const standing = done ? next : await getReview(review.bcn, review.period);
  const over = done ? before?.taskId : task;
  if (over !== undefined && over !== standing?.taskId) await closeTask(over, done ? line : undefined, now);
  return done;
}
