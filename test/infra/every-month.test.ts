import { expect, test } from 'vitest';
import { periodPublishedOn } from '../../functions/billing/open-run.ts';
import { CALENDARS } from '../../functions/calendars/calendars.ts';
import { addMonths, instantOf, localDate } from '../../functions/calendars/dates.ts';
import { nextAfter, parseSchedule } from '../../infra/local/schedule-expression.ts';
import { ROWS } from '../functions/calendars/published-days.ts';
import { resourcesOfType, textAt } from './assembly.ts';

/** What the template's own schedules set off in a year, judged by the rule that the function asks. */
test.each(ROWS)(
  'in $year the schedules of $calendar publish at 07:00 local on the days of $source, and on no other',
  ({ calendar, year, days }) => {
    const { timeZone } = CALENDARS[calendar];
    const fired = firesOf(calendar, year).flatMap((at) => {
      const period = periodPublishedOn(calendar, localDate(at, timeZone));
      return period ? [`${period} at ${at.toISOString()}`] : [];
    });
    const expected = days.split(' ').map((day, index) => {
      const month = `${year}-${String(index + 1).padStart(2, '0')}`;
      return `${addMonths(month, -1)} at ${instantOf(`${month}-${day.padStart(2, '0')}`, '07:00', timeZone).toISOString()}`;
    });
    expect(fired).toEqual(expected);
  },
);

/** Every instant of a year (in the calendar's zone) at which its publishing schedule fires. */
function firesOf(calendar: keyof typeof CALENDARS, year: number): Date[] {
  const schedule = resourcesOfType('production', 'AWS::Scheduler::Schedule').find(({ properties }) => {
    const input = JSON.parse(textAt(properties, 'Target', 'Input')) as { calendar?: string; step?: string };
    return input.calendar === calendar && input.step === 'publish';
  });
  const expression = parseSchedule(
    String(schedule?.properties.ScheduleExpression),
    String(schedule?.properties.ScheduleExpressionTimezone),
  );
  const fires: Date[] = [];
  const end = Date.UTC(year + 1, 0, 2);
  for (let at = nextAfter(expression, Date.UTC(year - 1, 11, 30)); at !== undefined && at < end; at = nextAfter(expression, at)) {
    if (localDate(new Date(at), CALENDARS[calendar].timeZone).startsWith(String(year))) fires.push(new Date(at));
  }
  return fires;
}
