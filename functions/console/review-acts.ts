import { PermanentError } from '../events/failure.ts';
import type { Outcome } from '../first-invoice/act.ts';
import { type ReviewPerson, reject, release, reviewMeant } from '../first-invoice/answer.ts';
import { giveMoreTime } from '../first-invoice/give-more-time.ts';
import { nameOf, type Review } from '../first-invoice/review.ts';
import type { FormFields } from '../pages/form-body.ts';
import { wordOf } from './act-form.ts';
import type { ConsoleAct, ConsoleAnswer, ConsoleRequest } from './console-page.ts';

import { paths } from './links.ts';

/** `POST /reviews/{bcn}/{period}/release`: billing issues the draft that was shown. */
export const releaseReview: ConsoleAct = (request, form) => personAct(request, form, 'is released: billing issues it', release);

/** `POST /reviews/{bcn}/{period}/reject`: the draft that was shown is not issued. */
export const rejectReview: ConsoleAct = (request, form) => personAct(request, form, 'is rejected: it waits for corrected data', reject);

/** `POST /reviews/{bcn}/{period}/extend`: the customer gets more time, and is told. */
export const extendReview: ConsoleAct = (request, form) =>
  personAct(request, form, 'has more time', (review, person, now) => giveMoreTime(review, person, form.get('until') || undefined, now));

async function personAct(
  request: ConsoleRequest,
  form: FormFields,
  done: string,
  act: (review: Review, person: ReviewPerson, now: Date) => Promise<Outcome>,
): Promise<ConsoleAnswer> {
  const { now, parameters } = request;
  const { bcn = '', period = '' } = parameters;
  const word = { ...wordOf(request, form), version: versionIn(form) };
  const outcome = await act(await reviewMeant(bcn, period), word, now);
  return { to: paths.review(bcn, period), said: `The first invoice of ${bcn}, ${period}, ${saidOf(outcome, done)}.` };
}

/** @throws PermanentError for what the rules do not allow, and when another draft was shown */
function saidOf({ kind, review, reason }: Outcome, done: string): string {
  if (kind === 'refused') throw new PermanentError(reason ?? 'That may not be done now');
  if (kind === 'void') throw new PermanentError('A newer draft came meanwhile: look at it first');
  if (kind === 'changes') return done;
  return `is ${review.state.replaceAll('-', ' ')} already${review.answer ? `, by ${nameOf(review.answer.actor)}` : ''}`;
}

/** The version that was shown: a word about another one is void. */
function versionIn(form: FormFields): number {
  const version = Number(form.get('version'));
  if (!Number.isInteger(version) || version < 1)
    throw new PermanentError('The page did not say which draft it showed: open it again', 'version');
  return version;
}
