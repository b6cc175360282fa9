import { describe, expect, test } from 'vitest';
import { durationWords, windowWords, workingDaysWords } from '../../../functions/messages/window-words.ts';
import type { Language } from '../../../functions/money/format.ts';

const words = (start: string, end: string, zone: string, language: Language) => windowWords(new Date(start), new Date(end), zone, language);

describe('a window', () => {
  test.each<[string, string, string, Language, string, string]>([
    [
      '2026-11-17T23:00:00Z',
      '2026-11-18T03:00:00Z',
      'Europe/Berlin',
      'en',
      '18 Nov 2026, 00:00-04:00 CET',
      'Wed 18 Nov 2026, 00:00 - 04:00 CET',
    ],
    [
      '2026-11-17T23:00:00Z',
      '2026-11-18T03:00:00Z',
      'Europe/Berlin',
      'de',
      '18. Nov. 2026, 00:00-04:00 MEZ',
      'Mi. 18. Nov. 2026, 00:00 - 04:00 MEZ',
    ],
    [
      '2026-11-17T23:00:00Z',
      '2026-11-18T03:00:00Z',
      'Europe/Paris',
      'fr',
      '18 nov. 2026, 00:00-04:00 UTC+1',
      'mer. 18 nov. 2026, 00:00 - 04:00 UTC+1',
    ],
    // Over midnight both days are named, until midnight the one is enough.
    [
      '2026-11-17T22:00:00Z',
      '2026-11-18T02:00:00Z',
      'Europe/London',
      'en',
      '17 Nov 2026, 22:00-18 Nov 02:00 GMT',
      'Tue 17 Nov 2026, 22:00 - Wed 18 Nov 2026, 02:00 GMT',
    ],
    [
      '2026-11-18T21:00:00Z',
      '2026-11-18T23:00:00Z',
      'Europe/Berlin',
      'en',
      '18 Nov 2026, 22:00-24:00 CET',
      'Wed 18 Nov 2026, 22:00 - Thu 19 Nov 2026, 00:00 CET',
    ],
    // Clocks go forward and back in between: each end has its own time.
    [
      '2026-03-29T00:00:00Z',
      '2026-03-29T03:00:00Z',
      'Europe/Berlin',
      'en',
      '29 Mar 2026, 01:00 CET-05:00 CEST',
      'Sun 29 Mar 2026, 01:00 CET - 05:00 CEST',
    ],
    [
      '2026-10-25T00:00:00Z',
      '2026-10-25T03:00:00Z',
      'Europe/Berlin',
      'de',
      '25. Okt. 2026, 02:00 MESZ-04:00 MEZ',
      'So. 25. Okt. 2026, 02:00 MESZ - 04:00 MEZ',
    ],
    [
      '2026-11-17T23:00:00Z',
      '2026-11-18T03:00:00Z',
      'Asia/Tokyo',
      'en',
      '18 Nov 2026, 08:00-12:00 GMT+9',
      'Wed 18 Nov 2026, 08:00 - 12:00 GMT+9',
    ],
  ])('%s to %s in %s, %s', (start, end, zone, language, short, local) => {
    expect(words(start, end, zone, language)).toMatchObject({ short, local: `${local} (${zone})` });
  });

  test('is told in UTC beside that', () => {
    const { utc } = words('2026-11-17T23:00:00Z', '2026-11-18T03:00:00Z', 'Asia/Tokyo', 'en');
    expect(utc).toBe('Tue 17 Nov 2026, 23:00 - Wed 18 Nov 2026, 03:00 UTC');
  });
});

test.each<[number, Language, string]>([
  [0, 'en', '0 minutes'],
  [1, 'en', '1 minute'],
  [60, 'de', '1 Stunde'],
  [90, 'fr', '1 heure 30 minutes'],
  [125, 'de', '2 Stunden 5 Minuten'],
])('%i minutes in %s are %s', (minutes, language, expected) => {
  expect(durationWords(minutes, language)).toBe(expected);
});

test('working days are told in one or in several', () => {
  expect([workingDaysWords(1, 'de'), workingDaysWords(11, 'fr')]).toEqual(['1 Arbeitstag', '11 jours ouvrés']);
});
