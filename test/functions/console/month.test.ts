import { beforeAll, expect, test } from 'vitest';
import { putItem, transact } from '../../../functions/aws/tables.ts';
import { NO_TALLY } from '../../../functions/billing/chunk.ts';
import { isToBeCounted, keepMailCount } from '../../../functions/billing/mail-counts.ts';
import { accountNumbers, mailNumbers } from '../../../functions/billing/month-at-a-glance.ts';
import { batchRun, monthRun, openMonth } from '../../../functions/billing/open-run.ts';
import { finished, grown } from '../../../functions/billing/passes.ts';
import type { Run } from '../../../functions/billing/run.ts';
import { changeRun, createRun, findRun, getRun } from '../../../functions/billing/run-store.ts';
import { CALENDARS, type CalendarCode } from '../../../functions/calendars/calendars.ts';
import { countMessages } from '../../../functions/messages/counts.ts';
import { STATES } from '../../../functions/messages/states.ts';
import { setClock } from '../../emulators/cloud.ts';
import { storedMessage } from '../messages/message-of.ts';
import { watchReads } from './reads.ts';
import { ask, OMAR, signedIn, useConsole } from './visit.ts';

useConsole();

const NOW = new Date('2026-11-04T08:00:00Z');
const RUN = '2026-10.DE.1';
/** What the console reads of its own to know who asks. */
const SESSION_READS = 1;

beforeAll(async () => {
  setClock(NOW.toISOString());
  for (const calendar of Object.keys(CALENDARS) as CalendarCode[]) await openMonth('2026-10', calendar, '2026-11-04', 'test', NOW);
  const tally = { billed: 9_200, withoutBill: 300, parked: 120, held: 80, documents: 27_500 };
  await transact([grown(RUN, 400, 10_000)]);
  await transact(finished(RUN, 1, NO_TALLY, tally, 0, NOW));
  const run = (await findRun(RUN)) as Run;
  await changeRun(run, { ...run, stage: 'delivering', publishedAt: '2026-11-04T06:00:00.000Z' }, 'test', NOW);
  await Promise.all(
    STATES.flatMap((state, index) => Array.from({ length: index + 1 }, (_, number) => putMessage(`${state}-${number}`, state))),
  );
  await keepMailCount(await getRun(RUN), NOW);
});

async function putMessage(messageId: string, state: (typeof STATES)[number]): Promise<void> {
  const message = { ...storedMessage({ messageId, group: RUN }), state };
  await putItem('messages', { pk: `MESSAGE#${messageId}`, sk: 'MESSAGE', byGroupPk: `GROUP#${RUN}`, byGroupSk: messageId, ...message });
}

const figuresOf = (row: string) =>
  [...row.matchAll(/data-of="([^"]+)">(?:<a [^>]*>)?([\d,]+)</g)].map(([, of, n]) => [of, Number(n?.replaceAll(',', ''))]);
const rowsOf = (page: string, caption: string) =>
  page.split(`<caption>${caption}</caption>`)[1]?.split('</table>')[0]?.split('<tr>').slice(2) ?? [];

test('the numbers of the month at a glance add up, run by run and together', async () => {
  const { body } = await ask('/?period=2026-10', { cookies: [await signedIn(OMAR)] });
  const germany = rowsOf(body, 'Accounts and documents').find((row) => row.includes('Germany, nationwide')) ?? '';
  expect(Object.fromEntries(figuresOf(germany))).toEqual({
    ...{ Accounts: 10_000, Prepared: 9_200, 'Without bill': 300, 'First invoices held': 80, Parked: 120, 'To do': 300, Documents: 27_500 },
  });
  const mail = rowsOf(body, 'Emails').find((row) => row.includes('Germany, nationwide')) ?? '';
  expect(Object.fromEntries(figuresOf(mail))).toEqual({
    // As many of each state as its place in the list of states.
    ...{ Emails: 66, 'On their way': 1 + 4 + 5 + 7 + 8, Deferred: 2, Held: 3, Skipped: 6, Delivered: 9, Bounced: 10 + 11, 'In doubt': 0 },
  });
  for (const caption of ['Accounts and documents', 'Emails']) {
    for (const row of rowsOf(body, caption)) {
      const [[, all] = ['', 0], ...parts] = figuresOf(row).filter(([of]) => of !== 'Documents') as [string, number][];
      expect(parts.reduce((sum, [, n]) => sum + n, 0)).toBe(all);
    }
  }
});

test('a number that asks for somebody leads to what was counted', async () => {
  const { body } = await ask('/?period=2026-10', { cookies: [await signedIn(OMAR)] });
  for (const link of [
    '<a href="/parked/2026-10/DE">120</a>',
    '<a href="/reviews">80</a>',
    '<a href="/holds">3</a>',
    '<a href="/tasks">21</a>',
  ])
    expect(body).toContain(link);
  expect(body).not.toContain('<a href="/parked/2026-10/FR"');
});

test('with 10,000 accounts a page reads two pages of small items, and never scans', async () => {
  const cookies = [await signedIn(OMAR)];
  for (const [address, most] of [
    ['/?period=2026-10', 2],
    ['/', 3],
    ['/runs/2026-10/DE', 4],
  ] as const) {
    const { result, calls, items } = await watchReads(() => ask(address, { cookies }));
    expect(result.status).toBe(200);
    expect(calls.length - SESSION_READS).toBeLessThanOrEqual(most);
    expect(items).toBeLessThanOrEqual(150);
    expect(calls.filter((call) => call.includes('Scan'))).toEqual([]);
  }
});

test('a page looks again while its run is under way, by itself or not', async () => {
  const cookies = [await signedIn(OMAR)];
  const live = await ask('/runs/2026-10/DE', { cookies });
  expect(live.headers.refresh).toBe('5; url=/runs/2026-10/DE?live=1');
  const still = await ask('/runs/2026-10/DE?still=1', { cookies });
  expect([still.headers.refresh, still.body.includes('<a href="/runs/2026-10/DE">Let it look again</a>')]).toEqual([undefined, true]);
  expect((await ask('/runs/2026-10/FR', { cookies })).headers.refresh).toBeUndefined();
});

test.each([
  ['/runs/2026-13/DE', 404],
  ['/runs/2026-10/XX', 404],
  ['/runs/2026-10/DE?batch=7', 404],
  ['/runs/2027-05/DE', 200],
  ['/?period=1999-01', 200],
  ['/?period=no', 200],
  ['/?period=2026-10&after=IzEy', 200],
])('%s answers %i', async (address, status) => {
  expect((await ask(address, { cookies: [await signedIn(OMAR)] })).status).toBe(status);
});

test('a list that is longer than a page goes on where it stopped', async () => {
  const month = monthRun('2026-09', 'DE', '2026-10-05', NOW);
  const request = { eventId: 'test', reason: 'late bills', requestedBy: 'test', resend: 'never' } as const;
  for (let sequence = 2; sequence <= 60; sequence += 1) await createRun(batchRun(month, sequence, request, NOW), 'test', NOW);
  const cookies = [await signedIn(OMAR)];
  const page = await ask('/?period=2026-09', { cookies });
  expect(page.body.match(/late batch/g)).toHaveLength(50);
  const more = /<a href="([^"]+)" rel="next">More/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(more).toMatch(/^\/\?period=2026-09&after=[\w-]+$/);
  const rest = await ask(more, { cookies });
  expect([rest.body.match(/late batch/g)?.length, rest.body.includes('>More<')]).toEqual([9, false]);
});

test('accounts that a run has not come to are to do; a tally is never below nothing', () => {
  const tally = { accounts: 10, billed: 4, withoutBill: 1, held: 1, parked: 1, documents: 9, chunks: 1, delivered: 0 };
  expect(accountNumbers(tally).toDo).toBe(3);
  expect(accountNumbers({ ...tally, accounts: 0 }).toDo).toBe(0);
});

test('every state of an email is in exactly one of the numbers', async () => {
  const counts = await countMessages(RUN);
  for (const state of Object.keys(counts) as (keyof typeof counts)[]) {
    const one = { ...Object.fromEntries(Object.keys(counts).map((name) => [name, 0])), [state]: 1 } as typeof counts;
    const { all, countedAt, ...parts } = mailNumbers(one, NOW.toISOString());
    expect([all, Object.values(parts).filter((n) => n > 0), countedAt]).toEqual([1, [1], NOW.toISOString()]);
  }
});

test.each([
  ['before anything is published', 'preparing', undefined, false],
  ['when it was never counted', 'published', undefined, true],
  ['while emails go out, each time', 'delivering', ['delivering', 0.1], true],
  ['when it has come to its end', 'delivered', ['delivering', 0.1], true],
  ['an hour later, for bounces', 'delivered', ['delivered', 1], true],
  ['not before', 'delivered', ['delivered', 0.9], false],
  ['after three days not every hour', 'delivered', ['delivered', 20], false, 100],
  ['but every day', 'delivered', ['delivered', 24], true, 100],
  ['and not for ever', 'delivered', ['delivered', 999], false, 1000],
] as const)('emails are counted %s', (_, stage, known, expected, hours: number = 5) => {
  const publishedAt = new Date(NOW.getTime() - hours * 3_600_000).toISOString();
  const kept = known && { stage: known[0], countedAt: new Date(NOW.getTime() - known[1] * 3_600_000).toISOString() };
  expect(isToBeCounted({ stage, publishedAt } as Run, kept, NOW)).toBe(expected);
});
