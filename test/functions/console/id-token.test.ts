import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { identify, roleIn } from '../../../functions/console/id-token.ts';

const NOW = new Date('2026-11-04T06:00:00Z');
const AT = NOW.getTime() / 1000;
const EXPECTED = { issuer: 'https://login.carrier.example', clientId: 'carrierpost-console', nonce: 'of-this-sign-in' };
const GROUPS = { claim: 'groups', view: 'billing-readers', act: 'billing-team' };
const GOOD = {
  ...{ iss: EXPECTED.issuer, aud: EXPECTED.clientId, sub: 'u-1', iat: AT - 5, exp: AT + 300, nonce: EXPECTED.nonce },
  ...{ name: 'Omar Reyes', groups: ['billing-team'] },
};

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let ours: Pair;
let theirs: Pair;
let keys: ReturnType<typeof createLocalJWKSet>;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] });
});

const signed = (claims: JWTPayload, key = ours.privateKey, header: { alg: string; kid?: string } = { alg: 'RS256', kid: 'k1' }) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key);
const judge = (token: string) => identify(token, keys, EXPECTED, GROUPS, NOW);

test('a good token names its person and role', async () => {
  expect(await judge(await signed(GOOD))).toEqual({ is: 'person', person: { subject: 'u-1', name: 'Omar Reyes', role: 'act' } });
});

test.each([
  ['several audiences and us as the one it was made for', { aud: [EXPECTED.clientId, 'other'], azp: EXPECTED.clientId }],
  ['a clock that is 20 seconds behind', { exp: AT - 20 }],
  ['a clock that is 20 seconds ahead', { iat: AT + 20 }],
])('so does one with %s', async (_, claims) => {
  expect(await judge(await signed({ ...GOOD, ...claims }))).toMatchObject({ is: 'person' });
});

describe('nobody is signed in by', () => {
  test.each([
    ['another issuer', { iss: 'https://login.other.example' }],
    ['an issuer that only begins so', { iss: `${EXPECTED.issuer}.evil.example` }],
    ['another audience', { aud: 'carrierpost' }],
    ['several audiences without saying whose it is', { aud: [EXPECTED.clientId, 'other'] }],
    ['a token that was made for another client', { azp: 'other' }],
    ['an expired token', { exp: AT - 31 }],
    ['a token of tomorrow', { nbf: AT + 86_400 }],
    ['a token that was issued in the future', { iat: AT + 3600, exp: AT + 7200 }],
    ['another nonce', { nonce: 'of-another-sign-in' }],
    ['no nonce', { nonce: undefined }],
    ['no expiry', { exp: undefined }],
    ['no time of issue', { iat: undefined }],
    ['no subject', { sub: undefined }],
  ])('%s', async (_, claims) => {
    expect(await judge(await signed({ ...GOOD, ...claims } as JWTPayload))).toMatchObject({ is: 'not genuine' });
  });

  test('a signature of somebody else', async () => {
    expect(await judge(await signed(GOOD, theirs.privateKey))).toMatchObject({ is: 'not genuine' });
  });

  test('a key that is not known', async () => {
    expect(await judge(await signed(GOOD, ours.privateKey, { alg: 'RS256', kid: 'k9' }))).toMatchObject({ is: 'not genuine' });
  });

  test('no signature', async () => {
    expect(await judge(new UnsecuredJWT(GOOD).encode())).toMatchObject({ is: 'not genuine' });
  });

  test('a shared secret that is the public key', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(ours.publicKey)));
    const token = await new SignJWT(GOOD).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
    expect(await judge(token)).toMatchObject({ is: 'not genuine' });
  });

  test('changed claims', async () => {
    const [head, , mac] = (await signed({ ...GOOD, groups: ['billing-readers'] })).split('.');
    const body = Buffer.from(JSON.stringify(GOOD)).toString('base64url');
    expect(await judge(`${head}.${body}.${mac}`)).toMatchObject({ is: 'not genuine' });
  });

  test.each(['', 'x', 'a.b.c', '..'])('%j', async (token) => {
    expect(await judge(token)).toMatchObject({ is: 'not genuine' });
  });
});

test('keys that cannot be fetched are no fault of the token', async () => {
  const away = () => Promise.reject(new TypeError('fetch failed'));
  await expect(identify(await signed(GOOD), away, EXPECTED, GROUPS, NOW)).rejects.toThrow('fetch failed');
});

test.each([
  ['who acts', ['billing-team'], 'act'],
  ['who acts and looks', ['billing-readers', 'billing-team'], 'act'],
  ['who looks', ['billing-readers', 'others'], 'view'],
  ['who is in one group, as text', 'billing-readers', 'view'],
  ['who is in other groups', ['others'], undefined],
  ['who is in a group that only sounds so', ['billing-team-guests'], undefined],
  ['who is in none', [], undefined],
  ['who says nothing of groups', undefined, undefined],
])('the role of somebody %s', (_, groups, role) => {
  expect(roleIn({ groups }, GROUPS)).toBe(role);
});

test('who has no role is told by name, and a person without a name by its subject', async () => {
  expect(await judge(await signed({ ...GOOD, groups: [] }))).toEqual({ is: 'no role', name: 'Omar Reyes' });
  expect(await judge(await signed({ ...GOOD, name: ' ' }))).toMatchObject({ person: { name: 'u-1' } });
});
