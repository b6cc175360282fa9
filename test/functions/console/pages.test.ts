import { beforeAll, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { accountPage } from '../../../functions/console/account-page.ts';
import { customerPage } from '../../../functions/console/customer-page.ts';
import { messagePage } from '../../../functions/console/message-page.ts';
import { extendReview, rejectReview, releaseReview } from '../../../functions/console/review-acts.ts';
import { reviewPage } from '../../../functions/console/review-page.ts';
import { reviewsPage } from '../../../functions/console/reviews-page.ts';
import { search, searchPage } from '../../../functions/console/search-page.ts';
import { finishOneTask, taskPage, tasksPage } from '../../../functions/console/tasks-page.ts';
import { query } from '../../../functions/first-invoice/answer.ts';
import { historyOf } from '../../../functions/first-invoice/review-store.ts';
import { pauseSending, queueWaiting, resumeSending } from '../../../functions/messages/brakes.ts';
import { accountMessages } from '../../../functions/messages/message-lists.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import { tasksOfAccount } from '../../../functions/tasks/task-lists.ts';
import { contextOf, eventOf, receiveAll, setClock, useCloud } from '../../emulators/cloud.ts';
import { type Carrier, complete, fire, GOOD, makeNew, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, WRONG } from '../billing/month.ts';
import { ANNA, settleAll, stateOf } from '../first-invoice/desk.ts';
import { ACTOR, asked, form, markupOf, pageIn, textOf, VIEWER } from './asked.ts';

useCloud();

const REASON = { reason: 'agreed by telephone' };

let carrier: Carrier;
/** One account is billed, one has a wrong bill, four are new. */
let [good, wrong, ...fresh]: string[] = [];

beforeAll(async () => {
  setClock('2026-11-03T12:00:00Z');
  carrier = await putCarrier('X', 6);
  [good, wrong, ...fresh] = [...carrier.bcns];
  await makeNew(fresh, carrier);
  for (const bcn of carrier.bcns) await putBill(bcn, bcn === wrong ? WRONG : GOOD);
  await complete();
  await fire('prepare', PREPARE);
  await fire('publish', PUBLISH);
  await settleAll();
}, 120_000);

const month = async (bcn = '') => textOf(await accountPage(asked({ parameters: { bcn }, query: { period: PERIOD } })));
const review = (bcn = '') => ({ parameters: { bcn, period: PERIOD } });
const mailOf = async (bcn = '') => (await accountMessages(bcn, 'billing', undefined)).rows[0]?.messageId ?? '';

async function workMail(): Promise<void> {
  const messages = await receiveAll('mail-invoices');
  await send(eventOf('mail-invoices', messages), contextOf('send-invoices'));
}

describe('why did the customer not get the invoice?', () => {
  test('it waits in the queue, behind a brake, and is sent', async () => {
    expect(await month(good)).toContain('On its way. Published at 2026-11-04 06:00 UTC; the email is in the queue.');
    await pauseSending(undefined, { by: 'Jane Clerk', reason: 'bounces rise' }, now());
    await workMail();
    expect(await month(good)).toContain('Somebody has to do something. Published at 2026-11-04 06:00 UTC; the email waits behind a brake');
    await resumeSending(undefined, { by: 'Jane Clerk', reason: 'mended' }, now());
    await queueWaiting(100, 'test', now());
    await workMail();
    expect(await month(good)).toContain('the reader’s mail server has not said yet that it took the email');
  });

  test('it is parked, with both figures', async () => {
    const text = await month(wrong);
    expect(text).toMatch(/Somebody has to do something\. It is parked: .*19\.01.*19\.00/);
    expect(text).toContain('Nothing is prepared of this month.');
  });

  test('who may act finds the way to a rerun of the account, filled in', async () => {
    const request = { parameters: { bcn: wrong }, query: { period: PERIOD } };
    const rerun = `/rerun?period=${PERIOD}&amp;calendar=DE&amp;bcn=${wrong}`;
    expect(markupOf(await accountPage(asked(request)))).toContain(rerun);
    expect(markupOf(await accountPage(asked({ ...request, person: VIEWER })))).not.toContain('/rerun');
  });

  test('it is a first invoice', async () => {
    const page = await accountPage(asked({ parameters: { bcn: fresh[0] }, query: { period: PERIOD } }));
    expect(textOf(page)).toContain('It is the account’s first invoice, and its review is not over.');
    expect(markupOf(page)).toContain(`href="/reviews/${fresh[0]}/${PERIOD}"`);
  });

  test('a month that has not come, and one that never was', async () => {
    expect(await month('B-none')).toContain('The directory has no billing account B-none.');
    const text = textOf(await accountPage(asked({ parameters: { bcn: good }, query: { period: '2026-11' } })));
    expect(text).toContain('The bill run of 2026-11 for calendar DE is not opened yet.');
  });
});

describe('an account', () => {
  test('shows its documents with amount and state, and the month before today by itself', async () => {
    const text = textOf(await accountPage(asked({ parameters: { bcn: good } })));
    expect(text).toMatch(/invoice NL-X-INV26-0\d+ published 2026-11-04 06:00 UTC 119\.00 EUR/);
    expect(text).toContain('30 days, by transfer, EUR');
  });

  test('says who gets its invoices, and why', async () => {
    const page = await accountPage(asked({ parameters: { bcn: good }, query: { show: 'people' } }));
    expect(textOf(page)).toContain('PX Anna Beispiel anna.X@example.com yes a billing contact of this account');
  });

  test('leads to each email, with everything that happened to it and what it says', async () => {
    const page = await messagePage(asked({ parameters: { messageId: await mailOf(good) } }));
    const text = textOf(page);
    expect(text).toMatch(/written .* put off .* let go .* taken to be sent .* taken by SES/);
    expect(text).toContain('brake ALL');
    expect(text).toContain('119,00');
    expect(markupOf(page)).toMatch(/<iframe class="mail" sandbox=""/);
    expect(markupOf(page)).not.toMatch(/https?:\/\/(?!link\.invalid)[^"\s]*\/[ds]\//);
  });
});

describe('a customer', () => {
  test('shows what a contact decided', async () => {
    const decided = { changeId: 'c1', at: now().toISOString(), by: 'PX', how: 'page' };
    await setPreference(carrier.ocn, 'PX', { name: 'format', bcn: '*', value: 'links-only' }, decided);
    const parameters = { ocn: carrier.ocn };
    const text = textOf(await customerPage(asked({ parameters, query: { show: 'contacts', contact: 'PX' } })));
    expect(text).toContain('format, all accounts links-only PX page');
    expect(textOf(await customerPage(asked({ parameters })))).toContain(`${good} Müller & Söhne, Einkauf EUR since 2024-01-01`);
  });
});

describe('search', () => {
  const foundFor = (text: string) => search(asked({ person: VIEWER }), form({ for: text }));

  test('goes to the one thing that is meant', async () => {
    expect(await foundFor(` ${good} `)).toMatchObject({ to: `/accounts/${good}` });
    expect(await foundFor(carrier.ocn)).toMatchObject({ to: `/customers/${carrier.ocn}` });
    expect(await foundFor('Anna Beispiel <ANNA.X@example.com>')).toMatchObject({
      to: `/customers/${carrier.ocn}?show=contacts&contact=PX`,
    });
    const messageId = await mailOf(good);
    expect(await foundFor(messageId.toUpperCase())).toMatchObject({ to: `/messages/${messageId}` });
    const number = /invoice (NL-X-INV26-\d+) published/.exec(await month(good))?.[1] ?? '';
    expect(await foundFor(number)).toMatchObject({ to: `/accounts/${good}?period=2026-10` });
  });

  test('says when nothing is found, and repeats nothing of what was sought', async () => {
    const page = pageIn(await foundFor('nobody@example.com'));
    expect(textOf(page)).toContain('Nothing has exactly this number, id or address.');
    expect(markupOf(page)).not.toContain('nobody');
    expect(textOf(pageIn(await foundFor(' ')))).toContain('Please type what you look for.');
  });

  test('sends what is sought in the body', async () => {
    expect(markupOf(await searchPage(asked()))).toContain('<form method="post" action="/search"');
  });
});

describe('first invoices', () => {
  test('are listed, and shown with draft, checks and history', async () => {
    expect(textOf(await reviewsPage(asked()))).toContain(`${fresh[0]} 2026-10 waits for the customer reminder 2026-11-06 08:00 UTC`);
    const text = textOf(await reviewPage(asked(review(fresh[0]))));
    expect(text).toContain('Ethernet Line');
    expect(text).toMatch(/\d+ of \d+ checks have passed/);
    expect(text).toContain('draft 1, awaiting-customer: a new draft');
  });

  test('who may only look is offered nothing to do', async () => {
    expect(markupOf(await reviewPage(asked({ ...review(fresh[0]), person: VIEWER })))).not.toContain('<form');
    expect(markupOf(await reviewPage(asked(review(fresh[0]))))).toContain(`action="/reviews/${fresh[0]}/${PERIOD}/release"`);
  });

  test('a named person releases the draft that was shown', async () => {
    const [bcn = ''] = fresh;
    await expect(releaseReview(asked(review(bcn)), form({ ...REASON, version: '2' }))).rejects.toThrow('A newer draft came meanwhile');
    await expect(releaseReview(asked(review(bcn)), form({ version: '1' }))).rejects.toThrow('reason');
    expect(await releaseReview(asked(review(bcn)), form({ ...REASON, version: '1' }))).toMatchObject({ to: `/reviews/${bcn}/${PERIOD}` });
    await settleAll();
    expect(await stateOf(bcn, PERIOD)).toBe('issued 1');
    expect(await historyOf(bcn, PERIOD)).toContainEqual(
      expect.objectContaining({ trigger: 'release', actor: { kind: 'person', by: ACTOR.name } }),
    );
  });

  test('rejects one, and gives more time for another', async () => {
    const [, rejected = '', extended = ''] = fresh;
    await rejectReview(asked(review(rejected)), form({ ...REASON, version: '1' }));
    await settleAll();
    expect(await stateOf(rejected, PERIOD)).toBe('rejected 1');
    await extendReview(asked(review(extended)), form({ ...REASON, version: '1', until: '2026-11-20' }));
    expect(textOf(await reviewPage(asked(review(extended))))).toContain('an extension by Jane Clerk: agreed by telephone');
    await expect(extendReview(asked(review(extended)), form({ ...REASON, version: '1', until: '2026-11-01' }))).rejects.toThrow('until is');
  });

  test('what a customer asks stands on the page, and is a task that somebody does', async () => {
    const [, , , bcn = ''] = fresh;
    const lines = [{ billId: `BILL-${bcn}`, lineId: '1', reason: 'this is <not> what we agreed' }];
    await query({ bcn, period: PERIOD, version: 1 }, { ...ANNA, contactId: 'PX' }, lines, now());
    const asks = await reviewPage(asked(review(bcn)));
    expect(textOf(asks)).toContain('The customer asks (contact PX');
    expect(markupOf(asks)).toContain('this is &lt;not&gt; what we agreed');
    const [task] = await tasksOfAccount(bcn);
    expect(await month(bcn)).toContain(`${task?.taskId} first invoice: customer asks`);
    const parameters = { taskId: task?.taskId };
    const page = await taskPage(asked({ parameters }));
    expect(textOf(page)).toContain('look into the lines');
    expect(markupOf(page)).toContain(`<a href="/reviews/${bcn}/${PERIOD}">the review of the first invoice</a>`);
    expect(await finishOneTask(asked({ parameters }), form(REASON))).toMatchObject({ to: '/tasks' });
    expect(textOf(await tasksPage(asked({ query: { show: 'done' } })))).toContain(`${task?.taskId}`);
    expect(textOf(await tasksPage(asked({ query: { kind: 'first-invoice-queried' } })))).not.toContain(`${task?.taskId}`);
  });
});
