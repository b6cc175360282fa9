import { now } from '../../../functions/aws/clock.ts';
import { accountPage } from '../../../functions/console/account-page.ts';
import { approvalsPage } from '../../../functions/console/approvals-page.ts';
import { auditPage } from '../../../functions/console/audit-page.ts';
import type { ConsolePage, ReadPage } from '../../../functions/console/console-page.ts';
import { correctPage } from '../../../functions/console/correct-page.ts';
import { customerPage } from '../../../functions/console/customer-page.ts';
import { heldMessagePage } from '../../../functions/console/held-page.ts';
import { holdsPage } from '../../../functions/console/holds-page.ts';
import { messagePage } from '../../../functions/console/message-page.ts';
import { monthPage } from '../../../functions/console/month-page.ts';
import { parkedPage } from '../../../functions/console/parked-page.ts';
import { rerunPage } from '../../../functions/console/rerun-page.ts';
import { reviewPage } from '../../../functions/console/review-page.ts';
import { reviewsPage } from '../../../functions/console/reviews-page.ts';
import { runPage } from '../../../functions/console/run-page.ts';
import { search, searchPage } from '../../../functions/console/search-page.ts';
import { taskPage, tasksPage } from '../../../functions/console/tasks-page.ts';
import { worksListPage } from '../../../functions/console/works-list-page.ts';
import { worksPage } from '../../../functions/console/works-page.ts';
import { writeRecords } from '../../../functions/directory/write.ts';
import { query, release } from '../../../functions/first-invoice/answer.ts';
import type { Review } from '../../../functions/first-invoice/review.ts';
import { getReview } from '../../../functions/first-invoice/review-store.ts';
import { accountMessages, heldPage } from '../../../functions/messages/message-lists.ts';
import { enqueue } from '../../../functions/messages/outbox.ts';
import { handler as send } from '../../../functions/messages/send.handler.ts';
import { setPreference } from '../../../functions/preferences/preferences.ts';
import { tasksOfAccount } from '../../../functions/tasks/task-lists.ts';
import { contextOf, eventOf, receiveAll, setClock } from '../../emulators/cloud.ts';
import { type Carrier, complete, fire, GOOD, makeNew, PERIOD, PREPARE, PUBLISH, putBill, putCarrier, WRONG } from '../billing/month.ts';
import { ANNA, settleAll } from '../first-invoice/desk.ts';
import { newMessage } from '../messages/message-of.ts';
import { publish, worksId } from '../planned-works/desk.ts';
import { asked, form, pageIn, VIEWER } from './asked.ts';

const SUFFIX = 'S';
const RUN = { period: PERIOD, calendar: 'DE' };

/** A page of the console with something on it. */
export interface SamplePage {
  readonly name: string;
  readonly page: ConsolePage;
}

/** A month with everything that can happen to an account, as the console shows it. Call it in a file that uses the desk of planned works. */
export async function samplePages(): Promise<SamplePage[]> {
  await publish();
  const works = worksId;
  const carrier = await sampleMonth();
  const [good = '', wrong = '', asks = '', released = ''] = carrier.bcns;
  const { ocn } = carrier;
  const messageId = (await accountMessages(good, 'billing', undefined)).rows[0]?.messageId;
  const heldId = (await heldPage(undefined)).rows[0]?.messageId;
  const taskId = (await tasksOfAccount(asks))[0]?.taskId;
  const many = pageIn(await search(asked(), form({ for: `anna.${SUFFIX}@example.com` })));
  const of = (bcn: string, query: Record<string, string> = {}) => ({
    parameters: { bcn, period: PERIOD },
    query: { period: PERIOD, ...query },
  });
  const shown: readonly (readonly [string, ReadPage, Parameters<typeof asked>[0]])[] = [
    ['month', monthPage, { query: { period: PERIOD } }],
    ['run', runPage, { parameters: RUN }],
    ['parked', parkedPage, { parameters: RUN }],
    ['rerun', rerunPage, {}],
    ['rerun of a calendar', rerunPage, { query: RUN }],
    ['correction', correctPage, {}],
    ['approvals', approvalsPage, {}],
    ['audit trail', auditPage, {}],
    ['search', searchPage, {}],
    ['account, delivered', accountPage, of(good)],
    ['account, parked', accountPage, of(wrong)],
    ['account, first invoice', accountPage, of(asks)],
    ['account, documents', accountPage, of(good, { show: 'documents' })],
    ['account, emails', accountPage, of(released, { show: 'emails' })],
    ['account, who gets the invoices', accountPage, of(good, { show: 'people' })],
    ['customer', customerPage, { parameters: { ocn } }],
    ['customer, contacts', customerPage, { parameters: { ocn }, query: { show: 'contacts' } }],
    ['customer, a contact', customerPage, { parameters: { ocn }, query: { show: 'contacts', contact: `P${SUFFIX}` } }],
    ['customer, documents', customerPage, { parameters: { ocn }, query: { show: 'documents' } }],
    ['email', messagePage, { parameters: { messageId } }],
    ['held emails', holdsPage, {}],
    ['held email', heldMessagePage, { parameters: { messageId: heldId } }],
    ['first invoices', reviewsPage, {}],
    ['first invoice, queried', reviewPage, of(asks)],
    ['first invoice, to look at', reviewPage, { ...of(asks), person: VIEWER }],
    ['planned works', worksListPage, {}],
    ['planned works, one', worksPage, { parameters: { worksId: works } }],
    ['tasks', tasksPage, {}],
    ['task', taskPage, { parameters: { taskId } }],
    ['not found', accountPage, of('B0815')],
  ];
  const pages = await Promise.all(shown.map(async ([name, page, request]) => ({ name, page: await page(asked(request)) })));
  return [...pages, { name: 'search, several found', page: many }];
}

/** One account is billed, one has a wrong bill, one asks about its first invoice, one has it released. */
async function sampleMonth(): Promise<Carrier> {
  setClock('2026-11-03T12:00:00Z');
  const carrier = await putCarrier(SUFFIX, 4);
  const [, wrong, asks = '', released = ''] = carrier.bcns;
  await makeNew([asks, released], carrier);
  for (const bcn of carrier.bcns) await putBill(bcn, bcn === wrong ? WRONG : GOOD);
  await complete();
  await fire('prepare', PREPARE);
  await fire('publish', PUBLISH);
  await settleAll();
  const contactId = `P${SUFFIX}`;
  const lines = [{ billId: `BILL-${asks}`, lineId: '1', reason: 'We agreed 90.00 for this line,\nnot 100.00.' }];
  await query({ bcn: asks, period: PERIOD, version: 1 }, { ...ANNA, contactId }, lines, now());
  await release((await getReview(released, PERIOD)) as Review, { by: 'Jane Clerk', reason: 'confirmed by phone' }, now());
  await settleAll();
  const decided = { changeId: 'c1', at: now().toISOString(), by: contactId, how: 'page' };
  await setPreference(carrier.ocn, contactId, { name: 'format', bcn: '*', value: 'links-only' }, decided);
  await putColleagues(carrier);
  await sendMail();
  return carrier;
}

/** One with the same address, one who left, one of another role, and an email that says what is not so. */
async function putColleagues({ ocn, bcns, legalEntityId }: Carrier): Promise<void> {
  const email = `anna.${SUFFIX}@example.com`;
  const records = [
    { contactId: 'P-2', name: 'Anna Beispiel, Einkauf', roles: ['billing', 'administrator'] },
    { contactId: 'P-3', name: 'Bernd Muster', roles: ['billing'], activeTo: '2026-10-31' },
    { contactId: 'P-4', name: 'Donaudampfschifffahrtsgesellschaftskapitänin Cäcilie von Beispielhausen', roles: ['technical'] },
  ];
  const contacts = records.map((record) => ({ ocn, email, language: 'de', timeZone: 'Europe/Berlin', ...record }));
  const lines = contacts.map((given, index) => ({ line: index + 1, given }));
  await writeRecords('contacts', lines, { importId: 'colleagues', time: now().toISOString() });
  // Two emails that say the same: the second is held.
  for (const subject of ['sample', 'sample again']) {
    const message = newMessage({ subject, contactId: `P${SUFFIX}`, address: email, ocn, bcn: bcns[0] ?? '' });
    await enqueue([{ ...message, facts: { ...message.facts, legalEntityId } }], now());
  }
}

/** What is in the queue leaves, or is held. */
async function sendMail(): Promise<void> {
  const messages = await receiveAll('mail-invoices');
  for (const message of messages) await send(eventOf('mail-invoices', [message]), contextOf('send-invoices'));
}
