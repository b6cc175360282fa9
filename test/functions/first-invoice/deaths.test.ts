import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { accountRecords } from '../../../functions/billing/chunk.ts';
import { heldDraft, keepApproval, noteRejected } from '../../../functions/billing/held-drafts.ts';
import { numbersOfSeries } from '../../../functions/billing/numbers.ts';
import { getRun } from '../../../functions/billing/run-store.ts';
import { tellFirst } from '../../../functions/billing/tell-first.ts';
import { type CloudEvent, ownEvent } from '../../../functions/events/cloud-event.ts';
import { approve, query, reject } from '../../../functions/first-invoice/answer.ts';
import type { Review } from '../../../functions/first-invoice/review.ts';
import { getReview, historyOf } from '../../../functions/first-invoice/review-store.ts';
import { messagesOf } from '../../../functions/messages/counts.ts';
import { finishTask, listTasks } from '../../../functions/tasks/tasks.ts';
import { contextOf, eventsIn, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { type BillingQueue, type Carrier, complete, drain, fire, GOOD, PERIOD, publishedMonth, putBill, work } from '../billing/month.ts';
import { ANNA, JANE, settleAll, stateOf, strike, tellChanged } from './desk.ts';

const QUEUES: readonly BillingQueue[] = ['billing', 'prepare', 'numbering.fifo', 'render', 'ledger.fifo', 'deliver'];
const RELEASED = '2026-11-05T10:00:00.000Z';

/**
 * Between each pair of steps of a release something dies. What a step had not done is done by whoever comes next: the queue,
 * which gives the message back, the hourly look, or the customer who clicks again.
 */
describe('a release', () => {
  useCloud();
  let carrier: Carrier;

  beforeAll(async () => {
    carrier = await publishedMonth('K', 6, (bcns) => bcns);
    await settleAll();
  });

  const shown = (index: number) => ({ bcn: carrier.bcns[index] ?? '', period: PERIOD, version: 1 });
  const approved = ({ bcn, period, version }: ReturnType<typeof shown>) =>
    ownEvent(
      'invoice.approved',
      `${bcn}/${period}/${version}`,
      { schemaVersion: 1, bcn, period, version, by: 'contact P1', reason: 'approve', approvedAt: RELEASED },
      now(),
    );

  test('whose answer was kept, but not told to billing, is told by the hourly look', async () => {
    setClock(RELEASED);
    await approve(shown(0), ANNA, new Date(RELEASED));
    await eventsIn('billing');
    await strike('2026-11-05T10:00:00.000Z');
    expect(await stateOf(shown(0).bcn, PERIOD)).toBe('approved 1');
    await strike('2026-11-05T11:00:00.000Z');
    await issuedOnce(0);
  });

  test('that the customer repeats, because the page never answered, is told again', async () => {
    await approve(shown(1), ANNA, now());
    await eventsIn('billing');
    expect((await approve(shown(1), ANNA, now())).kind).toBe('already');
    await settleAll();
    await issuedOnce(1);
  });

  test('that billing kept without asking for its batch goes on when the message comes back', async () => {
    const { bcn, period, version } = shown(2);
    await approve(shown(2), ANNA, now());
    const [event] = await eventsIn('billing');
    await keepApproval(bcn, period, { version, by: 'contact P1', reason: 'approve', at: RELEASED });
    await work('billing', event ?? approved(shown(2)));
    await settleAll();
    await issuedOnce(2);
  });

  test('of which every message comes back after its work was done', async () => {
    await approve(shown(3), ANNA, now());
    const seen: [BillingQueue, CloudEvent][] = [];
    for (let idle = false; !idle; ) {
      idle = true;
      for (const queue of QUEUES) {
        for (const event of await eventsIn(queue)) {
          idle = false;
          seen.push([queue, event]);
          await work(queue, event);
          await work(queue, event);
        }
      }
    }
    expect(new Set(seen.map(([queue]) => queue)).size).toBe(QUEUES.length);
    for (const [queue, event] of seen) await work(queue, event);
    await settleAll();
    await issuedOnce(3);
  });

  test('that was issued without the review hearing of it is told when its delivery comes back', async () => {
    await approve(shown(4), ANNA, now());
    await drain();
    const told = await eventsIn('first-invoices.fifo');
    expect(told.map(({ type }) => type)).toEqual(['invoice.issued']);
    const run = await getRun(`${PERIOD}.DE.6`);
    const records = [...(await accountRecords(run.runId, [shown(4).bcn])).values()];
    const { handler } = await import('../../../functions/first-invoice/first-invoices.handler.ts');
    for (const event of [...told, ...told]) await handler(sqsEvent('first-invoices.fifo', event), contextOf('first-invoices'));
    await tellFirst(run, records, now());
    await settleAll();
    await issuedOnce(4);
  });

  test('leaves a series without a gap, in the order of the releases, and holds the others', async () => {
    const numbers = await Array.fromAsync(numbersOfSeries(`${carrier.legalEntityId}/invoice-2026`));
    expect(numbers.map(({ bcn, voided }) => `${bcn} ${voided?.reason ?? ''}`)).toEqual(carrier.bcns.slice(0, 5).map((bcn) => `${bcn} `));
    expect(numbers.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(await stateOf(shown(5).bcn, PERIOD)).toBe('awaiting-customer 1');
  });

  /** One number, one email, one line of history for each step. */
  async function issuedOnce(index: number): Promise<void> {
    const { bcn } = shown(index);
    expect((await historyOf(bcn, PERIOD)).map(({ to }) => to)).toEqual(['awaiting-customer', 'approved', 'issued']);
    const numbers = await Array.fromAsync(numbersOfSeries(`${carrier.legalEntityId}/invoice-2026`));
    expect(numbers.filter((each) => each.bcn === bcn)).toHaveLength(1);
    const runs = Array.from({ length: 6 }, (_, batch) => `${PERIOD}.DE.${batch + 1}`);
    const mails = (await Promise.all(runs.map((run) => Array.fromAsync(messagesOf(run))))).flat();
    expect(mails.filter((mail) => mail.bcn === bcn && mail.kind === 'invoice')).toHaveLength(1);
  }
});

/**
 * A rejection lets the next month's bill go on, which had waited behind it. Whatever dies on the way there, the next hour finds it: nobody
 * has to reject twice.
 */
describe('a rejection', () => {
  useCloud();
  const NEXT = '2026-11';
  let bcns: readonly string[];

  beforeAll(async () => {
    ({ bcns } = await publishedMonth('W', 7, (all) => all));
    await settleAll();
    setClock('2026-12-02T12:00:00Z');
    for (const bcn of bcns) await putBill(bcn, { ...GOOD, billId: `${NEXT}-${bcn}` }, NEXT);
    await complete(NEXT);
    await fire('prepare', '2026-12-03T01:00:00Z');
    await fire('publish', '2026-12-03T06:00:00Z');
    await settleAll();
    setClock('2026-12-04T10:00:00Z');
  });

  const reviewOf = async (bcn: string) => (await getReview(bcn, PERIOD)) as Review;
  const openTasks = async (bcn: string) => (await Array.fromAsync(listTasks('open'))).filter((task) => task.bcn === bcn);
  const heard = { schemaVersion: 1, period: PERIOD, version: 1, by: JANE.by, reason: JANE.reason };
  const wordAbout = (bcn: string) => ownEvent('invoice.rejected', `${bcn}/${PERIOD}/1`, { ...heard, bcn }, now());

  /** Rejects, and dies before billing hears of it. */
  async function rejectUnheard(bcn: string): Promise<void> {
    const url = process.env.QUEUE_BILLING;
    process.env.QUEUE_BILLING = `${url ?? ''}-that-nobody-reaches`;
    try {
      await expect(reject(await reviewOf(bcn), JANE, now())).rejects.toThrow();
    } finally {
      process.env.QUEUE_BILLING = url;
    }
    expect(await stateOf(bcn, PERIOD)).toBe('rejected 1');
  }

  /** The next month has its review, and the rejected one has one task and one line of history. */
  async function goesOn(bcn: string): Promise<void> {
    expect(await heldDraft(bcn, PERIOD)).toMatchObject({ state: 'held', rejected: 1 });
    expect(await stateOf(bcn, NEXT)).toBe('awaiting-customer 1');
    expect((await historyOf(bcn, PERIOD)).filter(({ to }) => to === 'rejected')).toHaveLength(1);
    expect((await openTasks(bcn)).map(({ taskId }) => taskId)).toEqual([(await reviewOf(bcn)).taskId]);
  }

  test('that died before billing was told is told by the hourly look, and then is quiet', async () => {
    const [bcn = ''] = bcns;
    await rejectUnheard(bcn);
    await strike('2026-12-04T10:00:00.000Z');
    expect(await stateOf(bcn, NEXT)).toBe('none');
    await strike('2026-12-04T11:00:00.000Z');
    await goesOn(bcn);
    const { revision } = await reviewOf(bcn);
    await strike('2026-12-04T12:00:00.000Z');
    expect((await reviewOf(bcn)).revision).toBe(revision);
  });

  test('of which billing was told, but nobody noted that it was, is told twice and is one', async () => {
    const bcn = bcns[1] ?? '';
    await rejectUnheard(bcn);
    await work('billing', wordAbout(bcn));
    await settleAll();
    await goesOn(bcn);
    await strike('2026-12-04T13:00:00.000Z');
    await goesOn(bcn);
  });

  test('that billing kept without asking for the next month goes on when the message comes back', async () => {
    const bcn = bcns[2] ?? '';
    await reject(await reviewOf(bcn), JANE, now());
    const [word] = await eventsIn('billing');
    await noteRejected(bcn, PERIOD, 1);
    await work('billing', word ?? wordAbout(bcn));
    await settleAll();
    await goesOn(bcn);
  });

  test('of what the customer had asked about ends that task, whatever dies after it', async () => {
    const bcn = bcns[3] ?? '';
    const lines = [{ billId: `BILL-${bcn}`, lineId: '1', reason: 'We ordered 500 Mbit/s' }];
    await query({ bcn, period: PERIOD, version: 1 }, ANNA, lines, now());
    await rejectUnheard(bcn);
    expect((await openTasks(bcn)).map(({ kind }) => kind)).toEqual(['first-invoice-rejected']);
    await strike('2026-12-04T14:00:00.000Z');
    await goesOn(bcn);
  });

  test('that came second leaves no task: of two at once one is kept, with its own', async () => {
    const bcn = bcns[4] ?? '';
    const review = await reviewOf(bcn);
    const outcomes = await Promise.all([approve({ bcn, period: PERIOD, version: 1 }, ANNA, now()), reject(review, JANE, now())]);
    expect(outcomes.filter(({ kind }) => kind === 'changes')).toHaveLength(1);
    const { state, taskId } = await reviewOf(bcn);
    expect(state).toBe(outcomes[0].kind === 'changes' ? 'approved' : 'rejected');
    expect((await openTasks(bcn)).map((task) => task.taskId)).toEqual(taskId === undefined ? [] : [taskId]);
    await settleAll();
  });

  test('whose old task a person finished in the same moment is kept all the same', async () => {
    const bcn = bcns[5] ?? '';
    await query({ bcn, period: PERIOD, version: 1 }, ANNA, [{ billId: `BILL-${bcn}`, reason: 'Whose is it?' }], now());
    const [asked] = await openTasks(bcn);
    await Promise.all(
      [reject(await reviewOf(bcn), JANE, now()), finishTask(asked?.taskId ?? '', JANE, now())].map((act) => act.catch(() => 0)),
    );
    await settleAll();
    await goesOn(bcn);
  });

  test('that was never heard of before new data came is over: the new draft counts', async () => {
    const bcn = bcns[6] ?? '';
    await rejectUnheard(bcn);
    await putBill(bcn, { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 });
    await tellChanged(bcn, PERIOD, '1');
    await strike('2026-12-04T15:00:00.000Z');
    expect(await stateOf(bcn, PERIOD)).toBe('awaiting-customer 2');
    expect(await stateOf(bcn, NEXT)).toBe('none');
    expect(await openTasks(bcn)).toEqual([]);
  });
});
