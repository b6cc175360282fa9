import Holidays from 'date-holidays';
import { CALENDARS, type CalendarCode } from './calendars.ts';
import { addDays } from './dates.ts';
import { overrides } from './overrides/overrides.ts';

const rules = new Map<CalendarCode, Holidays>();
const years = new Map<string, ReadonlyMap<string, string>>();

/**
 * The holidays of a calendar in a year: date -> name. Only days on which public life rests by law count; bank, optional and observed days
 * count where the calendar's override file adds them.
 */
export function holidaysOf(calendar: CalendarCode, year: number): ReadonlyMap<string, string> {
  const key = `${calendar} ${year}`;
  let holidays = years.get(key);
  if (!holidays) {
    holidays = compute(calendar, year);
    years.set(key, holidays);
  }
  return holidays;
}

function compute(calendar: CalendarCode, year: number): ReadonlyMap<string, string> {
  const holidays = new Map<string, string>();
  // The last day of December may hold the first of several days that reach into January.
  for (const holiday of [year - 1, year].flatMap((each) => rulesOf(calendar).getHolidays(each))) {
    if (holiday.type !== 'public') continue;
    // Real zones make some days 23 or 25 hours long, and some holidays have several days.
    const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / 86_400_000));
    for (let day = 0; day < length; day++) holidays.set(addDays(holiday.date.slice(0, 10), day), holiday.name);
  }
  for (const { change, date, name } of overrides[calendar]) {
    if (change === 'add') holidays.set(date, name);
    else holidays.delete(date);
  }
  return new Map([...holidays].filter(([date]) => date.startsWith(`${year}-`)).sort(([a], [b]) => a.localeCompare(b)));
}

function rulesOf(calendar: CalendarCode): Holidays {
  let found = rules.get(calendar);
  if (!found) {
    const { country, region } = { region: undefined, ...CALENDARS[calendar] };
    found = region ? new Holidays(country, region, { types: ['public'] }) : new Holidays(country, { types: ['public'] });
    rules.set(calendar, found);
  }
  return found;
}
