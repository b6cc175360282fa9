import { count } from '../aws/log.ts';
import { getLegalEntity } from '../directory/read.ts';
import { act, tellBilling } from './act.ts';
import { nextDue } from './deadlines.ts';
import type { Review } from './review.ts';
import { dueReviews, getReview } from './review-store.ts';
import type { Reviewing } from './take-draft.ts';

/** More than a review can have due at once: reminders, the warning, the deadline. */
const MOST_DUE = 8;

/**
 * Does what is due: reminders, the deadline, the warning before the legal limit, and answers that billing has not heard of or not acted on.
 * One review's trouble does not keep the others waiting.
 */
export async function sweepReviews(now: Date, tell?: Reviewing['tell']): Promise<void> {
  const failures: unknown[] = [];
  for (const { bcn, period } of await Array.fromAsync(dueReviews(now))) {
    await lookAgain(bcn, period, tell, now).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} first invoices could not be looked at`);
}

async function lookAgain(bcn: string, period: string, tell: Reviewing['tell'], now: Date): Promise<void> {
  for (let turn = 0; turn < MOST_DUE; turn += 1) {
    const review = await getReview(bcn, period);
    const due = review && nextDue(review);
    if (!review || !due || due.at > now.toISOString()) return;
    if (due.what === 'say-again') return tellBilling(review, now);
    await perform(review, due.what, tell, now);
  }
}

async function perform(review: Review, what: 'remind' | 'deadline' | 'warn', tell: Reviewing['tell'], now: Date): Promise<void> {
  const { bcn, period, version, deadlines } = review;
  const actor = { kind: 'schedule', cause: `${what} of ${period}` } as const;
  switch (what) {
    case 'remind':
      // Told first: the message's key sees to it that it goes once, and nothing would tell again what was only counted.
      await tell?.({ ...review, reminded: review.reminded + 1 }, 'reminder', now);
      await act(bcn, period, { trigger: 'remind', version, actor }, now);
      return;
    case 'warn': {
      const { kind } = await act(
        bcn,
        period,
        { trigger: 'warn', version, actor, reason: `to be issued by ${deadlines.issueBy ?? ''}` },
        now,
      );
      if (kind === 'changes') count('FirstInvoiceNearLimit', 1);
      return;
    }
    case 'deadline':
      return passDeadline(review, now);
  }
}

/**
 * The customer was silent: the legal entity's policy releases a draft that passed every check, else a person decides. Who had no time to
 * answer was not silent.
 */
async function passDeadline({ bcn, period, version, legalEntityId, checks, deadlines }: Review, now: Date): Promise<void> {
  const entity = await getLegalEntity(legalEntityId);
  const { noTime = false, deadlineAt, issueBy = '' } = deadlines;
  const silently = !noTime && entity?.releaseSilently === true && checks.blocks === 0 && checks.asks === 0;
  const trigger = silently ? 'release-silently' : 'expire';
  const cause = silently ? `policy of ${legalEntityId}` : `deadline ${deadlineAt}`;
  const reason = noTime ? `to be issued by ${issueBy}: no time to wait for the customer` : `no answer by ${deadlineAt}`;
  const { kind } = await act(bcn, period, { trigger, version, reason, actor: { kind: 'schedule', cause } }, now);
  if (kind === 'changes' && trigger === 'expire') count('FirstInvoiceExpired', 1);
}
