import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { accountRecords } from '../../../functions/billing/chunk.ts';
import { keepApproval } from '../../../functions/billing/held-drafts.ts';
import { numbersOfSeries } from '../../../functions/billing/numbers.ts';
import { getRun } from '../../../functions/billing/run-store.ts';
import { tellFirst } from '../../../functions/billing/tell-first.ts';
import { type CloudEvent, ownEvent } from '../../../functions/events/cloud-event.ts';
import { approve } from '../../../functions/first-invoice/answer.ts';
import { historyOf } from '../../../functions/first-invoice/review-store.ts';
import { messagesOf } from '../../../functions/messages/counts.ts';
import { contextOf, eventsIn, setClock, sqsEvent, useCloud } from '../../emulators/cloud.ts';
import { type BillingQueue, type Carrier, drain, PERIOD, publishedMonth, work } from '../billing/month.ts';
import { ANNA, settleAll, stateOf, strike } from './desk.ts';

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
