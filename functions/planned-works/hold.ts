import { businessDaysBetween } from '../calendars/business-days.ts';
import { CALENDARS, type CalendarCode } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { statusOf } from './window-status.ts';
import type { PlannedWorks } from './works.ts';

/** Longer notice is not counted any further. */
const MOST_DAYS = 366;

/** What was let out before: the same is not held again. */
export interface LetOut {
  readonly told?: PlannedWorks | undefined;
  readonly releases: readonly { readonly recipients: number; readonly starts: readonly string[] }[];
}

/** True for works that a person may have to look at before they go out: emergencies, cancellations and what has begun always go. */
export function mayBeHeld({ class: worksClass, status }: Pick<PlannedWorks, 'class' | 'status'>): boolean {
  return worksClass === 'planned' && (status === 'tentative' || status === 'confirmed');
}

/**
 * Why works come too late for what was agreed: a window that nobody was told of, or that was moved, begins sooner than the contracted working
 * days after today.
 * @param calendars of the affected customers; the one with the fewest working days counts
 * @returns a sentence, or undefined when the notice is kept
 */
export function shortNotice(works: PlannedWorks, letOut: LetOut, calendars: readonly CalendarCode[], now: Date): string | undefined {
  const { noticeDays } = works;
  if (noticeDays === undefined || !mayBeHeld(works)) return undefined;
  const known = new Set([...(letOut.told?.windows ?? []).map(({ start }) => start), ...letOut.releases.flatMap(({ starts }) => starts)]);
  const fresh = works.windows.filter(({ windowId, start }) => !known.has(start) && isOpen(works, windowId) && new Date(start) > now);
  for (const { windowId, start } of fresh) {
    const short = calendars.find((calendar) => daysUntil(calendar, start, now) < noticeDays);
    if (short)
      return `window ${windowId} begins ${start}: ${noticeDays} working days (${short}) of notice are agreed, ${daysUntil(short, start, now)} are left`;
  }
  return undefined;
}

/** Why works need a named person: more readers than a stage tells by itself. */
export function tooManyReaders(recipients: number, limit: number, { releases }: LetOut): string | undefined {
  const allowed = Math.max(limit, ...releases.map((release) => release.recipients));
  return recipients > allowed ? `${recipients} recipients would be told, more than the ${allowed} that go out by themselves` : undefined;
}

/** Working days from today to the day of an instant: today does not count, that day does. */
function daysUntil(calendar: CalendarCode, instant: string, now: Date): number {
  const { timeZone } = CALENDARS[calendar];
  return businessDaysBetween(calendar, localDate(now, timeZone), localDate(new Date(instant), timeZone), MOST_DAYS);
}

function isOpen(works: PlannedWorks, windowId: string): boolean {
  return ['tentative', 'confirmed'].includes(statusOf(works, windowId));
}
