import { describe, expect, test } from 'vitest';
import { CALENDARS, type CalendarCode } from '../../../functions/calendars/calendars.ts';
import { localDate } from '../../../functions/calendars/dates.ts';
import { dayToAnswer, deadlinesOf, issueLimitOf, nextDue } from '../../../functions/first-invoice/deadlines.ts';
import type { Answer, Review } from '../../../functions/first-invoice/review.ts';

const LIMIT = { domesticDays: 45, intraEuDay: 15 };

function daysOf(calendar: CalendarCode, drafted: string, limit?: typeof LIMIT, intraEu = false): (string | undefined)[] {
  const { remindAt, deadlineAt, issueBy } = deadlinesOf({ calendar, period: '2026-11', intraEu }, limit, new Date(drafted));
  const { timeZone } = CALENDARS[calendar];
  return [...remindAt, deadlineAt].map((instant) => localDate(new Date(instant), timeZone)).concat(issueBy ?? []);
}

describe('reminders after 2 and 4 business days, the deadline after 5', () => {
  test.each<[string, CalendarCode, string, string[]]>([
    ['a week without holidays', 'DE', '2026-11-04T06:00:00Z', ['2026-11-06', '2026-11-10', '2026-11-11']],
    ['drafted on a Friday', 'GB-ENG', '2026-11-06T07:00:00Z', ['2026-11-10', '2026-11-12', '2026-11-13']],
    ['over Christmas in England', 'GB-ENG', '2026-12-23T10:00:00Z', ['2026-12-29', '2026-12-31', '2027-01-04']],
    [
      '07:00 in Tokyo is the day before in UTC; Culture Day is none',
      'JP',
      '2026-10-29T22:00:00Z',
      ['2026-11-04', '2026-11-06', '2026-11-09'],
    ],
  ])('%s', (_, calendar, drafted, expected) => {
    expect(daysOf(calendar, drafted)).toEqual(expected);
  });

  test('reminders go at 09:00 and the deadline is at 17:00, local', () => {
    expect(deadlinesOf({ calendar: 'JP', period: '2026-11', intraEu: false }, undefined, new Date('2026-11-04T22:00:00Z'))).toEqual({
      remindAt: ['2026-11-09T00:00:00.000Z', '2026-11-11T00:00:00.000Z'],
      deadlineAt: '2026-11-12T08:00:00.000Z',
    });
  });

  test('a holiday that is not deployed yet moves them', () => {
    const extra = [{ calendar: 'DE', date: '2026-11-06', name: 'A day of mourning', source: 'a decree' }] as const;
    const { deadlineAt } = deadlinesOf(
      { calendar: 'DE', period: '2026-11', intraEu: false },
      undefined,
      new Date('2026-11-04T06:00:00Z'),
      extra,
    );
    expect(deadlineAt).toBe('2026-11-12T16:00:00.000Z');
  });
});

describe('the legal limit', () => {
  test.each<[string, string, boolean, typeof LIMIT | undefined, string | undefined]>([
    ['at home: days after the period', '2026-11', false, LIMIT, '2027-01-14'],
    ['across the EU: the 15th of the month after', '2026-11', true, LIMIT, '2026-12-15'],
    ['a day that the month does not have', '2027-01', true, { domesticDays: 45, intraEuDay: 31 }, '2027-02-28'],
    ['an entity that says nothing', '2026-11', true, undefined, undefined],
  ])('%s', (_, period, intraEu, limit, expected) => {
    expect(issueLimitOf({ period, intraEu }, limit)).toBe(expected);
  });

  test('bounds the deadline', () => {
    expect(daysOf('DE', '2026-12-14T08:00:00Z', LIMIT, true)).toEqual(['2026-12-16', '2026-12-18', '2026-12-15', '2026-12-15']);
  });
});

describe('the last day to answer, in Germany, where the limit is 15 December 2026 or, of a domestic invoice, a Sunday', () => {
  const ask = (drafted: string, intraEu: boolean) =>
    deadlinesOf({ calendar: 'DE', period: '2026-11', intraEu }, { domesticDays: 27, intraEuDay: 15 }, new Date(drafted));
  test.each<[string, string, boolean, string]>([
    ['long before: five business days', '2026-12-03T06:00:00Z', true, 'until 2026-12-10T16:00:00.000Z'],
    ['four days before: the limit', '2026-12-11T06:00:00Z', true, 'until 2026-12-15T16:00:00.000Z'],
    ['the evening before: still the limit', '2026-12-14T21:00:00Z', true, 'until 2026-12-15T16:00:00.000Z'],
    ['already its day, by local time: none', '2026-12-14T23:30:00Z', true, 'no time 2026-12-14T23:30:00.000Z'],
    ['the morning of its day: none', '2026-12-15T06:00:00Z', true, 'no time 2026-12-15T06:00:00.000Z'],
    ['its evening: none', '2026-12-15T20:00:00Z', true, 'no time 2026-12-15T20:00:00.000Z'],
    ['weeks after it: none', '2027-01-11T09:00:00Z', true, 'no time 2027-01-11T09:00:00.000Z'],
    ['a limit on a Sunday, after Christmas: the business day before', '2026-12-22T06:00:00Z', false, 'until 2026-12-24T16:00:00.000Z'],
    ['only holidays are left until the limit: none', '2026-12-24T06:00:00Z', false, 'no time 2026-12-24T06:00:00.000Z'],
    ['one of these holidays: none', '2026-12-25T10:00:00Z', false, 'no time 2026-12-25T10:00:00.000Z'],
  ])('%s', (_, drafted, intraEu, expected) => {
    const { deadlineAt, noTime, issueBy } = ask(drafted, intraEu);
    expect(issueBy).toBe(intraEu ? '2026-12-15' : '2026-12-27');
    expect(`${noTime ? 'no time' : 'until'} ${deadlineAt}`).toBe(expected);
    expect(deadlineAt >= new Date(drafted).toISOString(), 'never past').toBe(true);
  });

  test('no reminder goes where nobody is asked to answer by a day', () => {
    const deadlines = ask('2026-12-15T06:00:00Z', true);
    const review = { state: 'awaiting-customer', deadlines, reminded: 0, warned: true } as Review;
    expect(nextDue(review)).toEqual({ what: 'deadline', at: '2026-12-15T06:00:00.000Z' });
  });
});

test('the day to answer by is the calendar’s, whatever day it is where its reader sits', () => {
  const deadlines = { remindAt: ['2026-11-06T08:00:00.000Z', '2026-11-10T08:00:00.000Z'], deadlineAt: '2026-11-11T16:00:00.000Z' } as const;
  expect(dayToAnswer({ calendar: 'DE', deadlines })).toBe('2026-11-11');
  expect(dayToAnswer({ calendar: 'JP', deadlines })).toBe('2026-11-12');
  expect(dayToAnswer({ calendar: 'DE', deadlines: { ...deadlines, noTime: true } })).toBeUndefined();
});

describe('what is due next', () => {
  const deadlines = deadlinesOf({ calendar: 'DE', period: '2026-10', intraEu: true }, LIMIT, new Date('2026-11-04T06:00:00Z'));
  const review = { state: 'awaiting-customer', deadlines, reminded: 0 } as Review;
  const rejected = { state: 'rejected', answer: { at: '2026-11-05T10:00:00.000Z' } as Answer } as const;
  test.each<[string, Partial<Review>, string | undefined]>([
    ['the first reminder', {}, 'remind 2026-11-06T08:00:00.000Z'],
    ['the second reminder', { reminded: 1 }, 'remind 2026-11-10T08:00:00.000Z'],
    ['the deadline', { reminded: 2 }, 'deadline 2026-11-11T16:00:00.000Z'],
    ['the warning, two business days before 15 November, a Sunday', { state: 'queried' }, 'warn 2026-11-12T08:00:00.000Z'],
    ['nothing, once people were warned', { state: 'expired', warned: true }, undefined],
    ['a rejection is said to billing once more', { ...rejected, unsaid: true }, 'say-again 2026-11-05T10:10:00.000Z'],
    ['a rejection that billing knows waits for the warning', rejected, 'warn 2026-11-12T08:00:00.000Z'],
    ['nothing, when it is issued', { state: 'issued' }, undefined],
  ])('%s', (_, changed, expected) => {
    const due = nextDue({ ...review, ...changed });
    expect(due && `${due.what} ${due.at}`).toBe(expected);
  });
});
