import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { now } from '../../../functions/aws/clock.ts';
import { closeServer, listen, portOf } from '../../../infra/local/emulators/http.ts';
import { startIdentityProvider } from '../../../infra/local/identity/identity-provider.ts';
import { LocalIssuer } from '../../../infra/local/runtime/jwt.ts';
import { StateFolder } from '../../../infra/local/state.ts';
import { setClock } from '../../emulators/cloud.ts';
import { type Answer, ask, ORIGIN, useConsole } from './visit.ts';

useConsole();

const NOW = '2026-11-03T09:00:00Z';
const folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
let server: Server;

beforeAll(async () => {
  const free = await listen(0, async () => undefined);
  const port = portOf(free);
  await closeServer(free);
  const origin = `http://127.0.0.1:${port}`;
  const machine = () => now().getTime();
  const issuer = new LocalIssuer(new StateFolder(folder), machine);
  const client = { id: 'carrierpost-console', redirectUri: `${ORIGIN}/signed-in` };
  server = await startIdentityProvider({ issuer, now: machine, origin, client }, port);
  process.env.CONSOLE_ISSUER = origin;
});
beforeEach(() => setClock(NOW));
afterAll(async () => {
  await closeServer(server);
  rmSync(folder, { recursive: true });
});

/** Goes to the sign-in and picks somebody at the identity provider; answers with the way back and the cookie of the sign-in. */
async function pick(person: string, to = '/runs/2026-10/DE'): Promise<{ back: string; cookie: string }> {
  const begun = await ask(`/sign-in?${new URLSearchParams({ to })}`);
  expect(begun.status).toBe(303);
  const asked = new URL(begun.headers.location ?? '');
  const picked = await fetch(`${asked.origin}/authorize`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams([...asked.searchParams, ['person', person]]) },
  });
  return { back: (picked.headers.get('location') ?? '').slice(ORIGIN.length), cookie: pair(begun, '__Host-sign-in') };
}

function pair({ cookies }: Answer, name: string): string {
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.split(';')[0] ?? '';
}

test('somebody signs in and lands on the page that was asked for, under name and role', async () => {
  const { back, cookie } = await pick('local-omar');
  const done = await ask(back, { cookies: [cookie] });
  expect([done.status, done.headers.location]).toEqual([303, '/runs/2026-10/DE']);
  expect(done.cookies).toEqual([
    expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
    '__Host-sign-in=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0',
  ]);
  expect((await ask('/', { cookies: [pair(done, '__Host-session')] })).body).toContain('Omar Reyes, may act');
});

test('who signs in again in the same browser is no longer who it was', async () => {
  const first = await pick('local-omar');
  const omar = pair(await ask(first.back, { cookies: [first.cookie] }), '__Host-session');
  const second = await pick('local-vera');
  const vera = pair(await ask(second.back, { cookies: [second.cookie, omar] }), '__Host-session');
  expect((await ask('/', { cookies: [vera] })).body).toContain('Vera Lund, may look');
  expect((await ask('/', { cookies: [omar] })).status).toBe(303);
});

test('who is in none of the groups is told so, by name, and is not signed in', async () => {
  const { back, cookie } = await pick('local-noah');
  const answer = await ask(back, { cookies: [cookie] });
  expect([answer.status, pair(answer, '__Host-session')]).toEqual([403, '']);
  expect(answer.body).toContain('We know who you are, Noah Stone');
});

describe('nobody is signed in', () => {
  const wrong: readonly (readonly [what: string, come: () => Promise<Answer>])[] = [
    ['in a browser that did not begin it', async () => ask((await pick('local-omar')).back)],
    [
      'by the code of a sign-in that another browser began',
      async () => {
        const [theirs, ours] = [await pick('local-omar'), await pick('local-omar')];
        return ask(theirs.back, { cookies: [ours.cookie] });
      },
    ],
    [
      'by a stolen code under one’s own state',
      async () => {
        const [theirs, ours] = [await pick('local-omar'), await pick('local-omar')];
        const code = new URLSearchParams(theirs.back.split('?')[1]).get('code') ?? '';
        return ask(ours.back.replace(/code=[^&]+/, `code=${code}`), { cookies: [ours.cookie] });
      },
    ],
    [
      'twice by one code',
      async () => {
        const { back, cookie } = await pick('local-omar');
        await ask(back, { cookies: [cookie] });
        return ask(back, { cookies: [cookie] });
      },
    ],
    [
      'when the identity provider said no',
      async () => {
        const { back, cookie } = await pick('local-omar');
        return ask(back.replace(/code=[^&]+/, 'error=access_denied'), { cookies: [cookie] });
      },
    ],
    [
      'by a token that is too old',
      async () => {
        const { back, cookie } = await pick('local-omar');
        setClock('2026-11-03T09:02:00Z');
        return ask(back, { cookies: [cookie] });
      },
    ],
    ['by a made-up code', async () => ask('/signed-in?code=x&state=y', { cookies: [(await pick('local-omar')).cookie] })],
  ];

  test.each(wrong)('%s', async (_, come) => {
    const answer = await come();
    expect([answer.status, pair(answer, '__Host-session')]).toEqual([400, '']);
    expect(answer.body).toContain('The sign-in was not completed');
  });
});
