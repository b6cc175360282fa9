import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '../../../functions/calendars/dates.ts';
import { capPeriods, deferralOf, quietUntil, type Waiting } from '../../../functions/messages/deferral.ts';
import type { Message } from '../../../functions/messages/message.ts';
import { preferenceFrom } from '../../../functions/preferences/preference.ts';
import { storedMessage } from './message-of.ts';

const NIGHT = { from: '22:00', to: '07:00' };
const NOON = { from: '12:00', to: '13:30' };

describe('quiet hours', () => {
  test.each<[string, typeof NIGHT, string, string, string | undefined]>([
    ['in the evening', NIGHT, 'Europe/Berlin', '2026-11-04T21:00:00Z', '2026-11-05T06:00:00.000Z'],
    ['just before', NIGHT, 'Europe/Berlin', '2026-11-04T20:59:59Z', undefined],
    ['in the small hours', NIGHT, 'Europe/Berlin', '2026-11-05T03:00:00Z', '2026-11-05T06:00:00.000Z'],
    ['at their end', NIGHT, 'Europe/Berlin', '2026-11-05T06:00:00Z', undefined],
    ['by day', NIGHT, 'Europe/Berlin', '2026-11-05T12:00:00Z', undefined],
    ['at noon, within one day', NOON, 'Europe/Berlin', '2026-11-05T11:00:00Z', '2026-11-05T12:30:00.000Z'],
    ['07:00 in Berlin is night in New York', NIGHT, 'America/New_York', '2026-11-04T06:00:00Z', '2026-11-04T12:00:00.000Z'],
    ['07:00 in Berlin is afternoon in Tokyo', NIGHT, 'Asia/Tokyo', '2026-11-04T06:00:00Z', undefined],
    ['the night in which clocks go back is longer', NIGHT, 'Europe/Berlin', '2026-10-24T20:00:00Z', '2026-10-25T06:00:00.000Z'],
    ['the night in which clocks go forward is shorter', NIGHT, 'Europe/Berlin', '2026-03-28T21:00:00Z', '2026-03-29T05:00:00.000Z'],
    ['an end that clocks skip', { from: '22:00', to: '02:30' }, 'Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00.000Z'],
    ['an end that clocks show twice', { from: '22:00', to: '02:30' }, 'Europe/Berlin', '2026-10-25T00:15:00Z', '2026-10-25T00:30:00.000Z'],
    ['after the first of the two', { from: '22:00', to: '02:30' }, 'Europe/Berlin', '2026-10-25T01:15:00Z', undefined],
    ['a zone with half an hour', NIGHT, 'Asia/Kolkata', '2026-11-04T16:30:00Z', '2026-11-05T01:30:00.000Z'],
  ])('%s', (_, hours, timeZone, at, until) => {
    expect(quietUntil(hours, timeZone, new Date(at))?.toISOString()).toBe(until);
  });

  test('they end within a day, and are over at their end', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const at = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true });
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC');
    fc.assert(
      fc.property(time, time, zone, at, (from, to, timeZone, now) => {
        fc.pre(from !== to);
        const until = quietUntil({ from, to }, timeZone, now);
        if (!until) return;
        expect(until.getTime()).toBeGreaterThan(now.getTime());
        expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
        expect(quietUntil({ from, to }, timeZone, until)).toBeUndefined();
      }),
    );
  });
});

describe('days and weeks', () => {
  test.each<[string, string, string[], string[]]>([
    [
      'Europe/Berlin',
      '2026-11-04T12:00:00Z',
      ['DAY#2026-11-04', 'WEEK#2026-11-02'],
      ['2026-11-04T23:00:00.000Z', '2026-11-08T23:00:00.000Z'],
    ],
    [
      'Europe/Berlin',
      '2026-11-08T23:30:00Z',
      ['DAY#2026-11-09', 'WEEK#2026-11-09'],
      ['2026-11-09T23:00:00.000Z', '2026-11-15T23:00:00.000Z'],
    ],
    ['Asia/Tokyo', '2026-11-04T15:00:00Z', ['DAY#2026-11-05', 'WEEK#2026-11-02'], ['2026-11-05T15:00:00.000Z', '2026-11-08T15:00:00.000Z']],
    [
      'Europe/Berlin',
      '2026-10-25T12:00:00Z',
      ['DAY#2026-10-25', 'WEEK#2026-10-19'],
      ['2026-10-25T23:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ],
    ['UTC', '2027-01-01T00:00:00Z', ['DAY#2027-01-01', 'WEEK#2026-12-28'], ['2027-01-02T00:00:00.000Z', '2027-01-04T00:00:00.000Z']],
  ])('in %s at %s', (timeZone, at, keys, ends) => {
    const periods = capPeriods({ day: 1, week: 5 }, timeZone, new Date(at));
    expect(periods.map(({ key }) => key)).toEqual(keys);
    expect(periods.map(({ endsAt }) => endsAt.toISOString())).toEqual(ends);
    expect(localDate(new Date(at), timeZone)).toBe(keys[0]?.slice('DAY#'.length));
  });

  test('who has no caps is not counted', () => {
    expect(capPeriods({}, 'UTC', new Date('2026-11-04T12:00:00Z'))).toEqual([]);
  });
});

describe('whether a message waits', () => {
  const WEDNESDAY_NOON = '2026-11-04T11:00:00Z';
  const WEDNESDAY_NIGHT = '2026-11-04T22:00:00Z';
  const optional = storedMessage({ kind: 'documents-ready', category: 'documents' });
  const mandatory = storedMessage({ category: 'invoices' });
  const emergency: Message = { ...mandatory, category: 'emergency-works' };
  const outage: Message = { ...mandatory, category: 'service-affecting-works' };
  const wants = (...settings: [string, string][]) =>
    preferenceFrom(
      settings.map(([setting, value]) => ({ setting, value, at: '2026-11-01T00:00:00.000Z', changeId: 'a', by: 'anna', how: 'page' })),
      1,
    );
  const sent = (day: number, week: number) =>
    new Map([
      ['DAY#2026-11-04', day],
      ['WEEK#2026-11-02', week],
    ]);
  const until = (waiting: Partial<Waiting> & Pick<Waiting, 'message'>, at: string) =>
    deferralOf({ preference: wants(), timeZone: 'Europe/Berlin', sent: new Map(), ...waiting }, new Date(at))?.until.toISOString();

  test.each<[string, Message, [string, string][], ReadonlyMap<string, number>, string, string | undefined]>([
    ['nothing is set', optional, [], sent(99, 99), WEDNESDAY_NIGHT, undefined],
    ['below the cap of the day', optional, [['capDay', '2']], sent(1, 1), WEDNESDAY_NOON, undefined],
    ['at the cap of the day', optional, [['capDay', '2']], sent(2, 2), WEDNESDAY_NOON, '2026-11-04T23:00:00.000Z'],
    ['at the cap of the week', optional, [['capWeek', '2']], sent(2, 2), WEDNESDAY_NOON, '2026-11-08T23:00:00.000Z'],
    [
      'at both: the later',
      optional,
      [
        ['capDay', '2'],
        ['capWeek', '2'],
      ],
      sent(2, 2),
      WEDNESDAY_NOON,
      '2026-11-08T23:00:00.000Z',
    ],
    ['mandatory mail waits for no cap', mandatory, [['capDay', '1']], sent(9, 9), WEDNESDAY_NOON, undefined],
    ['a cap that was taken away', optional, [['capDay', 'none']], sent(9, 9), WEDNESDAY_NOON, undefined],
    ['it has its place already', { ...optional, countedIn: ['DAY#2026-11-04'] }, [['capDay', '2']], sent(2, 2), WEDNESDAY_NOON, undefined],
    [
      'a place of yesterday is none',
      { ...optional, countedIn: ['DAY#2026-11-03'] },
      [['capDay', '2']],
      sent(2, 2),
      WEDNESDAY_NOON,
      '2026-11-04T23:00:00.000Z',
    ],
    [
      'quiet hours hold optional mail back',
      optional,
      [['quietHours', '22:00-07:00']],
      sent(0, 0),
      WEDNESDAY_NIGHT,
      '2026-11-05T06:00:00.000Z',
    ],
    ['invoices too', mandatory, [['quietHours', '22:00-07:00']], sent(0, 0), WEDNESDAY_NIGHT, '2026-11-05T06:00:00.000Z'],
    ['works that touch a service too', outage, [['quietHours', '22:00-07:00']], sent(0, 0), WEDNESDAY_NIGHT, '2026-11-05T06:00:00.000Z'],
    [
      'emergencies never',
      emergency,
      [
        ['quietHours', '22:00-07:00'],
        ['capDay', '1'],
      ],
      sent(9, 9),
      WEDNESDAY_NIGHT,
      undefined,
    ],
    [
      'a cap until midnight, then quiet hours: the morning',
      optional,
      [
        ['capDay', '1'],
        ['quietHours', '22:00-07:00'],
      ],
      sent(1, 1),
      WEDNESDAY_NOON,
      '2026-11-05T06:00:00.000Z',
    ],
  ])('%s', (_, message, settings, counted, at, expected) => {
    expect(until({ message, preference: wants(...settings), sent: counted }, at)).toBe(expected);
  });

  test('the reason says what it waits for, and until when', () => {
    const waiting = { message: optional, preference: wants(['capWeek', '3']), timeZone: 'Europe/Berlin', sent: sent(1, 3) };
    expect(deferralOf(waiting, new Date(WEDNESDAY_NOON))).toMatchObject({
      cause: 'cap',
      reason: "the contact's cap of 3 a week is reached, so it waits until 2026-11-08T23:00:00.000Z",
    });
  });
});
