import { CALENDARS, type CalendarCode } from '../calendars/calendars.ts';
import { addDays, addMonths, firstDay, localDate, periodOf } from '../calendars/dates.ts';
import { documentsOfMonth, type KnownDocument } from '../documents/find.ts';
import { isAboutDocuments, type Message } from '../messages/message.ts';
import { billingMessagesSince } from '../messages/message-lists.ts';
import type { AccountRecord } from './account.ts';
import { recordsOfAccount } from './chunk.ts';
import { type Correction, correctionsOf } from './corrections.ts';
import { type Run, runIdOf } from './run.ts';
import { findRuns, newestRuns } from './run-store.ts';

/** Late batches of the month that are looked at besides those that the account's documents name. */
const NEWEST = 30;

/** A run and what became of the account in it. */
export interface AccountRun {
  readonly run: Run;
  readonly record: AccountRecord;
}

/** Everything that is known of an account's month. */
export interface AccountMonth {
  readonly bcn: string;
  readonly period: string;
  readonly calendar: CalendarCode;
  /** The month's own run; missing before it was opened. */
  readonly month?: Run | undefined;
  /** The runs that know the account, the month's own first. */
  readonly runs: readonly AccountRun[];
  readonly documents: readonly KnownDocument[];
  /** The emails that tell of them, oldest first. */
  readonly messages: readonly Message[];
  /** Bills that are not what was issued of them. */
  readonly corrections: readonly Correction[];
  /** False when there is more of it than is read here. */
  readonly isAll: boolean;
}

/** The month that people ask about when they name none: the one before today's. */
export function lastPeriod(calendar: CalendarCode, now: Date): string {
  return addMonths(periodOf(localDate(now, CALENDARS[calendar].timeZone)), -1);
}

/** Reads an account's month: a few queries, however many accounts and late batches the month has. */
export async function accountMonth(bcn: string, period: string, calendar: CalendarCode): Promise<AccountMonth> {
  const [{ documents, isAll }, newest, sent, corrections] = await Promise.all([
    documentsOfMonth(bcn, period),
    newestRuns(period, calendar, NEWEST),
    billingMessagesSince(bcn, sentFrom(period)),
    Array.fromAsync(correctionsOf(period, calendar, bcn)),
  ]);
  // A run that this calendar's list does not show still stands on what it published.
  const named = [...new Set([runIdOf(period, calendar, 1), ...documents.map(({ publicationId }) => publicationId)])];
  const known = new Map([...newest, ...(await findRuns(named))].map((run) => [run.runId, run]));
  const records = await recordsOfAccount([...known.keys()], bcn);
  const runs = [...known.values()]
    .flatMap((run) => {
      const record = records.get(run.runId);
      return record ? [{ run, record }] : [];
    })
    .sort((a, b) => a.run.sequence - b.run.sequence);
  const messages = sent.messages.filter((message) => isAboutDocuments(message) && message.facts.period === period);
  const month = known.get(runIdOf(period, calendar, 1));
  return {
    bcn,
    period,
    calendar,
    month,
    runs,
    documents,
    messages,
    corrections,
    isAll: isAll && (sent.isAll || messages.length < sent.messages.length),
  };
}

/** Nothing of a month is mailed before its last day is over anywhere. */
function sentFrom(period: string): string {
  return addDays(firstDay(addMonths(period, 1)), -1);
}
