import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { TokenKeys } from './token-keys.ts';

export type Claims = Readonly<Record<string, string>>;

const VERSION = 'v1';
const MAX_TOKEN = 2048;

const claimsSchema = z.record(z.string(), z.string());

/**
 * Signs claims for one purpose: `v1.<key id>.<payload>.<HMAC-SHA-256>`, all URL-safe. The payload is readable: never put an address into it.
 * @param claims what the link is bound to; the same claims and keys give the same token
 */
export function signToken({ purpose, ...claims }: { readonly purpose: string } & Claims, { current, keys }: TokenKeys): string {
  const payload = Buffer.from(JSON.stringify({ ...claims, purpose })).toString('base64url');
  const signed = `${VERSION}.${current}.${payload}`;
  return `${signed}.${signature(signed, keys[current] ?? '').toString('base64url')}`;
}

/**
 * The claims of a genuine token, without its purpose.
 * @returns undefined for anything else: tampered with, cut, of another purpose, signed with an unknown key
 */
export function verifyToken(token: string, purpose: string, { keys }: TokenKeys): Claims | undefined {
  if (token.length > MAX_TOKEN) return undefined;
  const [version, keyId, payload, mac, ...rest] = token.split('.');
  if (version !== VERSION || keyId === undefined || payload === undefined || mac === undefined || rest.length > 0) return undefined;
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (key === undefined || !isGenuine(`${version}.${keyId}.${payload}`, mac, key)) return undefined;
  const { purpose: found, ...claims } = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return found === purpose ? claims : undefined;
}

function isGenuine(signed: string, mac: string, key: string): boolean {
  const expected = signature(signed, key);
  const given = Buffer.from(mac, 'base64url');
  // base64url has several spellings of the same bytes; only the one that we write is ours.
  return given.length === expected.length && timingSafeEqual(given, expected) && given.toString('base64url') === mac;
}

function signature(text: string, key: string): Buffer {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest();
}
