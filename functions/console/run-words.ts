import type { RunState } from '../billing/run.ts';
import { CALENDARS, isCalendar } from '../calendars/calendars.ts';
import { isPeriod } from '../calendars/dates.ts';
import { type Html, html } from '../pages/html.ts';

/** The states of a run in words, and how much they ask for somebody. */
const STATES: Readonly<Record<RunState, readonly [words: string, mark: '' | 'good' | 'warn' | 'bad']>> = {
  'waiting-for-input': ['waits for input', ''],
  'waiting-for-its-turn': ['waits for its turn', ''],
  planning: ['being planned', ''],
  preparing: ['being prepared', ''],
  'awaiting-release': ['waits for release', 'warn'],
  ready: ['ready', 'good'],
  held: ['held', 'warn'],
  stopped: ['stopped', 'bad'],
  published: ['published', 'good'],
  delivering: ['emails going out', 'good'],
  delivered: ['delivered', 'good'],
};

/** States in which something happens by itself, so that it is worth looking again. */
const MOVING: ReadonlySet<RunState> = new Set(['waiting-for-its-turn', 'planning', 'preparing', 'ready', 'published', 'delivering']);

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A state as a small label. */
export function stateLabel(state: RunState): Html {
  const [words, mark] = STATES[state];
  return html`<span class="${`state ${mark}`.trim()}">${words}</span>`;
}

/** A state in words; one that is none as it is. */
export function stateWords(state: string): string {
  return Object.hasOwn(STATES, state) ? STATES[state as RunState][0] : state;
}

export function isMoving(state: RunState): boolean {
  return MOVING.has(state);
}

/** A calendar by its name; something else as it is. */
export function calendarName(calendar: string): string {
  return isCalendar(calendar) ? CALENDARS[calendar].name : calendar;
}

/** `October 2026`; something that is no month as it is. */
export function monthName(period: string): string {
  return isPeriod(period) ? MONTH.format(new Date(`${period}-01T00:00:00Z`)) : period;
}
