import { addBusinessDays } from '../calendars/business-days.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { addDays, addMonths, instantOf, lastDay, localDate } from '../calendars/dates.ts';
import type { ExtraHoliday } from '../calendars/extra-holidays.ts';
import type { LegalEntity } from '../directory/records.ts';
import type { Deadlines, Draft, Review } from './review.ts';

const REMIND_AFTER = [2, 4] as const;
const DEADLINE_AFTER = 5;
/** Business days before the legal limit on which people are warned. */
const WARN_BEFORE = 2;
const MORNING = '09:00';
const EVENING = '17:00';
/** An answer that billing has not heard of, or not acted on, after so long is said again. */
const SAID_AGAIN_AFTER = 10 * 60_000;

/** What is due for a review next. */
export type Due = { readonly what: 'remind' | 'deadline' | 'warn' | 'say-again'; readonly at: string };

/**
 * The reminders and the deadline of a draft that the customer gets now, in business days of its calendar. The legal limit
 * bounds them: the last day to answer is a business day up to it, so that a person can still act on silence. When no such day is left
 * after today, nobody is asked to answer by a day, and the deadline is now.
 */
export function deadlinesOf(
  { calendar, period, intraEu }: Pick<Draft, 'calendar' | 'period' | 'intraEu'>,
  limit: LegalEntity['issueLimit'],
  now: Date,
  extra: readonly ExtraHoliday[] = [],
): Deadlines {
  const { timeZone } = CALENDARS[calendar];
  const today = localDate(now, timeZone);
  const at = (date: string, time: string) => instantOf(date, time, timeZone).toISOString();
  const after = (days: number) => addBusinessDays(calendar, today, days, extra);
  const issueBy = issueLimitOf({ period, intraEu }, limit);
  const lastDayToAnswer = issueBy && addBusinessDays(calendar, addDays(issueBy, 1), -1, extra);
  const isTooLate = lastDayToAnswer !== undefined && lastDayToAnswer <= today;
  return {
    remindAt: [at(after(REMIND_AFTER[0]), MORNING), at(after(REMIND_AFTER[1]), MORNING)],
    ...(isTooLate
      ? { deadlineAt: now.toISOString(), noTime: true }
      : { deadlineAt: at(earlier(after(DEADLINE_AFTER), lastDayToAnswer), EVENING) }),
    ...(issueBy && { issueBy, warnAt: at(addBusinessDays(calendar, issueBy, -WARN_BEFORE, extra), MORNING) }),
  };
}

/**
 * The day by which the customer is asked to answer, in mail and on the page alike: that of the account's calendar, wherever its reader sits.
 * @returns undefined where there is no time left to ask for a day
 */
export function dayToAnswer({ deadlines, calendar }: Pick<Review, 'deadlines' | 'calendar'>): string | undefined {
  return deadlines.noTime ? undefined : localDate(new Date(deadlines.deadlineAt), CALENDARS[calendar].timeZone);
}

/**
 * The last day on which the law lets the invoice of a period be issued: so many days after the period at home, a day of the
 * month after it where the tax is the customer's in another country of the EU. Undefined where the entity says nothing.
 */
export function issueLimitOf({ period, intraEu }: Pick<Draft, 'period' | 'intraEu'>, limit: LegalEntity['issueLimit']): string | undefined {
  const { domesticDays, intraEuDay } = limit ?? {};
  if (intraEu && intraEuDay !== undefined) {
    const last = lastDay(addMonths(period, 1));
    const day = `${addMonths(period, 1)}-${String(intraEuDay).padStart(2, '0')}`;
    return earlier(day, last);
  }
  return domesticDays === undefined ? undefined : addDays(lastDay(period), domesticDays);
}

/** What is due next, and when; undefined when nothing is, because people or data are waited for. */
export function nextDue({ state, deadlines, reminded, warned, answer, unsaid }: Review): Due | undefined {
  if (state === 'issued') return undefined;
  const again: Due = { what: 'say-again', at: new Date(Date.parse(answer?.at ?? deadlines.deadlineAt) + SAID_AGAIN_AFTER).toISOString() };
  if (state === 'approved') return again;
  const reminder = state === 'awaiting-customer' ? deadlines.remindAt[reminded] : undefined;
  const due: Due[] = [];
  if (state === 'rejected' && unsaid) due.push(again);
  if (reminder !== undefined && reminder < deadlines.deadlineAt) due.push({ what: 'remind', at: reminder });
  if (state === 'awaiting-customer') due.push({ what: 'deadline', at: deadlines.deadlineAt });
  if (deadlines.warnAt !== undefined && !warned) due.push({ what: 'warn', at: deadlines.warnAt });
  return due.reduce<Due | undefined>((first, each) => (first && first.at <= each.at ? first : each), undefined);
}

function earlier(date: string, limit: string | undefined): string {
  return limit !== undefined && limit < date ? limit : date;
}
