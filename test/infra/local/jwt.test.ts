import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LocalIssuer, type TokenWish } from '../../../infra/local/runtime/jwt.ts';
import { StateFolder } from '../../../infra/local/state.ts';

const folders = ['ours', 'theirs'].map((name) => mkdtempSync(join(tmpdir(), `issuer-${name}-`)));
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const NOW = Date.parse('2026-11-04T06:00:00Z');
const [ours, theirs] = folders.map((folder) => new LocalIssuer(new StateFolder(folder), () => NOW)) as [LocalIssuer, LocalIssuer];
const WANTED = { issuer: 'https://login.carrier.example', audiences: ['carrierpost'], scopes: ['documents.read'] };
const GOOD: TokenWish = {
  issuer: WANTED.issuer,
  audience: 'carrierpost',
  scope: 'profile documents.read',
  seconds: 60,
  claims: { ocn: '100201' },
};
const bearing = (changes: Partial<TokenWish> = {}) => `Bearer ${ours.token({ ...GOOD, ...changes })}`;

test('a token as it should be is told to the function, after a restart too', () => {
  const told = { claims: { ocn: '100201', aud: 'carrierpost' }, scopes: ['documents.read'] };
  expect(ours.judge(bearing(), WANTED)).toMatchObject(told);
  expect(new LocalIssuer(new StateFolder(folders[0] ?? ''), () => NOW).judge(bearing(), WANTED)).toMatchObject(told);
  expect(ours.judge(bearing({ scope: '' }), { ...WANTED, scopes: [] })).toMatchObject({ scopes: null });
});

const REFUSED: readonly (readonly [what: string, header: () => string | undefined, status: 401 | 403])[] = [
  ['no token', () => undefined, 401],
  ['something else', () => 'Basic YTpi', 401],
  ['an expired token', () => bearing({ seconds: -1 }), 401],
  ['a token that is valid from tomorrow', () => bearing({ claims: { nbf: NOW / 1000 + 86_400 } }), 401],
  ['another audience', () => bearing({ audience: 'billing-portal' }), 401],
  ['another issuer', () => bearing({ issuer: 'https://login.other.example' }), 401],
  ['another one’s key', () => `Bearer ${theirs.token(GOOD)}`, 401],
  ['a changed claim', () => swapped(bearing(), { ocn: '100202' }), 401],
  ['no signature', () => `${bearing().split('.').slice(0, 2).join('.')}.`, 401],
  ['too little scope', () => bearing({ scope: 'profile' }), 403],
];

test.each(REFUSED)('%s is refused', (_, header, status) => {
  expect(ours.judge(header(), WANTED)).toBe(status);
});

function swapped(header: string, claims: object): string {
  const [head, body = '', signature] = header.split('.');
  const changed = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...claims };
  return [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}
