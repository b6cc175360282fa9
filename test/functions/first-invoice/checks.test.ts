import { beforeAll, describe, expect, test } from 'vitest';
import { release } from '../../../functions/first-invoice/answer.ts';
import type { Review } from '../../../functions/first-invoice/review.ts';
import { getReview } from '../../../functions/first-invoice/review-store.ts';
import { liftSuppression, suppress } from '../../../functions/preferences/suppression.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { complete, fire, GOOD, makeNew, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, say } from '../billing/month.ts';
import { JANE, settleAll, stateOf, strike } from './desk.ts';

const ADDRESS = 'anna.K@example.com';
const ZERO = { net: '0.00', vat: '0.00', gross: '0.00' };
/** An hour after the deadline of the drafts. */
const LATER = '2026-11-11T17:00:00Z';

const reviewOf = async (bcn: string) => (await getReview(bcn, PERIOD)) as Review;
const found = ({ checkResults = [] }: Review) => checkResults.flatMap(({ findings }) => findings.map(({ check }) => check));

describe('what the checks find decides about a review', () => {
  useCloud();
  const [clean, odd] = ['BK000', 'BK001'];

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    const carrier = await putCarrier('K', 2, { releaseSilently: true });
    await makeNew(carrier.bcns, carrier);
    await putBill(clean, GOOD);
    await putBill(odd, ZERO);
    await suppress(ADDRESS, { reason: 'bounce', at: '2026-11-03T12:00:00Z', messageId: 'M1' });
    await complete();
    await fire('prepare', PREPARE);
    await fire('publish', PUBLISH);
    await settleAll();
  });

  test('a draft that nobody can be asked about does not go to the customer, and cannot be approved', async () => {
    expect(await stateOf(clean, PERIOD)).toBe('blocked 1');
    expect(found(await reviewOf(clean))).toEqual(['billing-contact']);
    expect(found(await reviewOf(odd))).toEqual(['billing-contact', 'above-nothing']);
  });

  test('when it is put right, the same draft is checked again and goes to the customer', async () => {
    setClock('2026-11-04T09:00:00Z');
    await liftSuppression(ADDRESS, { by: 'Jane Clerk', reason: 'the mailbox is back' }, new Date('2026-11-04T09:00:00Z'));
    for (const bcn of [clean, odd]) {
      const facts = {
        period: PERIOD,
        calendar: 'DE',
        bcns: [bcn],
        reason: 'the mailbox is back',
        requestedBy: 'Jane Clerk',
        resend: 'never',
      };
      await say('billing.run.requested', facts, `again ${bcn}`);
      await settleAll();
    }
    expect(await stateOf(clean, PERIOD)).toBe('awaiting-customer 1');
    expect(found(await reviewOf(clean))).toEqual([]);
    expect(found(await reviewOf(odd))).toEqual(['above-nothing']);
  });

  test('silence releases only what every check passed; what asks for a look waits for a person', async () => {
    await strike(LATER);
    expect(await stateOf(clean, PERIOD)).toBe('issued 1');
    expect(await stateOf(odd, PERIOD)).toBe('expired 1');
    await release(await reviewOf(odd), JANE, new Date(LATER));
    await settleAll();
    expect(await stateOf(odd, PERIOD)).toBe('issued 1');
  });
});
