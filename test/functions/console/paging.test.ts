import { beforeAll, describe, expect, test } from 'vitest';
import { accountPage } from '../../../functions/console/account-page.ts';
import type { ReadPage } from '../../../functions/console/console-page.ts';
import { customerPage } from '../../../functions/console/customer-page.ts';
import { heldMessagePage } from '../../../functions/console/held-page.ts';
import { holdsPage } from '../../../functions/console/holds-page.ts';
import { messagePage } from '../../../functions/console/message-page.ts';
import { reviewPage } from '../../../functions/console/review-page.ts';
import { reviewsPage } from '../../../functions/console/reviews-page.ts';
import { search } from '../../../functions/console/search-page.ts';
import { taskPage, tasksPage } from '../../../functions/console/tasks-page.ts';
import { worksListPage } from '../../../functions/console/works-list-page.ts';
import { worksPage } from '../../../functions/console/works-page.ts';
import { taskIdOf } from '../../../functions/tasks/task.ts';
import { setClock, useCloud } from '../../emulators/cloud.ts';
import { asked, form, markupOf, nextOf, pageIn, textOf } from './asked.ts';
import { CROWD, padded, putCrowd } from './crowd.ts';
import { type Reads, watchReads } from './reads.ts';

useCloud();

const COUNT = process.env.LONG === '1' ? 10_000 : 1_000;
/** Two pages of items: a call brings a hundred at most. */
const MOST_ITEMS = 400;
const MOST_A_CALL = 100;
const MOST_CALLS = 40;
const READS = ['GetCommand', 'BatchGetCommand', 'QueryCommand'];
const ROWS = 50;

const { ocn, bcn, worksId, contactId } = CROWD;
const messageId = '0'.repeat(32);
const taskId = taskIdOf({ kind: 'complaint', cause: 'cause-0', ocn, contactId });

const LISTS: readonly [string, ReadPage, Parameters<typeof asked>[0], RegExp][] = [
  ['accounts of a customer', customerPage, { parameters: { ocn } }, /\bB90\d{5}(?=<\/a>)/g],
  ['contacts of a customer', customerPage, { parameters: { ocn }, query: { show: 'contacts' } }, /\bK\d{5}(?=<\/a>)/g],
  ['documents of a customer', customerPage, { parameters: { ocn }, query: { show: 'documents' } }, /invoice DE26\d{5}/g],
  [
    'decisions of a contact',
    customerPage,
    { parameters: { ocn }, query: { show: 'contacts', contact: contactId } },
    /datetime="2025-[^"]*"/g,
  ],
  ['documents of an account', accountPage, { parameters: { bcn }, query: { show: 'documents' } }, /invoice DE26\d{5}/g],
  ['emails of an account', accountPage, { parameters: { bcn }, query: { show: 'emails' } }, /\/messages\/[0-9a-f]{32}/g],
  ['held emails', holdsPage, {}, /\/holds\/[0-9a-f]{32}/g],
  ['first invoices', reviewsPage, {}, /\bB90\d{5}(?=<\/a>)/g],
  ['planned works', worksListPage, {}, /CRQ-\d+(?=<\/a>)/g],
  ['open tasks', tasksPage, {}, /task number \d+/g],
];

const SINGLE: readonly [string, ReadPage, Parameters<typeof asked>[0], string][] = [
  ['the month of an account', accountPage, { parameters: { bcn } }, 'Documents'],
  ['who gets the invoices of an account', accountPage, { parameters: { bcn }, query: { show: 'people' } }, 'Only the first 100 contacts'],
  ['emails about works', accountPage, { parameters: { bcn }, query: { show: 'works' } }, 'No email is known'],
  ['an email', messagePage, { parameters: { messageId } }, 'History'],
  ['a held email', heldMessagePage, { parameters: { messageId } }, 'It is held'],
  ['a first invoice', reviewPage, { parameters: { bcn, period: '2026-10' } }, 'waits for the customer'],
  ['a works of many customers', worksPage, { parameters: { worksId } }, 'Who was invited'],
  ['a task', taskPage, { parameters: { taskId } }, 'call the contact'],
  ['tasks of a kind', tasksPage, { query: { kind: 'complaint' } }, 'task number 0'],
  ['tasks that are done', tasksPage, { query: { show: 'done' } }, 'No task is done yet'],
];

beforeAll(async () => {
  setClock('2026-11-10T09:00:00Z');
  await putCrowd(COUNT);
}, 240_000);

function few(reads: Reads<unknown>): void {
  expect(reads.calls.filter((call) => !READS.includes(call))).toEqual([]);
  expect(reads.items).toBeLessThanOrEqual(MOST_ITEMS);
  expect(reads.most).toBeLessThanOrEqual(MOST_A_CALL);
  expect(reads.calls.length).toBeLessThanOrEqual(MOST_CALLS);
}

describe('with a customer that has thousands of everything', () => {
  test.each(LISTS)('%s: fifty at a time, and every one of them once', async (_, page, request, row) => {
    const seen: string[] = [];
    let query: Record<string, string | undefined> | undefined = request?.query ?? {};
    for (let turn = 0; query && turn <= COUNT / ROWS + 1; turn += 1) {
      const at: Record<string, string | undefined> = query;
      const reads = await watchReads(() => page(asked({ ...request, query: at })));
      few(reads);
      const rows = [...new Set(markupOf(reads.result).match(row) ?? [])];
      expect(rows.length).toBeLessThanOrEqual(ROWS);
      seen.push(...rows);
      query = nextOf(reads.result);
    }
    expect(query).toBeUndefined();
    expect(seen.length).toBe(COUNT);
    expect(new Set(seen).size).toBe(COUNT);
  });

  test.each(SINGLE)('%s reads little', async (_, page, request, text) => {
    const reads = await watchReads(() => page(asked(request)));
    expect(textOf(reads.result)).toContain(text);
    few(reads);
  });

  test.each([
    ['an address that many have', CROWD.email, ROWS],
    ['an account', bcn, 0],
    ['an invoice number', `DE26${padded(3)}`, 0],
    ['nothing that there is', 'B0815', 0],
  ])('search for %s reads little', async (_, text, hits) => {
    const reads = await watchReads(() => search(asked(), form({ for: text })));
    few(reads);
    if (hits > 0) expect(markupOf(pageIn(reads.result)).match(/\bK\d{5}(?=<\/a>)/g)).toHaveLength(hits);
  });

  test('a cursor of another list, or of nobody, begins the list anew', async () => {
    const begin = textOf(await tasksPage(asked()));
    const other = nextOf(await holdsPage(asked()))?.after;
    for (const after of [other, 'nonsense', '', Buffer.from('{"pk":1}').toString('base64url')])
      expect(textOf(await tasksPage(asked({ query: { after } }))).replace('First page ', '')).toBe(begin);
  });
});
