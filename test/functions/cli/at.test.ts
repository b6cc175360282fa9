import { expect, test } from 'vitest';
import { checkedInstant } from '../../../functions/cli/at.ts';
import { UsageError } from '../../../functions/cli/output.ts';

test.each(['tomorrow', '2026-11-04', '2026-02-30T00:00:00Z', '2026-11-31T07:00:00+01:00', '2026-13-01T00:00:00Z'])(
  'the clock is not moved to %s, which is no instant',
  (instant) => {
    expect(() => checkedInstant(instant)).toThrow(UsageError);
  },
);

test('a leap day is an instant like any other', () => {
  expect(checkedInstant('2028-02-29T07:00:00+01:00')).toBe('2028-02-29T07:00:00+01:00');
});
