import { expect, test } from 'vitest';
import { isWeek, weekOf } from '../../../functions/calendars/iso-week.ts';

test.each([
  ['2026-11-04', '2026-W45', 'a Wednesday'],
  ['2026-11-02', '2026-W45', 'its Monday'],
  ['2026-11-08', '2026-W45', 'its Sunday'],
  ['2026-01-01', '2026-W01', 'a Thursday is in the year it stands in'],
  ['2026-12-31', '2026-W53', 'a year of 53 weeks'],
  ['2027-01-03', '2026-W53', 'the first days of a year may be in the last week before'],
  ['2024-12-30', '2025-W01', 'the last ones in the first week after'],
])('%s is in %s: %s', (date, week) => {
  expect(weekOf(date)).toBe(week);
  expect(isWeek(week)).toBe(true);
});

test.each(['2026-W54', '2025-W53', '2026-W00', '2026-45', 'W45', ''])('%j is no week', (text) => expect(isWeek(text)).toBe(false));
