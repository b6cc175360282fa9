import { expect, test } from 'vitest';
import { nextAfter, parseSchedule } from '../../../infra/local/schedule-expression.ts';

test.each([
  ['every day at seven in Berlin, winter', 'cron(0 7 * * ? *)', 'Europe/Berlin', '2026-01-10T12:00:00Z', '2026-01-11T06:00:00Z'],
  ['every day at seven in Berlin, summer', 'cron(0 7 * * ? *)', 'Europe/Berlin', '2026-07-10T12:00:00Z', '2026-07-11T05:00:00Z'],
  ['seven in Tokyo is the day before in UTC', 'cron(0 7 * * ? *)', 'Asia/Tokyo', '2026-11-03T00:00:00Z', '2026-11-03T22:00:00Z'],
  ['half an hour off in India', 'cron(0 7 * * ? *)', 'Asia/Kolkata', '2026-11-03T00:00:00Z', '2026-11-03T01:30:00Z'],
  ['exactly now is not after now', 'cron(0 7 * * ? *)', 'UTC', '2026-11-03T07:00:00Z', '2026-11-04T07:00:00Z'],
  [
    'a time that the clocks skip does not happen that day',
    'cron(30 2 * * ? *)',
    'Europe/Berlin',
    '2026-03-28T12:00:00Z',
    '2026-03-30T00:30:00Z',
  ],
  ['a time that comes twice happens the first time', 'cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
  ['... and not the second', 'cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
  ['skipped in New York', 'cron(15 2 * * ? *)', 'America/New_York', '2026-03-07T12:00:00Z', '2026-03-09T06:15:00Z'],
  ['weekdays by name', 'cron(0 10 ? * MON-FRI *)', 'UTC', '2026-11-06T11:00:00Z', '2026-11-09T10:00:00Z'],
  ['the last day of a month', 'cron(0 0 L * ? *)', 'UTC', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z'],
  ['the third Thursday', 'cron(0 0 ? * THU#3 *)', 'UTC', '2026-11-01T00:00:00Z', '2026-11-19T00:00:00Z'],
  ['the last Friday', 'cron(0 0 ? * 6L *)', 'UTC', '2026-11-01T00:00:00Z', '2026-11-27T00:00:00Z'],
  ['every fifteen minutes', 'cron(0/15 * * * ? *)', 'UTC', '2026-11-01T00:16:00Z', '2026-11-01T00:30:00Z'],
  ['a list of hours and a month by name', 'cron(5 8,20 1 JAN ? *)', 'UTC', '2026-01-01T08:05:00Z', '2026-01-01T20:05:00Z'],
  ['the next leap day', 'cron(0 0 29 2 ? *)', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['a rate, on its own grid', 'rate(5 minutes)', 'UTC', '2026-11-01T00:01:00Z', '2026-11-01T00:05:00Z'],
  ['once', 'at(2026-11-04T07:00:00)', 'Europe/Paris', '2026-11-01T00:00:00Z', '2026-11-04T06:00:00Z'],
  ['once, when it has passed', 'at(2026-11-04T07:00:00)', 'Europe/Paris', '2026-11-05T00:00:00Z', undefined],
  ['a year that has passed', 'cron(0 0 1 1 ? 2020)', 'UTC', '2026-01-01T00:00:00Z', undefined],
])('%s', (_, expression, timeZone, after, expected) => {
  const next = nextAfter(parseSchedule(expression, timeZone), Date.parse(after));
  expect(next === undefined ? undefined : new Date(next).toISOString()).toBe(expected?.replace('Z', '.000Z'));
});

test.each([
  ['cron(0 7 * * *)', /six fields/],
  ['cron(0 7 * * MON *)', /must be \?/],
  ['cron(0 25 * * ? *)', /25 .* from 0 to 23/],
  ['cron(0 7 15W * ? *)', /W/],
  ['every day', /every day/],
])('%s is refused by name', (expression, reason) => {
  expect(() => parseSchedule(expression, 'UTC')).toThrow(reason);
});
