import * as z from 'zod';

/** Signing keys by id. The current one signs; retired ones verify for 13 months: so long the links that they signed live. */
export interface TokenKeys {
  readonly current: string;
  /** 32 bytes each, base64. */
  readonly keys: Readonly<Record<string, string>>;
  /** The day on which a key stopped signing, `YYYY-MM-DD`. */
  readonly retired?: Readonly<Record<string, string>> | undefined;
}

const VERIFIES_MONTHS = 13;

const keyId = z.string().regex(/^[A-Za-z0-9-]{1,32}$/);
const tokenKeys = z
  .object({ current: z.string(), keys: z.record(keyId, z.base64()), retired: z.record(keyId, z.iso.date()).optional() })
  .refine(({ current, keys }) => keys[current] !== undefined, 'current must name one of the keys')
  .refine(({ keys }) => Object.values(keys).every((key) => Buffer.from(key, 'base64').length >= 32), 'every key needs 32 bytes or more');

/**
 * Reads the signing keys from a secret's text: `{"current":"k2","keys":{"k1":"<base64>","k2":"<base64>"},"retired":{"k1":"2026-11-25"}}`.
 * Keys whose 13 months are over are left out.
 * @throws ZodError or SyntaxError when it is something else
 */
export function parseTokenKeys(text: string, now: Date): TokenKeys {
  const { current, keys, retired = {} } = tokenKeys.parse(JSON.parse(text));
  const verifies = ([id]: [string, string]) => id === current || retired[id] === undefined || now < verifiesUntil(retired[id]);
  return { current, keys: Object.fromEntries(Object.entries(keys).filter(verifies)), retired };
}

/**
 * Lets a new key sign from now on; the one that signed until now is retired, and those whose 13 months are over are gone.
 * @param key 32 bytes or more, base64
 */
export function rotated(ring: TokenKeys, key: string, now: Date): TokenKeys {
  const on = now.toISOString().slice(0, 10);
  const numbers = Object.keys(ring.keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  const current = `k${Math.max(0, ...numbers) + 1}`;
  const next = { current, keys: { ...ring.keys, [current]: key }, retired: { ...ring.retired, [ring.current]: on } };
  const { keys, retired } = parseTokenKeys(JSON.stringify(next), now);
  return { current, keys, retired: Object.fromEntries(Object.entries(retired ?? {}).filter(([id]) => keys[id] !== undefined)) };
}

function verifiesUntil(retiredOn: string): Date {
  const until = new Date(`${retiredOn}T00:00:00Z`);
  until.setUTCMonth(until.getUTCMonth() + VERIFIES_MONTHS);
  return until;
}
