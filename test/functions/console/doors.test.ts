import { beforeEach, describe, expect, test } from 'vitest';
import { openMonth } from '../../../functions/billing/open-run.ts';
import { findRun, historyOf } from '../../../functions/billing/run-store.ts';
import { setClock } from '../../emulators/cloud.ts';
import { watchReads } from './reads.ts';
import { ask, csrfOn, OMAR, ORIGIN, send, signedIn, useConsole, VERA } from './visit.ts';

useConsole();

const NOW = '2026-11-03T09:00:00Z';
const RUN = '/runs/2026-10/DE';
const HOLD = { act: 'hold', reason: 'wrong tariff' };

beforeEach(() => setClock(NOW));

describe('who is not signed in', () => {
  test.each([
    ['without a cookie', []],
    ['with a made-up cookie', ['__Host-session=made-up']],
    ['with an empty cookie', ['__Host-session=']],
  ])('%s is led to the sign-in, and comes back to the page', async (_, cookies) => {
    const answer = await ask(`${RUN}?batch=2&live=1`, { cookies });
    expect([answer.status, answer.headers.location, answer.body]).toEqual([303, '/sign-in?to=%2Fruns%2F2026-10%2FDE%3Fbatch%3D2', '']);
  });

  test('does nothing by a form, and is told so', async () => {
    const answer = await ask(RUN, { method: 'POST', form: HOLD, headers: { origin: ORIGIN } });
    expect([answer.status, answer.cookies]).toEqual([401, []]);
    expect(answer.body).toContain('you are not signed in any more');
  });

  test.each([
    ['after half an hour without a sign of life', 30 * 60_000, []],
    ['after twelve hours', 12 * 3_600_000, [20, 40]],
  ])('is everybody %s', async (_, later, signs) => {
    const cookie = await signedIn(OMAR);
    for (let minutes = 20; minutes * 60_000 < later && signs.length > 0; minutes += 20) {
      setClock(new Date(Date.parse(NOW) + minutes * 60_000).toISOString());
      expect((await ask('/', { cookies: [cookie] })).status).toBe(200);
    }
    setClock(new Date(Date.parse(NOW) + later).toISOString());
    expect((await ask('/', { cookies: [cookie] })).status).toBe(303);
  });

  test('is who has left a page open that looks again by itself', async () => {
    const cookie = await signedIn(OMAR);
    for (const minutes of [10, 20, 29]) {
      setClock(new Date(Date.parse(NOW) + minutes * 60_000).toISOString());
      expect((await ask('/?live=1', { cookies: [cookie] })).status).toBe(200);
    }
    setClock(new Date(Date.parse(NOW) + 30 * 60_000).toISOString());
    expect((await ask('/?live=1', { cookies: [cookie] })).status).toBe(303);
  });
});

describe('a page', () => {
  test('says who is signed in, is kept nowhere, and tells no other site where it was', async () => {
    const { status, headers, body } = await ask('/', { cookies: [await signedIn(VERA)] });
    expect(status).toBe(200);
    expect(body).toContain('Vera Lund, may look');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff' });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
  });

  test.each(['GET', 'HEAD'])('writes nothing by %s but that somebody is there', async (method) => {
    const cookie = await signedIn(OMAR);
    setClock(new Date(Date.parse(NOW) + 120_000).toISOString());
    const { result, calls } = await watchReads(() => ask(`${RUN}?act=hold&reason=x`, { method, cookies: [cookie], form: HOLD }));
    expect([result.status, result.body === '']).toEqual([200, method === 'HEAD']);
    expect(calls.filter((call) => !['GetCommand', 'QueryCommand', 'BatchGetCommand'].includes(call))).toEqual(['UpdateCommand']);
    expect(await findRun('2026-10.DE.1')).toBeUndefined();
  });

  test('that does not exist is a 404 in the frame', async () => {
    const { status, body } = await ask('/no/such/page', { cookies: [await signedIn(VERA)] });
    expect([status, body.includes('There is nothing here'), body.includes('Sign out')]).toEqual([404, true, true]);
  });

  test('under another name than the console’s is refused before it is asked for', async () => {
    expect((await ask('/', { cookies: [await signedIn(VERA)], headers: { host: 'evil.example' } })).status).toBe(403);
  });
});

describe('a form does nothing', () => {
  const refusals: readonly (readonly [what: string, status: number, act: (cookie: string) => ReturnType<typeof ask>])[] = [
    ['of another site', 403, (cookie) => send(RUN, cookie, HOLD, { origin: 'https://evil.example' })],
    ['that another site sends in our name', 403, (cookie) => send(RUN, cookie, HOLD, { 'sec-fetch-site': 'cross-site' })],
    ['without a token', 403, (cookie) => send(RUN, cookie, { ...HOLD, csrf: '' })],
    ['with a made-up token', 403, (cookie) => send(RUN, cookie, { ...HOLD, csrf: 'x'.repeat(43) })],
    ['with a colleague’s token', 403, async (cookie) => send(RUN, cookie, { ...HOLD, csrf: await tokenOf(VERA) })],
    ['that is none', 400, (cookie) => ask(RUN, { method: 'POST', cookies: [cookie], headers: { origin: ORIGIN } })],
    ['for an address that takes none', 404, (cookie) => send('/', cookie, HOLD)],
    ['without a reason', 409, (cookie) => send(RUN, cookie, { act: 'hold', reason: ' ' })],
    ['that asks for something unknown', 409, (cookie) => send(RUN, cookie, { act: 'publish', reason: 'now' })],
    ['that asks for something inherited', 409, (cookie) => send(RUN, cookie, { act: 'constructor', reason: 'now' })],
    ['for a run that nothing holds', 409, (cookie) => send(RUN, cookie, { act: 'release', reason: 'go' })],
    ['for a calendar that does not exist', 409, (cookie) => send('/runs/2026-10/XX', cookie, HOLD)],
    ['for a month that does not exist', 409, (cookie) => send('/runs/2026-13/DE', cookie, HOLD)],
  ];

  test.each(refusals)('%s', async (_, status, act) => {
    const { result, calls } = await watchReads(async () => act(await signedIn(OMAR)));
    expect(result.status).toBe(status);
    expect(calls.filter((call) => call === 'TransactWriteCommand')).toEqual([]);
    expect(await findRun('2026-10.DE.1')).toBeUndefined();
  });

  test('of somebody who may only look', async () => {
    const answer = await send(RUN, await signedIn(VERA), HOLD);
    expect([answer.status, answer.body.includes('your role may look, and not act')]).toEqual([403, true]);
    expect(await findRun('2026-10.DE.1')).toBeUndefined();
  });
});

test('what somebody does is done under the name, and the next page says what it came to, once', async () => {
  await openMonth('2026-10', 'FR', '2026-11-04', 'test', new Date(NOW));
  const cookie = await signedIn(OMAR);
  const page = await ask('/runs/2026-10/FR', { cookies: [cookie] });
  expect(page.body).toContain('<button type="submit" name="act" value="hold"');
  const done = await send('/runs/2026-10/FR', cookie, HOLD);
  expect(done.status).toBe(303);
  expect(done.headers.location).toMatch(/^\/runs\/2026-10\/FR\?said=[\w-]{8}$/);
  const after = await ask(done.headers.location ?? '', { cookies: [cookie] });
  expect(after.body).toContain('Held. The run is now: held.');
  expect(after.body).toContain('Omar Reyes, 2026-11-03 09:00:00 UTC: wrong tariff');
  expect((await ask('/runs/2026-10/FR?said=another', { cookies: [cookie] })).body).not.toContain('Held. The run');
  const causes = (await Array.fromAsync(historyOf('2026-10.FR.1'))).map(({ cause }) => cause);
  expect(causes).toEqual(['test', 'hold by Omar Reyes: wrong tariff']);
  const released = await send('/runs/2026-10/FR', cookie, { act: 'release', reason: 'tariff is right' });
  expect((await ask(released.headers.location ?? '', { cookies: [cookie] })).body).toContain('Released. The run is now: waits for input.');
});

test('who may only look sees no form of an act', async () => {
  const { body } = await ask('/runs/2026-10/IT', { cookies: [await signedIn(VERA)] });
  expect(body.match(/<form /g)).toHaveLength(1);
});

test('who signs out is out, wherever the cookie is', async () => {
  const cookie = await signedIn(OMAR);
  const csrf = csrfOn((await ask('/', { cookies: [cookie] })).body);
  const forged = await ask('/sign-out', { method: 'POST', cookies: [cookie], form: { csrf: 'x' }, headers: { origin: ORIGIN } });
  expect([forged.status, (await ask('/', { cookies: [cookie] })).status]).toEqual([403, 200]);
  const out = await ask('/sign-out', { method: 'POST', cookies: [cookie], form: { csrf }, headers: { origin: ORIGIN } });
  expect([out.status, out.cookies]).toEqual([200, ['__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0']]);
  expect((await ask('/', { cookies: [cookie] })).status).toBe(303);
});

async function tokenOf(person: typeof VERA): Promise<string> {
  return csrfOn((await ask('/', { cookies: [await signedIn(person)] })).body);
}
