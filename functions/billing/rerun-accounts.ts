import type { CalendarCode } from '../calendars/calendars.ts';
import { accountsOfCustomer } from '../directory/read.ts';
import { PermanentError } from '../events/failure.ts';
import { byCalendar } from './changes.ts';
import { MOST_ACCOUNTS, type RunRequested } from './events.ts';
import { type Run, runIdOf } from './run.ts';
import { findRun, IN_THE_MONTH, listRuns, rememberedEvent } from './run-store.ts';
import { parkedOf } from './still-parked.ts';

/** What is asked of one month of a calendar. */
export interface MonthAsked {
  readonly month: Run;
  /** Undefined: every account that follows the calendar. */
  readonly bcns: readonly string[] | undefined;
}

/** What a request means: by calendar, and by account where it names any. */
type Asked = Pick<RunRequested, 'period' | 'calendar' | 'bcns' | 'ocns' | 'only'>;

/**
 * The months and accounts that a request means.
 * @param eventId the request's, where it is done: delivered again it means the same accounts, though they are parked no longer
 * @throws PermanentError when it means none, or names an account that nobody knows, with the reason
 */
export async function monthsAsked(asked: Asked, eventId?: string): Promise<MonthAsked[]> {
  const named = await accountsNamed(asked);
  const scopes = named ? await byCalendar(named) : await calendarsOf(asked.period, asked.calendar);
  const unknown = (named ?? []).filter((bcn) => ![...scopes.values()].some((known) => known?.includes(bcn)));
  if (unknown.length > 0) throw new PermanentError(strangers(unknown), 'bcns');
  const wanted = [...scopes].filter(([calendar]) => asked.calendar === undefined || asked.calendar === calendar);
  if (wanted.length === 0) throw new PermanentError(nothingIn(asked), asked.calendar ? 'calendar' : 'period');
  const months = await Promise.all(wanted.map(async ([calendar, bcns]) => ({ month: await monthOf(asked.period, calendar), bcns })));
  return asked.only === 'parked' ? parkedAmong(asked, months, eventId) : months;
}

/** BCNs that the request names, directly or by customer; undefined when it means everything. */
async function accountsNamed({ bcns, ocns }: Asked): Promise<string[] | undefined> {
  if (!bcns && !ocns) return undefined;
  const ofCustomers = await Promise.all((ocns ?? []).map(async (ocn) => (await accountsOfCustomer(ocn)).map(({ bcn }) => bcn)));
  return [...new Set([...(bcns ?? []), ...ofCustomers.flat()])];
}

async function calendarsOf(period: string, calendar: CalendarCode | undefined): Promise<Map<CalendarCode, undefined>> {
  const calendars = new Map<CalendarCode, undefined>();
  for await (const run of listRuns(period, calendar)) calendars.set(run.calendar, undefined);
  return calendars;
}

async function monthOf(period: string, calendar: CalendarCode): Promise<Run> {
  const month = await findRun(runIdOf(period, calendar, 1));
  if (month && month.stage !== 'waiting-for-input') return month;
  throw new PermanentError(
    month
      ? `period is "${period}": the run of ${calendar} has not begun, it still waits for its input; a rerun needs a run`
      : `period is "${period}": there is no bill run of ${calendar} for it; a period that was prepared is expected`,
    'period',
  );
}

async function parkedAmong({ period }: Asked, months: readonly MonthAsked[], eventId: string | undefined): Promise<MonthAsked[]> {
  const parked = await Promise.all(
    months.map(async ({ month, bcns }) => {
      const done = eventId && (await doneFor(month, eventId));
      if (done) return { month, ...done };
      const all = await parkedOf(period, month.calendar);
      return { month, isDone: false, bcns: bcns ? all.filter((bcn) => bcns.includes(bcn)) : all };
    }),
  );
  const some = parked.filter(({ bcns, isDone }) => isDone || bcns.length > 0);
  if (some.length === 0) throw new PermanentError(`only is "parked": no account of ${period} that is asked for is parked`, 'only');
  const large = some.find(({ bcns }) => bcns.length > MOST_ACCOUNTS);
  if (!large) return some;
  throw new PermanentError(
    `only is "parked": ${large.bcns.length} accounts of ${large.month.calendar} are parked, at most ${MOST_ACCOUNTS} are run again by name; leave it out to run all of them`,
    'only',
  );
}

/** The accounts that an event meant in a month when it was handled first. */
async function doneFor({ period, calendar }: Run, eventId: string): Promise<{ isDone: true; bcns: readonly string[] } | undefined> {
  for await (const { request } of listRuns(period, calendar)) {
    if (request?.eventId === eventId) return { isDone: true, bcns: request.bcns ?? [] };
  }
  return (await rememberedEvent(`${eventId} ${calendar}`)) === IN_THE_MONTH ? { isDone: true, bcns: [] } : undefined;
}

function strangers(bcns: readonly string[]): string {
  return `bcns are ${JSON.stringify(bcns.slice(0, 5))}: accounts that the directory knows, with a billing calendar, are expected`;
}

function nothingIn({ period, calendar, bcns, ocns }: Asked): string {
  if (bcns || ocns)
    return `bcns/ocns are ${JSON.stringify([...(bcns ?? []), ...(ocns ?? [])].slice(0, 5))}: the directory knows no such account${calendar ? ` of ${calendar}` : ''}`;
  return `period is "${period}": there is no bill run${calendar ? ` of ${calendar}` : ''} for it; a period that was prepared is expected`;
}
