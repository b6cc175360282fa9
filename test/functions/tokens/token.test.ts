import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signToken, verifyToken } from '../../../functions/tokens/token.ts';
import type { TokenKeys } from '../../../functions/tokens/token-keys.ts';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const KEYS: TokenKeys = { current: 'k1', keys: { k1: key(1) } };
const ROTATED: TokenKeys = { current: 'k2', keys: { k1: key(1), k2: key(2) } };
const claims = { ocn: '100234', bcn: 'B4711', period: '2026-10', contactId: 'C1' };
const token = signToken({ purpose: 'document', ...claims }, KEYS);

describe('tokens', () => {
  test('what was signed is what is read, for its purpose alone', () => {
    expect(verifyToken(token, 'document', KEYS)).toEqual(claims);
    expect(verifyToken(token, 'unsubscribe', KEYS)).toBeUndefined();
  });

  test('the same claims give the same token, safe in a URL', () => {
    expect(signToken({ purpose: 'document', ...claims }, KEYS)).toBe(token);
    expect(token).toMatch(/^v1\.k1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
  });

  test('a retired key still verifies, a removed one does not, a foreign one never did', () => {
    expect(verifyToken(token, 'document', ROTATED)).toEqual(claims);
    expect(signToken({ purpose: 'document' }, ROTATED)).toMatch(/^v1\.k2\./);
    expect(verifyToken(token, 'document', { current: 'k2', keys: { k2: key(2) } })).toBeUndefined();
    expect(verifyToken(token, 'document', { current: 'k1', keys: { k1: key(9) } })).toBeUndefined();
  });

  test('any change of any character opens nothing', () => {
    const index = fc.integer({ min: 0, max: token.length - 1 });
    fc.assert(
      fc.property(index, fc.constantFrom(...'AZaz09-_.= '), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        expect(verifyToken(changed, 'document', KEYS)).toEqual(changed === token ? claims : undefined);
      }),
      { numRuns: 500 },
    );
  });

  test('any cut, any text opens nothing and never throws', () => {
    for (let length = 0; length < token.length; length += 1) expect(verifyToken(token.slice(0, length), 'document', KEYS)).toBeUndefined();
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => verifyToken(text, 'document', KEYS) === undefined));
    expect(verifyToken(`v1.constructor.${'a'.repeat(20)}.b`, 'document', KEYS)).toBeUndefined();
  });

  test('claims cannot smuggle in another purpose', () => {
    const forged = signToken({ ...claims, purpose: 'document' }, KEYS);
    expect(verifyToken(forged, 'document', KEYS)).toEqual(claims);
  });
});
