import type { CalendarCode } from './calendars.ts';
import { overrides } from './overrides/overrides.ts';
import computed from './public-holidays.json' with { type: 'json' };

/** Of each calendar and year, `MM-DD MM-DD …`; made by `npm run holidays`. Computing them anew would be half of a function's cold start. */
const table: Readonly<Record<CalendarCode, Readonly<Record<string, string>>>> = computed;
const years = new Map<string, ReadonlySet<string>>();

/**
 * The dates of a calendar's holidays in a year. Only days on which public life rests by law count; bank, optional and observed days count
 * where the calendar's override file adds them.
 * @throws RangeError when nobody knows the holidays of that year
 */
export function holidaysOf(calendar: CalendarCode, year: number): ReadonlySet<string> {
  const key = `${calendar} ${year}`;
  let holidays = years.get(key);
  if (!holidays) {
    holidays = correctedDays(calendar, year);
    years.set(key, holidays);
  }
  return holidays;
}

function correctedDays(calendar: CalendarCode, year: number): ReadonlySet<string> {
  const known = table[calendar][year];
  if (known === undefined) {
    const of = Object.keys(table[calendar]);
    throw new RangeError(`The holidays of ${year} in ${calendar} are not known: those of ${of.at(0)} to ${of.at(-1)} are`);
  }
  const dates = new Set(known.split(' ').map((day) => `${year}-${day}`));
  for (const { change, date } of overrides[calendar]) {
    if (!date.startsWith(`${year}-`)) continue;
    if (change === 'add') dates.add(date);
    else dates.delete(date);
  }
  return dates;
}
