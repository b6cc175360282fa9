import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNewer, preferenceFrom, type StoredSetting } from '../../../functions/preferences/preference.ts';

const decision = (setting: string, value: string, at = '2026-11-01T00:00:00Z', changeId = 'a'): StoredSetting => ({
  setting,
  value,
  at,
  changeId,
  by: 'contact',
  how: 'page',
});

describe('what a contact wants', () => {
  test.each<[string, StoredSetting[], string | undefined, object]>([
    ['nothing said', [], 'B1', { format: 'attachment', off: [] }],
    ['links only everywhere', [decision('format#*', 'links-only')], 'B1', { format: 'links-only', off: [] }],
    ['links only for another account', [decision('format#B2', 'links-only')], 'B1', { format: 'attachment', off: [] }],
    ['off for all accounts', [decision('category#documents#*', 'off')], 'B1', { format: 'attachment', off: ['documents'] }],
    [
      'off for all, later on for this one',
      [decision('category#documents#*', 'off'), decision('category#documents#B1', 'on', '2026-11-02T00:00:00Z')],
      'B1',
      { format: 'attachment', off: [] },
    ],
    [
      'on for this one, later off for all',
      [decision('category#documents#B1', 'on'), decision('category#documents#*', 'off', '2026-11-02T00:00:00Z')],
      'B1',
      { format: 'attachment', off: ['documents'] },
    ],
    ['a mandatory category is never off', [decision('category#invoices#*', 'off')], 'B1', { format: 'attachment', off: [] }],
  ])('%s', (_, stored, bcn, expected) => {
    const { format, off } = preferenceFrom(stored, 1, bcn);
    expect({ format, off: [...off] }).toEqual(expected);
  });

  test.each<[string, StoredSetting[], StoredSetting[], object]>([
    ['a default', [], [decision('category#documents#*', 'off')], { off: ['documents'], reminders: false }],
    ['a default of another account', [], [decision('category#documents#B2', 'off')], { off: [], reminders: false }],
    [
      'the newer of two defaults',
      [],
      [decision('category#documents#*', 'off'), decision('category#documents#B1', 'on', '2026-11-02T00:00:00Z')],
      { off: [], reminders: false },
    ],
    [
      "the contact's own decision before a newer default",
      [decision('category#documents#*', 'on'), decision('reminders', 'off')],
      [decision('category#documents#B1', 'off', '2026-11-02T00:00:00Z'), decision('reminders', 'on', '2026-11-02T00:00:00Z')],
      { off: [], reminders: false },
    ],
    [
      'a default beside an own decision about something else',
      [decision('format#*', 'links-only')],
      [decision('reminders', 'on')],
      { off: [], reminders: true },
    ],
    [
      'language, zone and feed have no default',
      [],
      [decision('language', 'fr'), decision('timeZone', 'UTC'), decision('feed', '9')],
      { off: [], reminders: false },
    ],
  ])('%s', (_, own, defaults, expected) => {
    const { off, reminders, language, timeZone, feed, defaultsVersion } = preferenceFrom(own, 1, 'B1', { version: 4, stored: defaults });
    expect({ off: [...off], reminders }).toEqual(expected);
    expect({ language, timeZone, feed, defaultsVersion }).toEqual({
      language: undefined,
      timeZone: undefined,
      feed: '0',
      defaultsVersion: 4,
    });
  });

  test('of two decisions exactly one is newer', () => {
    const decided = fc.record({
      at: fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'),
      changeId: fc.constantFrom('a', 'b'),
      by: fc.constant(''),
      how: fc.constant(''),
    });
    fc.assert(
      fc.property(decided, decided, (a, b) => {
        const same = a.at === b.at && a.changeId === b.changeId;
        expect(isNewer(a, b) !== isNewer(b, a)).toBe(!same);
      }),
    );
  });
});
