import { beforeAll, describe, expect, test } from 'vitest';
import { trailPage } from '../../../functions/audit/trail.ts';
import { now } from '../../../functions/aws/clock.ts';
import { runRequested } from '../../../functions/billing/events.ts';
import { previewPage } from '../../../functions/billing/preview-page.ts';
import { listRuns } from '../../../functions/billing/run-store.ts';
import { visibleDocuments } from '../../../functions/documents/records.ts';
import { setClock } from '../../emulators/cloud.ts';
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
  putBill,
  putCarrier,
  WRONG,
} from '../billing/month.ts';
import { watchReads } from './reads.ts';
import { ask, INES, OMAR, send, signedIn, useConsole, VERA } from './visit.ts';

useConsole();

/** More than fit into one preview, with three that cannot be billed. */
const ACCOUNTS = 60;
let carrier: Carrier;
let parked: string[];

beforeAll(async () => {
  setClock('2026-11-03T12:00:00Z');
  carrier = await putCarrier('C', ACCOUNTS);
  for (const [index, bcn] of carrier.bcns.entries()) await putBill(bcn, index < 3 ? WRONG : GOOD);
  await complete();
  await fire('prepare', PREPARE);
  await fire('publish', PUBLISH);
  parked = carrier.bcns.slice(0, 3);
  setClock('2026-11-05T09:00:00Z');
}, 600_000);

const batches = async () => (await Array.fromAsync(listRuns(PERIOD))).filter(({ sequence }) => sequence > 1);
const rerun = async (form: Record<string, string>, by = OMAR) =>
  send('/rerun', await signedIn(by), { period: PERIOD, reason: 'bills corrected', ...form });

describe('parked accounts', () => {
  test('stand on a page with their reasons, and a way to try them again for who may act', async () => {
    const cookies = [await signedIn(OMAR)];
    const { result, calls } = await watchReads(() => ask(`/parked/${PERIOD}/DE`, { cookies }));
    for (const bcn of parked) expect(result.body).toContain(`name="bcn.${bcn}"`);
    expect(result.body).toContain('VAT per category and rate');
    expect(calls.filter((call) => call === 'QueryCommand').length).toBeLessThanOrEqual(2);
    const seen = await ask(`/parked/${PERIOD}/DE`, { cookies: [await signedIn(VERA)] });
    expect([seen.body.includes(parked[0] ?? ''), seen.body.includes('Try again')]).toEqual([true, false]);
  });

  test('that were corrected are issued when somebody tries again, and stand there no more', async () => {
    const [first = '', ...rest] = parked;
    await putBill(first, { ...GOOD, revision: 1 });
    const answer = await rerun({ calendar: 'DE', [`bcn.${first}`]: 'yes', step: 'run' });
    expect(answer.headers.location).toMatch(new RegExp(`^/runs/${PERIOD}/DE\\?asked=[^&]+&said=`));
    await drain();
    expect((await visibleDocuments({ bcn: first }, PERIOD, now())).map(({ kind }) => kind)).toContain('invoice');
    const { body } = await ask(`/parked/${PERIOD}/DE`, { cookies: [await signedIn(OMAR)] });
    expect([first, ...rest].map((bcn) => body.includes(`name="bcn.${bcn}"`))).toEqual([false, true, true]);
    const { acts } = await trailPage({ subject: first }, { limit: 5 });
    expect(acts[0]).toMatchObject({ what: 'rerun.ask', by: 'Omar Reyes', identity: 'omar', reason: 'bills corrected' });
  });
});

describe('a preview', () => {
  test('tells what a rerun would do, and does nothing of it', async () => {
    const before = await batches();
    await putBill(parked[1] ?? '', { ...GOOD, revision: 1 });
    const { status, body } = await rerun({ only: 'parked', calendar: 'DE', step: 'preview' });
    expect(status).toBe(200);
    expect(body).toContain('This is about <strong>2 accounts</strong> of October 2026.');
    expect(body).toContain('new: issued now</th><td class="n">1<');
    expect(body).toContain('broken: cannot be billed</th><td class="n">1<');
    expect(await batches()).toEqual(before);
  });

  test('shows line by line what would change', async () => {
    const bcn = carrier.bcns[10] ?? '';
    await putBill(bcn, { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 });
    const { body } = await rerun({ bcns: bcn, step: 'preview' });
    expect(body).toContain('<del>- net 100.00</del>');
    expect(body).toContain('<ins>+ net 200.00</ins>');
    await putBill(bcn, { ...GOOD, revision: 2 });
  });

  test.each([
    ['of a calendar', { calendar: 'DE' as const }],
    ['of named accounts', {}],
  ])('%s comes a page at a time, and leaves nobody out', async (_, scope) => {
    const request = runRequested.parse(asked({ ...scope, ...('calendar' in scope ? {} : { bcns: carrier.bcns }) }));
    const found: string[] = [];
    const sizes: number[] = [];
    let after: string | undefined;
    do {
      const page = await previewPage(request, after, now());
      found.push(...page.accounts.map(({ bcn }) => bcn));
      sizes.push(page.accounts.length);
      after = page.next;
    } while (after !== undefined);
    expect(found.sort()).toEqual([...carrier.bcns].sort());
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
  });

  test.each([
    ['for an unknown account', { bcns: 'B-nobody', step: 'preview' }],
    ['for no month', { period: 'soon', step: 'preview' }],
    ['for a month without a run', { period: '2019-01', step: 'run' }],
    ['without a reason', { bcns: 'B1', reason: '', step: 'run' }],
    ['with an unknown wish', { resend: 'twice', step: 'run' }],
  ])('is refused %s, with the reason', async (_, form: Record<string, string>) => {
    const { status, body } = await rerun(form);
    expect([status, body.includes('Nothing was done')]).toEqual([409, true]);
  });

  test('is not for who may only look', async () => {
    expect((await rerun({ only: 'parked', step: 'preview' }, VERA)).status).toBe(403);
    expect((await ask('/rerun', { cookies: [await signedIn(VERA)] })).body).not.toContain('<textarea');
  });
});

test('a rerun of many accounts is done when a second person approves it: once, with what was meant when it was asked for', async () => {
  const before = await batches();
  const bcns = carrier.bcns.slice(20, 45);
  const answer = await rerun({ bcns: bcns.join(' '), resend: 'always', step: 'run' });
  const to = answer.headers.location?.split('?')[0] ?? '';
  expect(to).toMatch(/^\/approvals\//);
  await drain();
  expect(await batches()).toEqual(before);
  const page = await ask(to, { cookies: [await signedIn(INES)] });
  expect(page.body).toContain('Run again 25 accounts: October 2026; every email goes again');
  expect((await send(to, await signedIn(INES), { act: 'approve' })).status).toBe(303);
  await drain();
  const after = await batches();
  expect(after).toHaveLength(before.length + 1);
  expect([...(after.at(-1)?.request?.bcns ?? [])].sort()).toEqual(bcns);
  expect(after.at(-1)?.request).toMatchObject({ resend: 'always', requestedBy: 'Omar Reyes', reason: 'bills corrected' });
  const { acts } = await trailPage({ subject: bcns[0] ?? '' }, { limit: 5, newestFirst: true });
  expect(acts.find(({ what }) => what === 'rerun.ask')).toMatchObject({ by: 'Omar Reyes', approvedBy: 'Ines Falk' });
});

test('a correction is looked at line by line, and then issues both documents, under the name of who asked', async () => {
  const bcn = carrier.bcns[15] ?? '';
  const correct = async (form: Record<string, string>, by = OMAR) =>
    send('/correct', await signedIn(by), { bcn, period: PERIOD, reason: 'wrong tariff', ...form });
  expect((await correct({ step: 'run' })).body).toContain('Nothing was done');
  await putBill(bcn, { net: '200.00', vat: '38.00', gross: '238.00', revision: 1 });
  const before = await batches();
  const { status, body } = await correct({ step: 'preview' });
  expect([status, body.includes('<ins>+ net 200.00</ins>')]).toEqual([200, true]);
  expect(body).toMatch(/credit note, 119\.00 EUR: takes back \S+<\/li>.*invoice, 238\.00 EUR: replaces/s);
  expect((await correct({ step: 'run' }, VERA)).status).toBe(403);
  expect((await correct({ step: 'run', reason: '' })).status).toBe(409);
  await drain();
  expect(await batches()).toEqual(before);
  expect((await correct({ step: 'run' })).status).toBe(303);
  await drain();
  const kinds = (await visibleDocuments({ bcn }, PERIOD, now())).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'credit-note' || kind === 'invoice').sort()).toEqual(['credit-note', 'invoice', 'invoice']);
  const { acts } = await trailPage({ subject: bcn }, { limit: 5, newestFirst: true });
  expect(acts[0]).toMatchObject({ what: 'correction.ask', by: 'Omar Reyes', identity: 'omar', reason: 'wrong tariff' });
});
