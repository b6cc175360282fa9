import { describe, expect, expectTypeOf, test } from 'vitest';
import { mayBecome } from '../../../functions/billing/account.ts';
import { type Act, nextAct, type RunProgress } from '../../../functions/billing/next-act.ts';
import { monthRun, periodPublishedOn } from '../../../functions/billing/open-run.ts';
import { enter, type Run, type Stage, type StageAfter, stateOf } from '../../../functions/billing/run.ts';

const CREATED = new Date('2026-11-03T12:00:00Z');
const MONTH = monthRun('2026-10', 'DE', '2026-11-04', CREATED);
const NOTHING: RunProgress = {
  ...{
    inputComplete: true,
    itsTurn: true,
    planned: true,
    started: true,
    chunksLeft: 0,
    changesWaiting: false,
    deliveriesLeft: 0,
    messagesLeft: 0,
  },
};
const HOLD = { kind: 'hold', by: 'Jane', reason: 'r', at: '2026-11-04T00:00:00Z' } as const;
const STOP = { ...HOLD, kind: 'stop' } as const;

describe('the next act', () => {
  test.each<[string, Partial<Run>, Partial<RunProgress>, string, Act['kind'], string?]>([
    ['waits for input', {}, { inputComplete: false }, '2026-11-04T02:00:00Z', 'wait', 'input'],
    ['waits for 02:00 local when the input came early', {}, {}, '2026-11-04T00:59:59Z', 'wait', 'the day'],
    ['waits for what runs about the same accounts', {}, { itsTurn: false }, '2026-11-04T08:00:00Z', 'wait', 'its turn'],
    ['plans at 02:00 local', {}, {}, '2026-11-04T01:00:00Z', 'plan'],
    ['plans at once when the input came after that', {}, {}, '2026-11-04T08:00:00Z', 'plan'],
    ['asks for the plan', { stage: 'planning' }, { started: false, planned: false }, '2026-11-04T01:00:00Z', 'send-plan'],
    ['lets the planner find every account', { stage: 'planning' }, { planned: false }, '2026-11-04T01:00:00Z', 'wait', 'planning'],
    ['goes over to preparing', { stage: 'planning' }, { chunksLeft: 3 }, '2026-11-04T01:00:00Z', 'prepared'],
    ['waits for chunks', { stage: 'preparing' }, { chunksLeft: 1 }, '2026-11-04T01:00:00Z', 'wait', 'chunks'],
    ['repairs what changed meanwhile', { stage: 'preparing' }, { changesWaiting: true }, '2026-11-04T01:00:00Z', 'repair'],
    ['concludes with the control report', { stage: 'preparing' }, {}, '2026-11-04T01:00:00Z', 'conclude'],
    ['waits for a person', { stage: 'awaiting-release' }, {}, '2026-11-04T07:00:00Z', 'wait', 'release'],
    ['accepts a release', { stage: 'awaiting-release', released: HOLD }, {}, '2026-11-04T07:00:00Z', 'accept-release'],
    ['does not publish a second early', { stage: 'ready' }, {}, '2026-11-04T05:59:59.999Z', 'wait', 'the hour'],
    ['publishes at 07:00 local', { stage: 'ready' }, {}, '2026-11-04T06:00:00Z', 'publish'],
    ['repairs before it publishes', { stage: 'ready' }, { changesWaiting: true }, '2026-11-04T06:00:00Z', 'repair'],
    ['does not publish what is held', { stage: 'ready', brake: HOLD }, {}, '2026-11-04T06:00:00Z', 'wait', 'release'],
    ['carries the day of its publication', { stage: 'ready' }, {}, '2026-11-05T06:00:00Z', 'redate'],
    ['hands over what is published', { stage: 'published' }, {}, '2026-11-04T06:00:00Z', 'queue-deliveries'],
    ['hands over what was held before', { stage: 'published', brake: HOLD }, {}, '2026-11-04T06:00:00Z', 'queue-deliveries'],
    ['waits for deliveries', { stage: 'delivering' }, { deliveriesLeft: 1 }, '2026-11-04T06:00:00Z', 'wait', 'delivery'],
    ['waits for messages', { stage: 'delivering' }, { messagesLeft: 1 }, '2026-11-04T06:00:00Z', 'wait', 'delivery'],
    ['is over', { stage: 'delivering' }, {}, '2026-11-04T06:00:00Z', 'finish'],
    ['does nothing more', { stage: 'delivered' }, {}, '2026-11-04T06:00:00Z', 'wait', 'nothing'],
    ...(['waiting-for-input', 'planning', 'preparing', 'awaiting-release', 'ready', 'published', 'delivering'] as const).map(
      (stage) =>
        [`stops in ${stage}`, { stage, brake: STOP }, {}, '2026-11-04T06:00:00Z', 'wait', 'resume'] as [
          string,
          Partial<Run>,
          Partial<RunProgress>,
          string,
          Act['kind'],
          string,
        ],
    ),
  ])('%s', (_, run, progress, at, kind, reason) => {
    const now = new Date(at);
    const today = at.slice(0, 10);
    const act = nextAct({ ...MONTH, ...run }, { ...NOTHING, ...progress }, today, now);
    expect(act).toEqual(reason ? { kind, for: reason } : { kind });
  });
});

describe('stages', () => {
  test('steps that do not exist do not compile', () => {
    expectTypeOf<StageAfter<'waiting-for-input'>>().toEqualTypeOf<'planning'>();
    expectTypeOf<StageAfter<'ready'>>().toEqualTypeOf<'planning' | 'published'>();
    expectTypeOf<StageAfter<'published'>>().toEqualTypeOf<'delivering'>();
    expectTypeOf<StageAfter<'delivered'>>().toEqualTypeOf<never>();
  });

  test('tell how long they took, also when they come again', () => {
    const waiting = { ...MONTH, stage: 'waiting-for-input', enteredAt: 1000 } as const;
    const planning = enter(waiting, 'planning', 4000) as Run & { stage: 'planning' };
    expect(planning.took).toEqual({ 'waiting-for-input': 3000 });
    expect(enter(planning, 'preparing', 4500).took).toEqual({ 'waiting-for-input': 3000, planning: 500 });
  });

  test('a late batch that has not begun waits for its turn, a month for its input', () => {
    expect([2, 1].map((sequence) => stateOf({ ...MONTH, sequence }))).toEqual(['waiting-for-its-turn', 'waiting-for-input']);
  });

  test.each<[Stage, Run['brake'], string]>([
    ['preparing', HOLD, 'held'],
    ['preparing', STOP, 'stopped'],
    ['delivering', STOP, 'stopped'],
    ['delivering', HOLD, 'delivering'],
    ['delivered', STOP, 'delivered'],
    ['ready', undefined, 'ready'],
  ])('%s with brake %o reads %s', (stage, brake, state) => {
    expect(stateOf({ ...MONTH, stage, brake })).toBe(state);
  });
});

test.each([
  ['validating', 'numbered', false],
  ['parked', 'numbered', false],
  ['without-bill', 'numbered', false],
  ['drafted', 'numbered', true],
  ['numbered', 'parked', true],
  ['numbered', 'drafted', true],
  ['parked', 'drafted', true],
] as const)('an account that is %s may become %s: %s', (from, to, may) => {
  expect(mayBecome(from, to)).toBe(may);
});

test.each([
  ['DE', '2026-11-04', '2026-10'],
  ['DE', '2026-11-03', undefined],
  ['DE', '2026-11-05', undefined],
  ['JP', '2026-11-05', '2026-10'],
  ['GB-ENG', '2027-01-06', '2026-12'],
] as const)('%s publishes on %s the period %s', (calendar, date, period) => {
  expect(periodPublishedOn(calendar, date)).toBe(period);
});

test('a holiday that is announced late moves the day', () => {
  const extra = [{ calendar: 'DE', date: '2026-11-04', name: 'State funeral', source: 'Federal Gazette' }] as const;
  expect(periodPublishedOn('DE', '2026-11-04', extra)).toBeUndefined();
  expect(periodPublishedOn('DE', '2026-11-05', extra)).toBe('2026-10');
});
