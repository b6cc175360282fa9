import type { Outcome } from './act.ts';
import { extend, type ReviewPerson } from './answer.ts';
import type { Review } from './review.ts';
import { tellCustomer } from './tell-customer.ts';

/**
 * A named person gives the customer more time, and the customer is told the new deadline.
 * @param until the last day; five business days from now when missing
 * @throws PermanentError for a day that is no later one, or lies behind the legal limit
 */
export async function giveMoreTime(review: Review, person: ReviewPerson, until: string | undefined, now: Date): Promise<Outcome> {
  const outcome = await extend(review, person, until, now);
  if (outcome.kind === 'changes') await tellCustomer(outcome.review, 'extended', now);
  return outcome;
}
