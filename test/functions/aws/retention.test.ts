import { expect, test } from 'vitest';
import { expiresAfterDays, expiresAfterMonths } from '../../../functions/aws/retention.ts';

/** Never a day too early: the end of a month that the other month does not have falls into the next one. */
test.each([
  ['2026-11-04T07:00:00.000Z', 13, '2027-12-05'],
  ['2026-01-31T07:00:00.000Z', 13, '2027-03-04'],
  ['2026-12-31T23:59:59.999Z', 1, '2027-02-01'],
  ['2024-02-29T00:00:00.000Z', 12, '2025-03-02'],
  ['2026-11-04T07:00:00.000Z', 132, '2037-11-05'],
])('what was written at %s for %i months may be forgotten on %s', (from, months, on) => {
  expect(new Date(expiresAfterMonths(from, months) * 1000).toISOString().slice(0, 10)).toBe(on);
});

test('after days, to the second', () => {
  expect(new Date(expiresAfterDays('2026-11-04T07:00:00.000Z', 400) * 1000).toISOString()).toBe('2027-12-09T07:00:00.000Z');
});
