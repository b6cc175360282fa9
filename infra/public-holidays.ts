import { writeFile } from 'node:fs/promises';
import Holidays from 'date-holidays';
import { CALENDARS, type CalendarCode } from '../functions/calendars/calendars.ts';
import { addDays } from '../functions/calendars/dates.ts';

const FILE = new URL('../functions/calendars/public-holidays.json', import.meta.url);
const [FIRST, LAST] = [2020, 2100];

/**
 * The days of a year on which public life rests by law, as date-holidays computes them: `MM-DD`, ascending. Bank, optional and observed
 * days are not among them.
 */
export function publicHolidays(calendar: CalendarCode, year: number): string[] {
  const { country, region } = { region: undefined, ...CALENDARS[calendar] };
  const rules = region ? new Holidays(country, region, { types: ['public'] }) : new Holidays(country, { types: ['public'] });
  const dates = new Set<string>();
  // The last day of December may hold the first of several days that reach into January.
  for (const holiday of [year - 1, year].flatMap((each) => rules.getHolidays(each))) {
    if (holiday.type !== 'public') continue;
    // Real zones make some days 23 or 25 hours long, and some holidays have several days.
    const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / 86_400_000));
    for (let day = 0; day < length; day++) dates.add(addDays(holiday.date.slice(0, 10), day));
  }
  return [...dates]
    .filter((date) => date.startsWith(`${year}-`))
    .map((date) => date.slice('YYYY-'.length))
    .sort();
}

// `npm run holidays`, after an update of date-holidays: what it changes is read in the diff.
if (import.meta.main) {
  const years = Array.from({ length: LAST - FIRST + 1 }, (_, n) => FIRST + n);
  const table = Object.fromEntries(
    (Object.keys(CALENDARS) as CalendarCode[]).map((calendar) => [
      calendar,
      Object.fromEntries(years.map((year) => [year, publicHolidays(calendar, year).join(' ')])),
    ]),
  );
  await writeFile(FILE, `${JSON.stringify(table, null, 2)}\n`);
}
