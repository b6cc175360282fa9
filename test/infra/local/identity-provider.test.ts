import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeServer, listen, portOf } from '../../../infra/local/emulators/http.ts';
import { startIdentityProvider } from '../../../infra/local/identity/identity-provider.ts';
import { LocalIssuer } from '../../../infra/local/runtime/jwt.ts';
import { StateFolder } from '../../../infra/local/state.ts';

const CLIENT = { id: 'carrierpost-console', redirectUri: 'http://127.0.0.1:9/signed-in' };
const VERIFIER = 'v'.repeat(43);
const GOOD = {
  response_type: 'code',
  client_id: CLIENT.id,
  redirect_uri: CLIENT.redirectUri,
  scope: 'openid profile',
  state: 'the-state',
  nonce: 'the-nonce',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
};

const folder = mkdtempSync(join(tmpdir(), 'identity-'));
let clock = Date.parse('2026-11-04T06:00:00Z');
let server: Server;
let origin = '';

beforeAll(async () => {
  const free = await listen(0, async () => undefined);
  const port = portOf(free);
  await closeServer(free);
  origin = `http://127.0.0.1:${port}`;
  const issuer = new LocalIssuer(new StateFolder(folder), () => clock);
  server = await startIdentityProvider({ issuer, now: () => clock, origin, client: CLIENT }, port);
});
afterAll(async () => {
  await closeServer(server);
  rmSync(folder, { recursive: true });
});

const form = (path: string, fields: Record<string, string>) =>
  fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const pick = (person: string, changes: Record<string, string> = {}) => form('/authorize', { ...GOOD, ...changes, person });
const redeem = (code: string, changes: Record<string, string> = {}) =>
  form('/token', {
    ...{ grant_type: 'authorization_code', code, client_id: CLIENT.id, redirect_uri: CLIENT.redirectUri, code_verifier: VERIFIER },
    ...changes,
  });

async function codeFor(person: string): Promise<string> {
  const back = new URL((await pick(person)).headers.get('location') ?? '');
  expect([`${back.origin}${back.pathname}`, back.searchParams.get('state')]).toEqual([CLIENT.redirectUri, 'the-state']);
  return back.searchParams.get('code') ?? '';
}

test('its discovery document names what it has, and its keys verify what it signs', async () => {
  const found = (await (await fetch(`${origin}/.well-known/openid-configuration`)).json()) as Record<string, string>;
  expect(found.issuer).toBe(origin);
  const { id_token: token } = (await (await redeem(await codeFor('local-ines'))).json()) as { id_token: string };
  const keys = createRemoteJWKSet(new URL(found.jwks_uri ?? ''));
  const { payload } = await jwtVerify(token, keys, { issuer: origin, audience: CLIENT.id, currentDate: new Date(clock) });
  expect(payload).toMatchObject({
    sub: 'local-ines',
    name: 'Ines Falk',
    groups: ['carrierpost-view', 'carrierpost-act'],
    nonce: 'the-nonce',
  });
});

test.each([
  ['another client', { client_id: 'somebody' }],
  ['another address', { redirect_uri: 'https://evil.example/' }],
  ['another flow', { response_type: 'token' }],
  ['a plain challenge', { code_challenge_method: 'plain' }],
  ['no challenge', { code_challenge: '' }],
  ['no state', { state: '' }],
  ['no nonce', { nonce: '' }],
  ['no openid', { scope: 'profile' }],
])('%s gets no further, and is sent nowhere', async (_, changes) => {
  const asked = await fetch(`${origin}/authorize?${new URLSearchParams({ ...GOOD, ...changes })}`, { redirect: 'manual' });
  const picked = await pick('local-omar', changes);
  expect([asked.status, picked.status, picked.headers.get('location')]).toEqual([400, 400, null]);
});

test.each([
  ['another verifier', { code_verifier: 'w'.repeat(43) }],
  ['another address', { redirect_uri: 'http://127.0.0.1:8/signed-in' }],
  ['another client', { client_id: 'somebody' }],
  ['another grant', { grant_type: 'refresh_token' }],
])('a code is not redeemed with %s', async (_, changes) => {
  expect((await redeem(await codeFor('local-omar'), changes)).status).toBe(400);
});

test('a code is good once, and for a minute', async () => {
  const code = await codeFor('local-omar');
  expect([(await redeem(code)).status, (await redeem(code)).status]).toEqual([200, 400]);
  const late = await codeFor('local-omar');
  clock += 61_000;
  expect((await redeem(late)).status).toBe(400);
});

test('a wrong verifier spends the code', async () => {
  const code = await codeFor('local-omar');
  await redeem(code, { code_verifier: 'w'.repeat(43) });
  expect((await redeem(code)).status).toBe(400);
});
