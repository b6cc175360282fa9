import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import type { InvoiceApproved, InvoiceRejected } from '../billing/events.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { PassingError, PermanentError } from '../events/failure.ts';
import { type Act, decide, type Verdict, type Witness } from './decide.ts';
import { nameOf, type Review } from './review.ts';
import { type Change, changeReview, getReview, noteSaid } from './review-store.ts';
import { taskChanges } from './review-tasks.ts';

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
  await tellBilling(outcome.review, now);
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
      const review = await kept(before, verdict, now, witness);
      if (review) return { kind: 'changes', review };
    } else if (before) return { kind: verdict.kind, review: before, reason: verdict.kind === 'refused' ? verdict.reason : undefined };
  }
  throw new PassingError(`Others kept changing the first invoice of ${bcn}`);
}

/**
 * Tells billing what it has to act on. Said whenever it stands, so that a word that was lost is said by whoever comes next, and by the
 * hourly look. Told again, it is the same.
 */
export async function tellBilling(review: Review, now: Date): Promise<void> {
  if (review.state === 'approved') await sayApproved(review, now);
  if (review.state === 'rejected' && review.unsaid) {
    await sayRejected(review, now);
    await noteSaid(review);
  }
}

/** The draft may be issued. */
async function sayApproved({ bcn, period, version, answer }: Review, now: Date): Promise<void> {
  if (!answer) return;
  const { actor, reason = answer.trigger, at } = answer;
  const data: InvoiceApproved = { schemaVersion: 1, bcn, period, version, by: nameOf(actor), reason, approvedAt: at };
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('invoice.approved', `${bcn}/${period}/${version}`, data, now) });
}

/** The draft is not issued, and nothing waits for it. */
async function sayRejected({ bcn, period, version, answer }: Review, now: Date): Promise<void> {
  if (!answer) return;
  const { actor, reason = answer.trigger } = answer;
  const data: InvoiceRejected = { schemaVersion: 1, bcn, period, version, by: nameOf(actor), reason };
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('invoice.rejected', `${bcn}/${period}/${version}`, data, now) });
}

/**
 * A change and what it does to tasks are one transaction: no death leaves a task behind, or a change without its task.
 * @returns the review as it stands now; undefined when something else came first
 */
async function kept(before: Review | undefined, { review, line }: Change, now: Date, witness?: Witness): Promise<Review | undefined> {
  const { taskId, writes } = await taskChanges(before, { review, line }, now);
  const next: Review = { ...review, taskId };
  const done = await changeReview(before, { review: next, line }, [...writes, ...(witness?.(before, next) ?? [])]);
  return done ? next : undefined;
}
