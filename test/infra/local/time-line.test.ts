import { expect, test } from 'vitest';
import { moveTo, scheduleInput, TimeLine } from '../../../infra/local/time-line.ts';

const at = (instant: string) => Date.parse(instant);
const NOON = at('2026-11-04T12:00:00Z');
const part = (name: string, expression: string, timeZone = 'UTC') => ({
  name,
  expression,
  timeZone,
  targetArn: '',
  input: '{}',
  groupId: undefined,
});

test.each([
  ['the first one may go back and plays 24 hours', '2020-01-02T00:00:00Z', undefined, { kind: 'start', from: at('2020-01-01T00:00:00Z') }],
  ['the first one may go ahead', '2030-01-02T00:00:00Z', { done: 0 }, { kind: 'start', from: at('2030-01-01T00:00:00Z') }],
  ['forward', '2026-11-04T12:00:01Z', { at: NOON, done: NOON }, { kind: 'forward' }],
  ['to where it stands', '2026-11-04T12:00:00Z', { at: NOON, done: NOON }, { kind: 'forward' }],
  ['back', '2026-11-04T11:59:59Z', { at: NOON, done: NOON }, { kind: 'refused' }],
  ['in another zone it is the same instant', '2026-11-04T13:00:00+01:00', { at: NOON, done: NOON }, { kind: 'forward' }],
  ['no instant', 'tomorrow', { at: NOON, done: NOON }, { kind: 'refused' }],
])('%s', (_, target, clock, expected) => {
  expect(moveTo(at(target), clock)).toMatchObject(expected);
});

test('cron schedules fire in the order of their moments, rates once at their last moment', () => {
  const line = new TimeLine([
    part('tokyo', 'cron(0 7 * * ? *)', 'Asia/Tokyo'),
    part('berlin', 'cron(0 7 * * ? *)', 'Europe/Berlin'),
    part('sweep', 'rate(5 minutes)'),
  ]);
  const [from, until] = [at('2026-11-04T00:00:00Z'), at('2026-11-04T23:03:00Z')];
  expect(line.fixedWithin(from, until).map((due) => due.part.name)).toEqual(['berlin', 'tokyo']);
  expect(line.ratesWithin(from, until).map((due) => new Date(due.at).toISOString())).toEqual(['2026-11-04T23:00:00.000Z']);
  expect(line.nextFixed(at('2026-11-04T06:00:00Z'))).toBe(at('2026-11-04T22:00:00Z'));
});

test('the context attributes of a schedule are filled in', () => {
  const input =
    '{"t":"<aws.scheduler.scheduled-time>","a":"<aws.scheduler.schedule-arn>","e":"<aws.scheduler.execution-id>","n":"<aws.scheduler.attempt-number>"}';
  const filled = scheduleInput({ ...part('daily', 'rate(1 day)'), input }, NOON, '000000000000', 'eu-west-1', 'run-1');
  expect(JSON.parse(filled)).toEqual({
    t: '2026-11-04T12:00:00Z',
    a: 'arn:aws:scheduler:eu-west-1:000000000000:schedule/default/daily',
    e: 'run-1',
    n: '1',
  });
});
