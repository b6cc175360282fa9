import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNewer, isToldAlready, judge, lastSaid, type Settings, type StoredSetting } from '../../../functions/preferences/decision.ts';
import { preferenceFrom } from '../../../functions/preferences/preference.ts';

const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'];
const THIS = 'category#documents#B1';
const ALL = 'category#documents#*';
const said = (setting: string, value: string, day: number, changeId = `${day}`): StoredSetting => ({
  setting,
  value,
  at: `${DAYS[day - 1]}T00:00:00.000Z`,
  changeId,
  by: 'contact',
  how: 'page',
});

function standing(decisions: readonly StoredSetting[]): Settings {
  const settings: Record<string, StoredSetting> = {};
  for (const next of decisions) settings[next.setting] = judge(settings, next).stored;
  return settings;
}

describe('what a decision means for what stands', () => {
  test.each<[string, StoredSetting[], StoredSetting, string]>([
    ['the first one', [], said(THIS, 'on', 1), 'changes'],
    ['another value', [said(THIS, 'on', 1)], said(THIS, 'off', 2), 'changes'],
    ['the same value later', [said(THIS, 'off', 1)], said(THIS, 'off', 2), 'confirms'],
    ['the very same', [said(THIS, 'off', 1)], said(THIS, 'off', 1), 'repeats'],
    ['the very same confirmation', [said(THIS, 'off', 1), said(THIS, 'off', 2)], said(THIS, 'off', 2), 'repeats'],
    ['an older one', [said(THIS, 'off', 2)], said(THIS, 'on', 1), 'late'],
    ['older than the last confirmation', [said(THIS, 'off', 1), said(THIS, 'off', 3)], said(THIS, 'on', 2), 'late'],
    ['the same again, after "all accounts" said otherwise', [said(THIS, 'off', 1), said(ALL, 'on', 2)], said(THIS, 'off', 3), 'changes'],
    [
      'the same again for all, after one account said otherwise',
      [said(ALL, 'off', 1), said(THIS, 'on', 2)],
      said(ALL, 'off', 3),
      'changes',
    ],
    ['the same again, after "all accounts" said the same', [said(THIS, 'off', 1), said(ALL, 'off', 2)], said(THIS, 'off', 3), 'confirms'],
    ['another account', [said(THIS, 'off', 1), said('category#documents#B2', 'on', 2)], said(THIS, 'off', 3), 'confirms'],
    ['another category', [said(THIS, 'off', 1), said('category#other-works#*', 'on', 2)], said(THIS, 'off', 3), 'confirms'],
    ['a setting of the contact', [said('reminders', 'on', 1), said('language', 'de', 2)], said('reminders', 'on', 3), 'confirms'],
  ])('%s', (_, before, next, verdict) => {
    expect(judge(standing(before), next).verdict).toBe(verdict);
  });

  test('in any order, and however often, the newest decision of each setting counts', () => {
    const decision = fc
      .record({ setting: fc.constantFrom(THIS, ALL, 'category#documents#B2', 'reminders'), value: fc.constantFrom('on', 'off') })
      .chain(({ setting, value }) => fc.integer({ min: 1, max: 5 }).map((day) => ({ setting, value, day })));
    const decisions = fc
      .array(decision, { minLength: 1, maxLength: 12 })
      .map((all) => all.map(({ setting, value, day }, index) => said(setting, value, day, `c${index}`)));
    const orders = decisions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    fc.assert(
      fc.property(orders, ([all, order]) => {
        const settings = standing(order);
        for (const [name, ofSetting] of Map.groupBy(all, ({ setting }) => setting)) {
          const newest = ofSetting.reduce((best, next) => (isNewer(next, best) ? next : best));
          const stored = settings[name] as StoredSetting;
          expect([stored.value, lastSaid(stored).at, lastSaid(stored).changeId]).toEqual([newest.value, newest.at, newest.changeId]);
        }
        for (const bcn of ['B1', 'B2', undefined]) {
          const { off, reminders } = preferenceFrom(Object.values(settings), 1, bcn);
          const inOrder = preferenceFrom(Object.values(standing(all)), 1, bcn);
          expect([off, reminders]).toEqual([inOrder.off, inOrder.reminders]);
        }
      }),
    );
  });

  test('a decision that is no change changes nothing for any account', () => {
    const decision = fc.record({
      setting: fc.constantFrom(THIS, ALL, 'category#documents#B2'),
      value: fc.constantFrom('on', 'off'),
      day: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(decision, { minLength: 2, maxLength: 10 }), (all) => {
        const decisions = all.map(({ setting, value, day }, index) => said(setting, value, day, `c${index}`));
        const settings = standing(decisions.slice(0, -1));
        const next = decisions.at(-1) as StoredSetting;
        const { verdict, stored } = judge(settings, next);
        fc.pre(verdict !== 'changes');
        const then = { ...settings, [next.setting]: stored };
        for (const bcn of ['B1', 'B2', undefined]) {
          expect(preferenceFrom(Object.values(then), 1, bcn)).toEqual(preferenceFrom(Object.values(settings), 1, bcn));
        }
      }),
    );
  });
});

describe('a late decision in the history', () => {
  test.each<[string, StoredSetting[], StoredSetting, boolean]>([
    ['the next one says the same', [said(THIS, 'off', 3)], said(THIS, 'off', 2), true],
    ['the one before says the same', [said(THIS, 'off', 1), said(THIS, 'on', 3)], said(THIS, 'off', 2), true],
    ['both say otherwise', [said(THIS, 'on', 1), said(THIS, 'on', 3)], said(THIS, 'off', 2), false],
    ['only the next one, otherwise', [said(THIS, 'on', 3)], said(THIS, 'off', 2), false],
    ['another setting says the same', [said(ALL, 'off', 1), said(THIS, 'on', 3)], said(THIS, 'off', 2), false],
  ])('%s', (_, history, next, told) => {
    expect(isToldAlready(history, next)).toBe(told);
  });
});
