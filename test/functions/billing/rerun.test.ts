import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { previewRerun } from '../../../functions/billing/preview.ts';
import { getRun } from '../../../functions/billing/run-store.ts';
import { summaries } from '../../../functions/billing/run-summary.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { countMessages } from '../../../functions/messages/counts.ts';
import { listTasks } from '../../../functions/tasks/tasks.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import {
  asked,
  type Carrier,
  complete,
  drain,
  fire,
  GOOD,
  PERIOD,
  PREPARE,
  PUBLISH,
  publishedMonth,
  putBill,
  putCarrier,
  putNumbers,
  refusals,
  say,
  WRONG,
  work,
} from './month.ts';

/** Accounts of the month, how many bills of it change afterwards, and how many of those cannot be billed. */
const [ACCOUNTS, CHANGED, BROKEN] = process.env.LONG === '1' ? [500, 20, 5] : [30, 4, 2];
const RUN = '2026-10.DE.1';
const CHANGE = { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 };

const openTasks = async () => (await Array.fromAsync(listTasks('open'))).filter(({ kind }) => kind === 'correction-needed');
const failures = async () => (await Array.fromAsync(summaries(PERIOD))).flatMap((summary) => summary.failures);
const emails = async () => (await Array.fromAsync(summaries(PERIOD))).reduce((sum, { counts }) => sum + counts.emails, 0);
const seen = ({ ocn }: Carrier) => visibleDocuments({ ocn }, PERIOD, now());

describe('after the publication', () => {
  useCloud();
  let carrier: Carrier;

  beforeAll(async () => {
    carrier = await publishedMonth('P', ACCOUNTS, () => []);
    await putNumbers(carrier.bcns[0] ?? '');
  }, 600_000);

  test('the export delivered again with three bills changed: the others are silent, three tasks, no email', async () => {
    setClock('2026-11-05T09:00:00Z');
    const [before, sent] = [await seen(carrier), await emails()];
    for (const bcn of carrier.bcns.slice(0, 3)) await putBill(bcn, CHANGE);
    // Another revision that says the same is no change.
    await putBill(carrier.bcns[3] ?? '', { ...GOOD, revision: 1 });
    for (const key of ['again', 'and again']) await say('billing.bills.changed', { period: PERIOD, bcns: carrier.bcns }, key);
    const tasks = await openTasks();
    expect(tasks.map(({ bcn }) => bcn).sort()).toEqual(carrier.bcns.slice(0, 3));
    expect(tasks[0]?.reason).toContain('gross 119.00 EUR became 238.00 EUR');
    expect((await failures()).map(({ bcn }) => bcn)).toEqual(carrier.bcns.slice(0, 3));
    expect([await seen(carrier), await emails()]).toEqual([before, sent]);
  });

  test('a bill that is delivered as it was issued closes its task; other figures open another one', async () => {
    setClock('2026-11-05T10:00:00Z');
    const [first = '', second = '', third = ''] = carrier.bcns;
    await putBill(first, { ...GOOD, revision: 2 });
    await putBill(second, { ...CHANGE, net: '300.00', vat: '57.00', gross: '357.00', revision: 2 });
    await putBill(third, { ...GOOD, revision: 2 });
    await say('billing.bills.changed', { period: PERIOD, bcns: carrier.bcns.slice(0, 3) }, 'as it was');
    expect(await openTasks()).toMatchObject([{ bcn: second, reason: expect.stringContaining('became 357.00 EUR') }]);
    await putBill(second, { ...GOOD, revision: 3 });
    await say('billing.bills.changed', { period: PERIOD, bcns: [second] }, 'this one, too');
    expect([await openTasks(), await failures()]).toEqual([[], []]);
  });

  test('a rerun of all asks for the corrections, makes none, and mails nobody; a second one changes nothing', async () => {
    setClock('2026-11-06T09:00:00Z');
    const [before, sent] = [await seen(carrier), await emails()];
    const changed = carrier.bcns.slice(0, CHANGED);
    const broken = carrier.bcns.slice(CHANGED, CHANGED + BROKEN);
    for (const bcn of changed) await putBill(bcn, { ...CHANGE, revision: 9 });
    for (const bcn of broken) await putBill(bcn, { ...WRONG, revision: 9 });
    const preview = await previewed({ resend: 'changed' });
    const told = (outcome: string) => preview.filter((account) => account.outcome === outcome).map(({ bcn }) => bcn);
    expect(told('refused')).toEqual(changed);
    expect(told('broken')).toEqual(broken);
    expect(told('unchanged')).toHaveLength(ACCOUNTS - CHANGED - BROKEN);
    expect(preview.reduce((sum, { emails: mails }) => sum + mails, 0)).toBe(1);
    expect(preview[0]).toMatchObject({
      documents: [`${changed[0]}/${PERIOD}/unl-${changed[0]}.csv`, `${changed[0]}/${PERIOD}/unl-${changed[0]}.pdf`],
    });
    expect(preview[0]?.bills[0]?.difference?.lines).toMatchObject([
      { lineId: '1', change: 'changed', fields: [{ field: 'taxExcludedAmount.value', before: '100.00', after: '200.00' }] },
    ]);
    expect([await seen(carrier), await emails(), await openTasks()], 'a preview changes nothing').toEqual([before, sent, []]);
    for (const key of ['first', 'second']) {
      await say('billing.run.requested', asked({ resend: 'changed' }), key);
      expect((await openTasks()).map(({ bcn }) => bcn).sort()).toEqual(changed);
      expect((await failures()).filter(({ reason }) => reason.includes('cannot be billed')).map(({ bcn }) => bcn)).toEqual(broken);
      // The number list of one account came after the publication.
      expect((await seen(carrier)).filter(({ kind }) => kind === 'invoice')).toEqual(before);
      expect((await seen(carrier)).filter(({ kind }) => kind === 'unl').map(({ version }) => version)).toEqual([1, 1]);
      expect(await emails()).toBe(sent + 1);
    }
    expect((await previewed({ resend: 'changed' })).filter(({ documents, emails: mails }) => documents.length + mails > 0)).toEqual([]);
    expect((await previewed({ resend: 'always' })).reduce((sum, { emails: mails }) => sum + mails, 0)).toBe(ACCOUNTS);
  });

  test('of ten reruns of the same accounts at once one runs; the others are told so, and may ask again later', async () => {
    const runs = (await Array.fromAsync(summaries(PERIOD))).length;
    const bcns = carrier.bcns.slice(10, 14);
    const events = Array.from({ length: 10 }, (_, n) => requested(`at once ${n}`, { bcns }));
    await Promise.all(events.map((event) => work('billing', event)));
    await Promise.all(events.slice(0, 2).map((event) => work('billing', event)));
    await drain();
    expect(await Array.fromAsync(summaries(PERIOD))).toHaveLength(runs + 1);
    const told = await refusals('billing');
    expect(told.length).toBeGreaterThanOrEqual(9);
    expect(told[0]).toMatch(/under way in run 2026-10\.DE\.\d+, which Jane Clerk asked for at .* \(bill corrected\)/);
    await say('billing.run.requested', asked({ bcns }), 'later');
    expect(await Array.fromAsync(summaries(PERIOD))).toHaveLength(runs + 2);
  });

  test('a rerun that meets another one waits for it', async () => {
    const sequence = (await Array.fromAsync(summaries(PERIOD))).length;
    const [first, second] = [
      [10, 12],
      [11, 13],
    ].map(([from, to]) => carrier.bcns.slice(from, to));
    await work('billing', requested('first of two', { bcns: first }));
    await work('billing', requested('second of two', { bcns: second }));
    const states = async () => (await Array.fromAsync(summaries(PERIOD))).slice(sequence).map(({ state }) => state);
    expect(await states()).toEqual(['planning', 'waiting-for-its-turn']);
    await drain();
    expect(await states()).toEqual(['delivered', 'delivered']);
  });
});

describe('what is parked', () => {
  useCloud();
  let carrier: Carrier;

  beforeAll(async () => {
    setClock('2026-11-03T12:00:00Z');
    carrier = await putCarrier('Q', 4);
    for (const [index, bcn] of carrier.bcns.entries()) await putBill(bcn, index < 2 ? WRONG : GOOD);
    await complete();
    await fire('prepare', PREPARE);
  });

  test('before the publication a second request for the same accounts is told that they wait already', async () => {
    setClock('2026-11-04T02:00:00Z');
    const bcns = carrier.bcns.slice(0, 1);
    await putBill(bcns[0] ?? '', { ...GOOD, revision: 1 });
    await putBill(carrier.bcns[2] ?? '', CHANGE);
    expect((await previewed({})).map(({ outcome, emails: mails }) => [outcome, mails])).toEqual([
      ['new', 0],
      ['broken', 0],
      ['changed', 0],
      ['unchanged', 0],
    ]);
    for (const key of ['one', 'two', 'one']) await work('billing', requested(key, { bcns }));
    await drain();
    expect(await getRun(RUN)).toMatchObject({ stage: 'ready', pass: 2 });
    expect((await failures()).map(({ bcn }) => bcn)).toEqual(carrier.bcns.slice(1, 2));
  });

  test('is run again by itself after it, and there is nothing left to ask for', async () => {
    await fire('publish', PUBLISH);
    setClock('2026-11-04T10:00:00Z');
    const parked = carrier.bcns[1] ?? '';
    await putBill(parked, { ...GOOD, revision: 1 });
    await say('billing.run.requested', asked({ only: 'parked' }), 'parked');
    expect((await getRun('2026-10.DE.2')).request?.bcns).toEqual([parked]);
    expect(await countMessages('2026-10.DE.2')).toMatchObject({ queued: 1 });
    await refusals('billing');
    await say('billing.run.requested', asked({ only: 'parked' }), 'parked again');
    expect(await refusals('billing')).toEqual([expect.stringContaining('no account of 2026-10 that is asked for is parked')]);
  });
});

function previewed(over: object) {
  return Array.fromAsync(previewRerun({ period: PERIOD, resend: 'never', ...over }, now()));
}

/** An event of somebody's own system. */
function requested(key: string, over: object) {
  return { ...ownEvent('billing.run.requested', key, asked(over), now()), source: '/console' };
}
