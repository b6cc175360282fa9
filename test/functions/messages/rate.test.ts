import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockOf, isBookedOut, lease, secondsFor, spacing, useOf } from '../../../functions/messages/rate.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-04T06:00:00Z') + seconds * 1000);

describe('the sending rate', () => {
  test('both lanes together use 80% of what SES allows', () => {
    expect(1000 / spacing(10, 'bulk') + 1000 / spacing(10, 'urgent')).toBeCloseTo(8, 9);
  });

  test.each([
    [14, 9],
    [1, 1],
    [500, 10],
  ])('at %i messages a second a block has %i slots', (rate, block) => {
    expect(blockOf(rate, 'bulk')).toBe(block);
  });

  test.each([
    ['now', 0, 'send'],
    ['within the second', 1, 'send'],
    ['in 1.2 seconds', 1.2, { waitSeconds: 2 }],
    ['in five minutes', 300, { waitSeconds: 300 }],
    ['a minute ago', -60, 'send'],
    ['longer ago: the crowd has gone on', -61, 'stale'],
    ['a day ahead: the clock was set back since', 86_400, 'stale'],
  ])('a slot %s', (_, seconds, expected) => {
    expect(useOf(at(seconds), at(0))).toEqual(expected);
  });

  test('leases one after the other never give more slots to a second than the rate', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), steps, (rate, waits) => {
        let [now, nextFree]: [Date, Date | undefined] = [at(0), undefined];
        const slots: number[] = [];
        for (const wait of waits) {
          now = new Date(now.getTime() + wait);
          if (isBookedOut(nextFree, now)) continue;
          const next = lease(nextFree, now, blockOf(rate, 'bulk'), spacing(rate, 'bulk'));
          slots.push(...next.slots.map((slot) => slot.getTime()));
          nextFree = next.nextFree;
        }
        for (const slot of slots) {
          const within = slots.filter((other) => other >= slot && other < slot + 1000).length;
          expect(within).toBeLessThanOrEqual(Math.ceil(rate * 0.65) + 1);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('a lane that is booked for fifteen minutes takes no more, unless the clock was set back', () => {
    expect(isBookedOut(at(901), at(0))).toBe(true);
    expect(isBookedOut(at(899), at(0))).toBe(false);
    expect(isBookedOut(at(7200), at(0))).toBe(false);
    expect(lease(at(7200), at(0), 1, 100).slots).toEqual([at(0)]);
  });

  test('the estimate: 10,000 messages at 14 a second', () => {
    expect(secondsFor(10_000, 14)).toBe(1099);
  });
});
