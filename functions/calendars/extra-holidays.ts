import * as z from 'zod';
import { CALENDARS, type CalendarCode, isCalendar } from './calendars.ts';
import { isDate } from './dates.ts';

const extraHolidays = z.array(
  z.object({
    calendar: z.custom<CalendarCode>((code) => typeof code === 'string' && isCalendar(code), {
      error: `one of ${Object.keys(CALENDARS).join(', ')} is expected`,
    }),
    date: z.string().refine(isDate, 'a date such as 2026-11-04 is expected'),
    name: z.string().min(1),
    source: z.string().min(1, 'who announced it is expected'),
  }),
);

/** A holiday that was announced too late for a deployment. Passed beside a calendar to every question about its days. */
export type ExtraHoliday = z.output<typeof extraHolidays>[number];

/**
 * Reads the setting EXTRA_HOLIDAYS: `[{"calendar":"DE","date":"2026-11-04","name":"...","source":"..."}]`.
 * @param json the setting; undefined means none
 * @throws RangeError that says which entry is wrong and what would be right
 */
export function parseExtraHolidays(json: string | undefined): ExtraHoliday[] {
  if (json === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RangeError(`EXTRA_HOLIDAYS is no JSON: ${(error as Error).message}`);
  }
  const parsed = extraHolidays.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'the list'}: ${issue.message}`);
  throw new RangeError(`EXTRA_HOLIDAYS is wrong at ${wrong.join('; ')}`);
}
