import { describe, expect, test } from 'vitest';
import {
  enter,
  type ReviewState,
  refusal,
  stateAfter,
  TRIGGERS,
  type Trigger,
  type TriggerIn,
} from '../../../functions/first-invoice/states.ts';

const TABLE_TRIGGERS: readonly Trigger[] = [
  'draft',
  'block',
  'approve',
  'query',
  'remind',
  'warn',
  'expire',
  'release-silently',
  'release',
  'extend',
  'reject',
  'issue',
];
const _ = undefined;
const [await_, appr, quer, expi, bloc, reje, issu] = [
  'awaiting-customer',
  'approved',
  'queried',
  'expired',
  'blocked',
  'rejected',
  'issued',
] as const;

/** Every state against everything that can happen; `_` is refused. */
const TABLE: Readonly<Record<ReviewState, readonly (ReviewState | undefined)[]>> = {
  //                    draft   block approve query remind  warn    expire silently release extend  reject issue
  'awaiting-customer': [await_, bloc, appr, quer, await_, await_, expi, appr, appr, await_, reje, _],
  blocked: [await_, bloc, _, _, _, bloc, _, _, _, _, reje, _],
  queried: [await_, bloc, appr, quer, _, quer, _, _, appr, await_, reje, _],
  expired: [await_, bloc, appr, quer, _, expi, _, _, appr, await_, reje, _],
  rejected: [await_, bloc, _, _, _, reje, _, _, _, _, _, _],
  approved: [await_, bloc, _, _, _, _, _, _, _, _, _, issu],
  issued: [_, _, _, _, _, _, _, _, _, _, _, _],
};
const CASES = (Object.keys(TABLE) as ReviewState[]).flatMap((state) =>
  TABLE_TRIGGERS.map((trigger, index) => [state, trigger, TABLE[state][index]] as const),
);

describe('a first invoice', () => {
  test('the table knows every trigger', () => {
    expect([...TABLE_TRIGGERS].sort()).toEqual(Object.keys(TRIGGERS).sort());
  });

  test.each(CASES)('%s, then %s: %s', (state, trigger, expected) => {
    expect(stateAfter(state, trigger)).toBe(expected);
  });

  test('what is refused says what it is and what is possible', () => {
    expect(refusal('approved', 'reject')).toBe('The first invoice is approved, so a rejection changes nothing: it is being issued');
    expect(refusal('blocked', 'release')).toBe('The first invoice is blocked, so a release changes nothing: possible is a rejection');
    expect(refusal('issued', 'approve')).toContain('takes a credit note and a new invoice');
  });

  test('nothing issues it but an approval', () => {
    expect(CASES.filter(([, , to]) => to === 'issued').map(([from, trigger]) => `${from} ${trigger}`)).toEqual(['approved issue']);
  });

  test('a step that does not exist does not compile', () => {
    const nothingAfterIssue: [TriggerIn<'issued'>] extends [never] ? true : false = true;
    const noReleaseOfBlocked: 'release' extends TriggerIn<'blocked'> ? false : true = true;
    expect([nothingAfterIssue, noReleaseOfBlocked, enter('expired', 'release')]).toEqual([true, true, 'approved']);
  });
});
