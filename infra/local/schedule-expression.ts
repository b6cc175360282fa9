/** A parsed schedule of EventBridge Scheduler. */
export type ScheduleExpression =
  | { readonly kind: 'rate'; readonly everyMilliseconds: number }
  | { readonly kind: 'at'; readonly wall: string; readonly timeZone: string }
  | { readonly kind: 'cron'; readonly fields: CronFields; readonly timeZone: string };

interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly dayOfMonth: string;
  readonly months: readonly number[];
  readonly dayOfWeek: string;
  readonly years: readonly number[];
}

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const DAY = UNITS.day;
/** A leap day that falls on a certain weekday comes at the latest after 40 years. */
const MAX_DAYS = 40 * 366;

/**
 * Reads `cron(...)`, `rate(...)` or `at(...)`.
 * @throws Error naming the expression and the part that is not understood
 */
export function parseSchedule(expression: string, timeZone: string): ScheduleExpression {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) return { kind: 'rate', everyMilliseconds: Number(rate[1]) * UNITS[rate[2] as keyof typeof UNITS] };
  const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression);
  if (at?.[1]) return { kind: 'at', wall: at[1], timeZone };
  const parts = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  if (parts.length !== 6) throw new Error(`The schedule expression ${expression} is no cron(...) of six fields, rate(...) or at(...)`);
  const [minutes = '', hours = '', dayOfMonth = '', months = '', dayOfWeek = '', years = ''] = parts.map((part) => part.toUpperCase());
  if (/W/.test(dayOfMonth)) throw new Error(`The local cloud does not do W in ${expression}`);
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) throw new Error(`One of day-of-month and day-of-week in ${expression} must be ?`);
  const fields = {
    minutes: numbersOf(minutes, 0, 59),
    hours: numbersOf(hours, 0, 23),
    dayOfMonth,
    months: numbersOf(months, 1, 12, MONTHS),
    dayOfWeek,
    years: numbersOf(years, 1970, 2199),
  };
  return { kind: 'cron', fields, timeZone };
}

/**
 * The first moment after `after` (both in milliseconds) at which the schedule fires, or undefined when there is none.
 * A time that the clocks skip in spring does not happen; one that comes twice in autumn fires the first time only.
 */
export function nextAfter(schedule: ScheduleExpression, after: number): number | undefined {
  switch (schedule.kind) {
    case 'rate':
      return (Math.floor(after / schedule.everyMilliseconds) + 1) * schedule.everyMilliseconds;
    case 'at': {
      const moment = instantOf(Date.parse(`${schedule.wall}Z`), schedule.timeZone);
      return moment !== undefined && moment > after ? moment : undefined;
    }
    case 'cron':
      return nextCron(schedule.fields, schedule.timeZone, after);
  }
}

/** The last moment of a rate in `(after, until]`, or undefined. */
export function lastWithin(schedule: ScheduleExpression & { kind: 'rate' }, after: number, until: number): number | undefined {
  const last = Math.floor(until / schedule.everyMilliseconds) * schedule.everyMilliseconds;
  return last > after ? last : undefined;
}

function nextCron(fields: CronFields, timeZone: string, after: number): number | undefined {
  const today = startOfDay(wallOf(after, timeZone));
  for (let day = today; day < today + MAX_DAYS * DAY; day += DAY) {
    if (!isOnDay(fields, new Date(day))) continue;
    for (const hour of fields.hours) {
      for (const minute of fields.minutes) {
        const moment = instantOf(day + hour * UNITS.hour + minute * UNITS.minute, timeZone);
        if (moment !== undefined && moment > after) return moment;
      }
    }
  }
  return undefined;
}

function isOnDay({ dayOfMonth, months, dayOfWeek, years }: CronFields, day: Date): boolean {
  if (!months.includes(day.getUTCMonth() + 1) || !years.includes(day.getUTCFullYear())) return false;
  return dayOfWeek === '?' ? isDayOfMonth(dayOfMonth, day) : isDayOfWeek(dayOfWeek, day);
}

function isDayOfMonth(field: string, day: Date): boolean {
  const tomorrow = new Date(day.getTime() + DAY);
  if (field === 'L') return tomorrow.getUTCMonth() !== day.getUTCMonth();
  return numbersOf(field, 1, 31).includes(day.getUTCDate());
}

function isDayOfWeek(field: string, day: Date): boolean {
  const weekday = day.getUTCDay() + 1;
  const nth = /^(\w+)#(\d)$/.exec(field);
  if (nth) return numberOf(nth[1] ?? '', DAYS) === weekday && Math.ceil(day.getUTCDate() / 7) === Number(nth[2]);
  const last = /^(\w+)L$/.exec(field);
  if (last) return numberOf(last[1] ?? '', DAYS) === weekday && new Date(day.getTime() + 7 * DAY).getUTCMonth() !== day.getUTCMonth();
  return numbersOf(field, 1, 7, DAYS).includes(weekday);
}

function numbersOf(field: string, least: number, most: number, names: readonly string[] = []): number[] {
  const found = field.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [from, to] = range === '*' || range === '?' ? [least, most] : boundsOf(range, step === undefined ? undefined : most, names);
    if (!(from >= least && to <= most && from <= to)) throw new Error(`${part} in a schedule expression must be from ${least} to ${most}`);
    const width = Number(step ?? 1);
    return Array.from({ length: Math.floor((to - from) / width) + 1 }, (_, index) => from + index * width);
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

function boundsOf(range: string, openEnd: number | undefined, names: readonly string[]): [number, number] {
  const [first = '', second] = range.split('-');
  const from = numberOf(first, names);
  return [from, second === undefined ? (openEnd ?? from) : numberOf(second, names)];
}

function numberOf(text: string, names: readonly string[]): number {
  const index = names.indexOf(text);
  return index >= 0 ? index + 1 : Number(text);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall shows, as if it were UTC. */
function wallOf(moment: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second);
}

/** The first moment when the wall shows this, or undefined when it never does. */
function instantOf(wall: number, timeZone: string): number | undefined {
  const candidates = [wall - DAY, wall + DAY].map((near) => wall - (wallOf(near, timeZone) - near));
  const right = candidates.filter((moment) => wallOf(moment, timeZone) === wall);
  return right.length > 0 ? Math.min(...right) : undefined;
}

function startOfDay(moment: number): number {
  return Math.floor(moment / DAY) * DAY;
}
