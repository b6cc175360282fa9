import { contactDoer, type Person } from '../audit/human-act.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { instantOf, isDate, localDate } from '../calendars/dates.ts';
import type { ExtraHoliday } from '../calendars/extra-holidays.ts';
import { getLegalEntity } from '../directory/read.ts';
import { PermanentError } from '../events/failure.ts';
import { act, type Outcome } from './act.ts';
import { deadlinesOf } from './deadlines.ts';
import type { Deadlines, LineQuery, Review } from './review.ts';
import { reviewsOf } from './review-store.ts';
import { isOpen } from './states.ts';
import { witnessOf } from './witness.ts';

/** The version of a draft that somebody has before them. */
export interface ShownDraft {
  readonly bcn: string;
  readonly period: string;
  readonly version: number;
}

/** A contact who answers, as the page knows them. */
export interface Answering {
  readonly contactId: string;
  /** As they wrote it themselves. */
  readonly name: string;
}

/** A named person of the billing team, and why. */
export type ReviewPerson = Person & {
  /** The version that was shown: the word is void when there is a newer one. Missing where it is about whatever stands. */
  readonly version?: number | undefined;
};

const EVENING = '17:00';

/**
 * A contact says that the draft is right. `already` when somebody said so before, `void` when there is a newer version.
 * The caller has checked that the contact looks after the account.
 */
export function approve({ bcn, period, version }: ShownDraft, contact: Answering, now: Date): Promise<Outcome> {
  const witness = witnessOf('review.approve', contactDoer(contact.contactId), now);
  return act(bcn, period, { trigger: 'approve', version, actor: { kind: 'customer', ...contact }, witness }, now);
}

/**
 * A contact asks about lines of the draft; the billing team gets a task with the lines and the words.
 * @throws PermanentError when there is no line, or one without words
 */
export function query({ bcn, period, version }: ShownDraft, contact: Answering, lines: readonly LineQuery[], now: Date): Promise<Outcome> {
  if (lines.length === 0 || lines.some(({ reason }) => reason.trim() === ''))
    throw new PermanentError('lines are empty: at least one line with a reason is expected', 'lines');
  const witness = witnessOf('review.query', contactDoer(contact.contactId), now);
  return act(bcn, period, { trigger: 'query', version, lines, actor: { kind: 'customer', ...contact }, witness }, now);
}

/** A named person answers for the draft. */
export function release(review: Review, person: ReviewPerson, now: Date): Promise<Outcome> {
  return decideByName('release', review, person, now);
}

/** A named person says that this draft is not issued: only new data goes on. */
export function reject(review: Review, person: ReviewPerson, now: Date): Promise<Outcome> {
  return decideByName('reject', review, person, now);
}

function decideByName(trigger: 'release' | 'reject', { bcn, period }: Review, person: ReviewPerson, now: Date): Promise<Outcome> {
  const { by, reason, version } = person;
  const witness = witnessOf(`review.${trigger}`, person, now);
  return act(bcn, period, { trigger, version, reason, actor: { kind: 'person', by }, witness }, now);
}

/**
 * A named person gives the customer more time.
 * @param until the new deadline's day; five business days from now when missing
 * @throws PermanentError for a day that is no later than the customer has already, or lies behind the legal limit
 */
export async function extend(
  review: Review,
  person: ReviewPerson,
  until: string | undefined,
  now: Date,
  extra: readonly ExtraHoliday[] = [],
) {
  const { by, reason, version = review.version } = person;
  const { bcn, period, legalEntityId } = review;
  const standard = deadlinesOf(review, (await getLegalEntity(legalEntityId))?.issueLimit, now, extra);
  const deadlines = until === undefined ? standard : extended(review, standard, until, now);
  const why = noMoreTime(review, deadlines, now);
  if (why) throw new PermanentError(`The first invoice of ${bcn} ${why}`, 'until');
  const witness = witnessOf('review.extend', person, now);
  return act(bcn, period, { trigger: 'extend', version, reason, deadlines, actor: { kind: 'person', by }, witness }, now);
}

/**
 * The review that a person means: the named period's, or the account's only open one.
 * @throws PermanentError when there is none, or more than one
 */
export async function reviewMeant(bcn: string, period: string | undefined): Promise<Review> {
  const all = await reviewsOf(bcn);
  const open = all.filter(({ state }) => isOpen(state));
  const meant = period === undefined ? (open.length > 0 ? open : all.slice(-1)) : all.filter((review) => review.period === period);
  const [review] = meant;
  if (!review) {
    const ofPeriod = period === undefined ? '' : ` of ${period}`;
    const others = all.length > 0 ? `, but of ${all.map((each) => each.period).join(', ')}` : '';
    throw new PermanentError(`bcn is ${JSON.stringify(bcn)}: it has no first invoice${ofPeriod} to review${others}`, 'bcn');
  }
  if (meant.length > 1)
    throw new PermanentError(
      `bcn is ${JSON.stringify(bcn)}: name the period, one of ${meant.map((each) => each.period).join(', ')}`,
      'period',
    );
  return review;
}

/** Why new dates would give the customer no more time; undefined when they do. */
function noMoreTime({ state, deadlines: before, calendar }: Review, { deadlineAt, issueBy }: Deadlines, now: Date): string | undefined {
  const { timeZone } = CALENDARS[calendar];
  if (deadlineAt <= now.toISOString())
    return issueBy !== undefined && localDate(now, timeZone) >= issueBy
      ? `must be issued by ${issueBy}: there is no time left to give`
      : `would have to be answered by ${deadlineAt}, which has passed: name a later day`;
  // Whoever asked or was silent gets it back; who still has time has it until the day that was said.
  if (state !== 'awaiting-customer' || deadlineAt > before.deadlineAt) return undefined;
  return `has until ${localDate(new Date(before.deadlineAt), timeZone)} already: only a later day gives more time`;
}

function extended({ calendar }: Review, standard: Deadlines, until: string, now: Date): Deadlines {
  const { timeZone } = CALENDARS[calendar];
  if (!isDate(until) || until < localDate(now, timeZone))
    throw new PermanentError(
      `until is ${JSON.stringify(until)}: a day from today on such as "${localDate(now, timeZone)}" is expected`,
      'until',
    );
  if (standard.issueBy !== undefined && until > standard.issueBy)
    throw new PermanentError(`until is "${until}": the law wants the invoice issued by ${standard.issueBy}`, 'until');
  // The day was named by a person: it stands, also where the rule would leave none.
  return { ...standard, noTime: undefined, deadlineAt: instantOf(until, EVENING, timeZone).toISOString() };
}
