import { describe, expect, test } from 'vitest';
import { mayBeHeld, shortNotice, tooManyReaders } from '../../../functions/planned-works/hold.ts';
import { windowOf, worksOf } from './plan-of.ts';

/** Monday 2 November 2026, 10:00 in Berlin. */
const NOW = new Date('2026-11-02T09:00:00Z');
const NOTHING = { releases: [] };
const begins = (start: string) => ({ windows: [windowOf('1', { start, end: '2027-01-01T00:00:00Z' })] });

describe('notice in working days: today does not count, the day of the window does', () => {
  test.each<[string, number, string, boolean]>([
    ['on Monday for Tuesday, one day agreed', 1, '2026-11-03T01:00:00+01:00', false],
    ['on Monday for Tuesday, two days agreed', 2, '2026-11-03T01:00:00+01:00', true],
    ['on Monday for the next Monday, five days agreed', 5, '2026-11-09T01:00:00+01:00', false],
    ['on Monday for the next Monday, six days agreed', 6, '2026-11-09T01:00:00+01:00', true],
    ['a weekend in between is no notice', 5, '2026-11-08T23:00:00+01:00', true],
    ['later today, none agreed', 0, '2026-11-02T23:00:00+01:00', false],
    ['later today, one day agreed', 1, '2026-11-02T23:00:00+01:00', true],
  ])('%s', (_, noticeDays, start, isShort) => {
    expect(shortNotice(worksOf({ noticeDays, ...begins(start) }), NOTHING, ['DE'], NOW) !== undefined).toBe(isShort);
  });

  test('nothing agreed is kept', () => {
    expect(shortNotice(worksOf(begins('2026-11-03T00:00:00Z')), NOTHING, ['DE'], NOW)).toBeUndefined();
  });

  test('of several calendars the one with fewer working days counts: 3 November is a holiday in Japan', () => {
    const works = worksOf({ noticeDays: 2, ...begins('2026-11-04T03:00:00Z') });
    expect(shortNotice(works, NOTHING, ['DE'], NOW)).toBeUndefined();
    expect(shortNotice(works, NOTHING, ['DE', 'JP'], NOW)).toBe(
      'window 1 begins 2026-11-04T03:00:00.000Z: 2 working days (JP) of notice are agreed, 1 are left',
    );
  });

  test('what customers know already, what a person let out and what is cancelled is not late', () => {
    const works = worksOf({ noticeDays: 5, ...begins('2026-11-03T00:00:00Z') });
    const starts = works.windows.map(({ start }) => start);
    expect(shortNotice(works, { told: works, releases: [] }, ['DE'], NOW)).toBeUndefined();
    expect(shortNotice(works, { releases: [{ recipients: 1, starts }] }, ['DE'], NOW)).toBeUndefined();
    const cancelled = { windows: works.windows.map((window) => ({ ...window, status: 'cancelled' })) };
    expect(shortNotice(worksOf({ noticeDays: 5, ...cancelled }), NOTHING, ['DE'], NOW)).toBeUndefined();
  });
});

test.each<['planned' | 'emergency', Parameters<typeof mayBeHeld>[0]['status'], boolean]>([
  ['planned', 'tentative', true],
  ['planned', 'confirmed', true],
  ['planned', 'in-process', false],
  ['planned', 'completed', false],
  ['planned', 'cancelled', false],
  ['emergency', 'confirmed', false],
])('%s works that are %s may be held: %s', (worksClass, status, held) => {
  expect(mayBeHeld({ class: worksClass, status })).toBe(held);
});

test('more recipients than the limit, or than a person let out before, wait', () => {
  expect(tooManyReaders(500, 500, NOTHING)).toBeUndefined();
  expect(tooManyReaders(501, 500, NOTHING)).toBe('501 recipients would be told, more than the 500 that go out by themselves');
  expect(tooManyReaders(501, 500, { releases: [{ recipients: 501, starts: [] }] })).toBeUndefined();
});
