import { addDays, instantOf, localDate, weekday } from '../calendars/dates.ts';
import type { Preference } from '../preferences/preference.ts';
import type { QuietHours } from '../preferences/setting.ts';
import { isOwed, type Message } from './message.ts';

/** A count that a cap is about: optional and mandatory emails of a local day or of a week from Monday on. */
export interface CapPeriod {
  readonly name: 'day' | 'week';
  /** `DAY#2026-11-04`, `WEEK#2026-11-02`: names the count. */
  readonly key: string;
  readonly cap: number;
  /** When the next one begins. */
  readonly endsAt: Date;
}

/** Until when a message has to wait, and why. */
export interface Deferral {
  readonly until: Date;
  readonly cause: 'quiet hours' | 'cap';
  readonly reason: string;
}

/** What decides whether a message waits. */
export interface Waiting {
  readonly message: Message;
  readonly preference: Preference;
  /** The zone of the contact's clock. */
  readonly timeZone: string;
  /** How many emails were counted by `CapPeriod.key`; missing: none. */
  readonly sent: ReadonlyMap<string, number>;
}

/**
 * Whether a message has to wait for its contact. Caps hold back optional mail alone (what is owed only counts); quiet hours hold back
 * everything but emergencies, in the contact's own zone.
 * @returns undefined when it may leave now
 */
export function deferralOf({ message, preference, timeZone, sent }: Waiting, now: Date): Deferral | undefined {
  const full = isOwed(message) ? [] : uncounted(message, capPeriods(preference.caps, timeZone, now)).filter(isFull(sent));
  const last = full.toSorted((a, b) => a.endsAt.getTime() - b.endsAt.getTime()).at(-1);
  const from = last?.endsAt ?? now;
  const quiet = message.category === 'emergency-works' ? undefined : preference.quietHours;
  const until = (quiet && quietUntil(quiet, timeZone, from)) ?? last?.endsAt;
  if (!until) return undefined;
  if (last)
    return {
      until,
      cause: 'cap',
      reason: `the contact's cap of ${last.cap} a ${last.name} is reached, so it waits until ${until.toISOString()}`,
    };
  return { until, cause: 'quiet hours', reason: `the contact has quiet hours until ${until.toISOString()}` };
}

/**
 * The end of the quiet hours that an instant lies in; undefined outside of them. A time that the clocks skip counts as the hour after it,
 * of a repeated one the first is meant.
 */
export function quietUntil({ from, to }: QuietHours, timeZone: string, at: Date): Date | undefined {
  const today = localDate(at, timeZone);
  for (const day of [addDays(today, -1), today]) {
    const end = instantOf(from < to ? day : addDays(day, 1), to, timeZone);
    if (instantOf(day, from, timeZone) <= at && at < end) return end;
  }
  return undefined;
}

/** The counts that a contact's caps are about at an instant; none when it has no caps. */
export function capPeriods({ day, week }: Preference['caps'], timeZone: string, at: Date): CapPeriod[] {
  const today = localDate(at, timeZone);
  const monday = addDays(today, 1 - weekday(today));
  const midnight = (date: string) => instantOf(date, '00:00', timeZone);
  return [
    ...(day === undefined ? [] : [{ name: 'day' as const, key: `DAY#${today}`, cap: day, endsAt: midnight(addDays(today, 1)) }]),
    ...(week === undefined ? [] : [{ name: 'week' as const, key: `WEEK#${monday}`, cap: week, endsAt: midnight(addDays(monday, 7)) }]),
  ];
}

/** Those periods that a message does not count in yet: given back by SES and claimed again, it keeps its place. */
export function uncounted({ countedIn = [] }: Pick<Message, 'countedIn'>, periods: readonly CapPeriod[]): CapPeriod[] {
  return periods.filter(({ key }) => !countedIn.includes(key));
}

function isFull(sent: ReadonlyMap<string, number>): (period: CapPeriod) => boolean {
  return ({ key, cap }) => (sent.get(key) ?? 0) >= cap;
}
