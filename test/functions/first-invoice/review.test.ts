import { beforeAll, describe, expect, test } from 'vitest';
import { wasInvoiced } from '../../../functions/billing/held-drafts.ts';
import { bindingsOf } from '../../../functions/billing/numbers.ts';
import { act } from '../../../functions/first-invoice/act.ts';
import { approve, extend, query, reject, release } from '../../../functions/first-invoice/answer.ts';
import type { Review } from '../../../functions/first-invoice/review.ts';
import { getReview, historyOf, openReviews } from '../../../functions/first-invoice/review-store.ts';
import { messagesOf } from '../../../functions/messages/counts.ts';
import { listTasks } from '../../../functions/tasks/tasks.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { type Carrier, complete, fire, GOOD, makeNew, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, refusals } from '../billing/month.ts';
import { ANNA, BEN, importEnds, JANE, settleAll, stateOf, strike, tellChanged } from './desk.ts';

/** Wednesday 4 November 2026, 07:00 in Berlin: the drafts. Five business days later is Wednesday the 11th. */
const REMINDERS = ['2026-11-06T08:00:00.000Z', '2026-11-10T08:00:00.000Z'];
const DEADLINE = '2026-11-11T16:00:00.000Z';
const MORE = { net: '200.00', vat: '38.00', gross: '238.00' };

/** A published month in which every account of a carrier is new. */
async function drafted(suffix: string, accounts: number, entity: object = {}): Promise<Carrier> {
  setClock('2026-11-03T12:00:00Z');
  const carrier = await putCarrier(suffix, accounts, entity);
  await makeNew(carrier.bcns, carrier);
  for (const bcn of carrier.bcns) await putBill(bcn, GOOD);
  await complete();
  await fire('prepare', PREPARE);
  await fire('publish', PUBLISH);
  await settleAll();
  return carrier;
}

const at = (instant: string) => {
  setClock(instant);
  return new Date(instant);
};
const shown = (bcn: string, version = 1) => ({ bcn, period: PERIOD, version });
const reviewOf = async (bcn: string) => (await getReview(bcn, PERIOD)) as Review;
const openTasks = async (bcn: string) => (await Array.fromAsync(listTasks('open'))).filter((task) => task.bcn === bcn);
const numberOf = async (bcn: string) => [...(await bindingsOf([{ bcn, period: PERIOD, billId: `BILL-${bcn}` }])).values()][0]?.number;
const triggers = async (bcn: string) => (await historyOf(bcn, PERIOD)).map(({ trigger, to }) => `${trigger} ${to}`);

describe('the answers to a first invoice', () => {
  useCloud();
  let carrier: Carrier;
  let bcns: readonly string[];

  beforeAll(async () => {
    carrier = await drafted('R', 9);
    bcns = carrier.bcns;
  });

  test('every draft waits for its customer, with its dates', async () => {
    expect(await Promise.all(bcns.map((bcn) => stateOf(bcn, PERIOD)))).toEqual(bcns.map(() => 'awaiting-customer 1'));
    expect((await reviewOf(bcns[0] ?? '')).deadlines).toEqual({ remindAt: REMINDERS, deadlineAt: DEADLINE });
  });

  test('approved on day 1: issued at once', async () => {
    const [bcn = ''] = bcns;
    expect((await approve(shown(bcn), ANNA, at('2026-11-04T12:00:00Z'))).kind).toBe('changes');
    await settleAll();
    expect(await stateOf(bcn, PERIOD)).toBe('issued 1');
    expect((await reviewOf(bcn)).numbers).toEqual([await numberOf(bcn)]);
    expect(await historyOf(bcn, PERIOD)).toMatchObject([
      { trigger: 'draft', to: 'awaiting-customer' },
      { trigger: 'approve', to: 'approved', actor: { kind: 'customer', ...ANNA } },
      { trigger: 'issue', to: 'issued', actor: { kind: 'billing' } },
    ]);
  });

  test('issued: it is kept with its history as long as the invoice emails, and an open one for good', async () => {
    const [bcn = '', open = ''] = bcns;
    const expiry = (item: object) => (item as { expiresAt?: number }).expiresAt;
    const inElevenYears = Date.parse('2037-11-05T00:00:00Z') / 1000;
    const kept = [await reviewOf(bcn), ...(await historyOf(bcn, PERIOD))];
    expect(kept.map(expiry)).toEqual([inElevenYears, inElevenYears, inElevenYears, inElevenYears]);
    expect([await reviewOf(open), ...(await historyOf(open, PERIOD))].map(expiry)).toEqual([undefined, undefined]);
  });

  test('two approvers at once: one outcome, the other learns of it', async () => {
    const bcn = bcns[1] ?? '';
    const now = at('2026-11-04T12:00:00Z');
    const outcomes = await Promise.all([approve(shown(bcn), ANNA, now), approve(shown(bcn), BEN, now), approve(shown(bcn), BEN, now)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'changes']);
    await settleAll();
    expect(await triggers(bcn)).toEqual(['draft awaiting-customer', 'approve approved', 'issue issued']);
  });

  test('a query is a task with the lines and the words; corrected data make a new version, which is approved', async () => {
    const bcn = bcns[2] ?? '';
    const lines = [{ billId: `BILL-${bcn}`, lineId: '1', reason: 'We ordered\r\n  500\u202e Mbit/s' }];
    await query(shown(bcn), ANNA, lines, at('2026-11-05T09:00:00Z'));
    expect(await stateOf(bcn, PERIOD)).toBe('queried 1');
    expect(await openTasks(bcn)).toMatchObject([
      {
        kind: 'first-invoice-queried',
        contactId: ANNA.contactId,
        reason: expect.stringContaining(`BILL-${bcn} line 1: We ordered 500 Mbit/s`),
      },
    ]);
    await putBill(bcn, { ...MORE, revision: 1 });
    await tellChanged(bcn, PERIOD, '1');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 2');
    expect((await reviewOf(bcn)).answer).toBeUndefined();
    expect(await openTasks(bcn)).toEqual([]);
    expect((await approve(shown(bcn, 1), ANNA, at('2026-11-05T12:00:00Z'))).kind).toBe('void');
    await approve(shown(bcn, 2), ANNA, at('2026-11-05T12:01:00Z'));
    await settleAll();
    expect(await stateOf(bcn, PERIOD)).toBe('issued 2');
  });

  test('a query without words is refused', async () => {
    const lines = [{ billId: 'B', reason: ' ' }];
    await expect(async () => query(shown(bcns[3] ?? ''), ANNA, lines, at('2026-11-05T12:01:00Z'))).rejects.toThrow('lines are empty');
  });

  test('new data after the approval and before the issue void the approval', async () => {
    const bcn = bcns[3] ?? '';
    await putBill(bcn, { ...MORE, revision: 1 });
    await approve(shown(bcn), ANNA, at('2026-11-05T13:00:00Z'));
    await settleAll();
    await tellChanged(bcn, PERIOD, '1');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 2');
    expect(await numberOf(bcn)).toBeUndefined();
  });

  test('rejected: nothing but new data goes on', async () => {
    const bcn = bcns[4] ?? '';
    await reject(await reviewOf(bcn), JANE, at('2026-11-05T14:00:00Z'));
    const refused = await release(await reviewOf(bcn), JANE, at('2026-11-05T14:01:00Z'));
    expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringContaining('waits for corrected data') });
    expect((await reject(await reviewOf(bcn), JANE, at('2026-11-05T14:02:00Z'))).kind).toBe('already');
    const reason = `Jane Clerk rejected the first invoice, ${PERIOD}, version 1: confirmed by phone`;
    expect(await openTasks(bcn)).toMatchObject([{ kind: 'first-invoice-rejected', reason }]);
    await putBill(bcn, { ...MORE, revision: 1 });
    await tellChanged(bcn, PERIOD, '1');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 2');
    expect(await openTasks(bcn)).toEqual([]);
  });

  test('data that cannot be billed block it, as a task says, until they are right', async () => {
    const bcn = bcns[5] ?? '';
    at('2026-11-05T15:00:00Z');
    await putBill(bcn, { net: '100.00', vat: '19.01', gross: '119.01', revision: 1 });
    await tellChanged(bcn, PERIOD, '1');
    expect(await stateOf(bcn, PERIOD)).toBe('blocked 2');
    expect(await openTasks(bcn)).toMatchObject([{ kind: 'first-invoice-blocked', reason: expect.stringContaining('19.01') }]);
    expect((await release(await reviewOf(bcn), JANE, at('2026-11-05T15:10:00Z'))).kind).toBe('refused');
    await putBill(bcn, { ...GOOD, revision: 2 });
    await tellChanged(bcn, PERIOD, '2');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 3');
    expect(await openTasks(bcn)).toEqual([]);
  });

  test('a customer reference that changes makes a new version; what the draft does not say makes none', async () => {
    const bcn = bcns[6] ?? '';
    at('2026-11-05T15:30:00Z');
    await makeNew([bcn], carrier, { customerReference: 'Cost centre 7' });
    await importEnds('import-1');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 2');
    at('2026-11-05T15:40:00Z');
    await makeNew([bcn], carrier, { customerReference: 'Cost centre 7', closedOn: '2027-12-31' });
    await importEnds('import-2');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 2');
    expect(await stateOf(bcns[7] ?? '', PERIOD)).toBe('awaiting-customer 1');
  });

  test('more time moves the reminders and the deadline', async () => {
    const bcn = bcns[6] ?? '';
    await extend(await reviewOf(bcn), JANE, '2026-11-20', at('2026-11-05T16:00:00Z'));
    expect((await reviewOf(bcn)).deadlines).toMatchObject({ deadlineAt: '2026-11-20T16:00:00.000Z' });
    const past = async () => extend(await reviewOf(bcn), JANE, '2026-11-01', at('2026-11-05T16:00:00Z'));
    await expect(past).rejects.toThrow('until is "2026-11-01"');
    for (const until of ['2026-11-19', '2026-11-20', undefined]) {
      const less = async () => extend(await reviewOf(bcn), JANE, until, at('2026-11-05T16:00:00Z'));
      await expect(less).rejects.toThrow(`The first invoice of ${bcn} has until 2026-11-20 already: only a later day gives more time`);
    }
    const evening = async () => extend(await reviewOf(bcns[7] ?? ''), JANE, '2026-11-05', at('2026-11-05T17:00:00Z'));
    await expect(evening).rejects.toThrow('which has passed: name a later day');
  });

  test('silence: two reminders, then the deadline, a task, and a release by name', async () => {
    const bcn = bcns[7] ?? '';
    for (const instant of [...REMINDERS, REMINDERS[1] ?? '']) await strike(instant);
    expect((await reviewOf(bcn)).reminded).toBe(2);
    await strike('2026-11-11T15:00:00.000Z');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 1');
    await strike(DEADLINE);
    expect(await stateOf(bcn, PERIOD)).toBe('expired 1');
    expect(await openTasks(bcn)).toMatchObject([{ kind: 'first-invoice-expired' }]);
    await release(await reviewOf(bcn), JANE, at('2026-11-12T09:00:00Z'));
    await settleAll();
    expect(await stateOf(bcn, PERIOD)).toBe('issued 1');
    expect(await openTasks(bcn)).toEqual([]);
    expect(await triggers(bcn)).toEqual([
      'draft awaiting-customer',
      'remind awaiting-customer',
      'remind awaiting-customer',
      'expire expired',
      'release approved',
      'issue issued',
    ]);
  });

  test('who is late may still answer, while no person has decided', async () => {
    const bcn = bcns[8] ?? '';
    expect(await stateOf(bcn, PERIOD)).toBe('expired 1');
    await approve(shown(bcn), BEN, at('2026-11-12T10:00:00Z'));
    await settleAll();
    expect(await stateOf(bcn, PERIOD)).toBe('issued 1');
  });

  test('the list holds what is open, and nothing was refused on the way', async () => {
    const open = await Array.fromAsync(openReviews());
    expect(open.map(({ bcn }) => bcn).sort()).toEqual([3, 4, 5, 6].map((index) => bcns[index]));
    expect([...(await refusals('billing')), ...(await refusals('first-invoices.fifo'))]).toEqual([]);
  });
});

describe('the policy of a legal entity', () => {
  useCloud();
  let bcns: readonly string[];

  beforeAll(async () => {
    ({ bcns } = await drafted('S', 3, { releaseSilently: true, issueLimit: { domesticDays: 10 } }));
  });

  test('the legal limit bounds the deadline, and is warned of', async () => {
    const { deadlines } = await reviewOf(bcns[0] ?? '');
    expect(deadlines).toMatchObject({ issueBy: '2026-11-10', warnAt: '2026-11-06T08:00:00.000Z', deadlineAt: '2026-11-10T16:00:00.000Z' });
    const beyond = async () => extend(await reviewOf(bcns[0] ?? ''), JANE, '2026-11-11', at('2026-11-05T16:00:00Z'));
    await expect(beyond).rejects.toThrow('the law wants the invoice issued by 2026-11-10');
    await strike('2026-11-06T08:00:00.000Z');
    await strike('2026-11-06T09:00:00.000Z');
    expect((await triggers(bcns[0] ?? '')).filter((line) => line.startsWith('warn'))).toEqual(['warn awaiting-customer']);
  });

  test('approval and deadline in the same second: one outcome', async () => {
    const bcn = bcns[1] ?? '';
    const now = at('2026-11-10T16:00:00.000Z');
    const schedule = { trigger: 'release-silently', version: 1, actor: { kind: 'schedule', cause: 'policy' } } as const;
    const outcomes = await Promise.all([approve(shown(bcn), ANNA, now), act(bcn, PERIOD, schedule, now)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['already', 'changes']);
    await settleAll();
    expect((await triggers(bcn)).filter((line) => line.endsWith(' approved'))).toHaveLength(1);
    expect(await stateOf(bcn, PERIOD)).toBe('issued 1');
  });

  test('silence releases what passed every check', async () => {
    await strike('2026-11-10T16:00:00.000Z');
    expect(await stateOf(bcns[2] ?? '', PERIOD)).toBe('issued 1');
    expect((await reviewOf(bcns[2] ?? '')).answer).toMatchObject({ trigger: 'release-silently' });
    expect(await wasInvoiced(bcns[2] ?? '')).toBe(true);
  });
});

describe('a draft that comes on the last day of the law', () => {
  useCloud();
  let bcns: readonly string[];

  beforeAll(async () => {
    ({ bcns } = await drafted('T', 2, { releaseSilently: true, issueLimit: { domesticDays: 4 } }));
  });

  test('asks the customer for an answer, but not by a day', async () => {
    const mails = await Array.fromAsync(messagesOf(`first invoice ${bcns[0]}/${PERIOD}`));
    expect(mails.map(({ facts }) => facts)).toMatchObject([{ about: 'first-soon' }]);
    expect(mails[0]?.facts).not.toHaveProperty('answerBy');
    const more = async () => extend(await reviewOf(bcns[0] ?? ''), JANE, undefined, at('2026-11-04T06:30:00Z'));
    await expect(more).rejects.toThrow('must be issued by 2026-11-04: there is no time left to give');
  });

  test('is no silence that a policy could take for a yes: a person decides, and knows why', async () => {
    const [bcn = ''] = bcns;
    await strike('2026-11-04T07:00:00.000Z');
    expect(await stateOf(bcn, PERIOD)).toBe('expired 1');
    const reason = `The law wants the first invoice, ${PERIOD}, version 1 issued by 2026-11-04: the customer has it, but no time is left to wait for an answer`;
    expect(await openTasks(bcn)).toMatchObject([{ kind: 'first-invoice-expired', reason }]);
    await release(await reviewOf(bcn), JANE, at('2026-11-04T09:00:00Z'));
    await settleAll();
    expect(await stateOf(bcn, PERIOD)).toBe('issued 1');
  });

  test('may still be answered by its customer, and a person may name a day', async () => {
    const bcn = bcns[1] ?? '';
    await extend(await reviewOf(bcn), JANE, '2026-11-04', at('2026-11-04T10:00:00Z'));
    const { deadlines } = await reviewOf(bcn);
    expect([deadlines.deadlineAt, deadlines.noTime]).toEqual(['2026-11-04T16:00:00.000Z', undefined]);
    await approve(shown(bcn), ANNA, at('2026-11-04T11:00:00Z'));
    await settleAll();
    expect(await stateOf(bcn, PERIOD)).toBe('issued 1');
  });
});
