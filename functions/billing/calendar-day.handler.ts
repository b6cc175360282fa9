import * as z from 'zod';
import { now } from '../aws/clock.ts';
import { optionalSetting } from '../aws/environment.ts';
import { scheduleDoor } from '../aws/schedule-door.ts';
import { isCalendar } from '../calendars/calendars.ts';
import { parseExtraHolidays } from '../calendars/extra-holidays.ts';
import { calendarDay } from './calendar-day.ts';

const input = z.object({ calendar: z.string().refine(isCalendar, 'a billing calendar is expected'), step: z.enum(['prepare', 'publish']) });

/** Twice a day and calendar: is this the third business day? */
export const handler = scheduleDoor(input, (scheduledAt, { calendar, step }) =>
  calendarDay({ calendar, step, scheduledAt, extra: parseExtraHolidays(optionalSetting('EXTRA_HOLIDAYS')) }, now()),
);
