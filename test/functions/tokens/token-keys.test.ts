import { describe, expect, test } from 'vitest';
import { parseTokenKeys, rotated, type TokenKeys } from '../../../functions/tokens/token-keys.ts';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const ring: TokenKeys = { current: 'k1', keys: { k1: key(1) } };
const on = (date: string) => new Date(`${date}T09:00:00Z`);

describe('the ring of signing keys', () => {
  test('turns: a new key signs, the old one verifies for 13 months and is gone after that', () => {
    const turned = rotated(ring, key(2), on('2026-11-25'));
    expect(turned).toEqual({ current: 'k2', keys: { k1: key(1), k2: key(2) }, retired: { k1: '2026-11-25' } });
    const text = JSON.stringify(turned);
    expect(Object.keys(parseTokenKeys(text, on('2027-12-24')).keys)).toEqual(['k1', 'k2']);
    expect(Object.keys(parseTokenKeys(text, on('2027-12-26')).keys)).toEqual(['k2']);
    expect(rotated(turned, key(3), on('2027-12-26'))).toEqual({
      current: 'k3',
      keys: { k2: key(2), k3: key(3) },
      retired: { k2: '2027-12-26' },
    });
  });

  test('a key that nobody retired verifies, whatever the date', () => {
    const text = JSON.stringify({ current: 'k2', keys: { k1: key(1), k2: key(2) } });
    expect(Object.keys(parseTokenKeys(text, on('2036-01-01')).keys)).toEqual(['k1', 'k2']);
  });

  test.each([
    ['no current key', `{"current":"k2","keys":{"k1":"${key(1)}"}}`],
    ['a short key', '{"current":"k1","keys":{"k1":"AAAA"}}'],
    ['a retirement that is no date', `{"current":"k1","keys":{"k1":"${key(1)}"},"retired":{"k0":"soon"}}`],
    ['no JSON', 'k1'],
  ])('keys with %s are refused', (_, text) => {
    expect(() => parseTokenKeys(text, on('2026-11-25'))).toThrow();
  });
});
