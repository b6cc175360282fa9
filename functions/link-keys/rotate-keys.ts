import { randomBytes } from 'node:crypto';
import type { Doer } from '../audit/human-act.ts';
import { record } from '../audit/trail.ts';
import { putSecret, secret } from '../aws/secrets.ts';
import { parseTokenKeys, rotated, type TokenKeys } from '../tokens/token-keys.ts';

const KEY_BYTES = 32;

/**
 * Lets a new key sign customers' links from now on; the one before it goes on opening its links for 13 months.
 * @param secretId where the keys are
 * @param doer who rotates them; the audit trail has it before the new key signs
 */
export async function rotateKeys(secretId: string, doer: Doer, now: Date): Promise<TokenKeys> {
  const ring = parseTokenKeys(await secret(secretId), now);
  const next = rotated(ring, randomBytes(KEY_BYTES).toString('base64'), now);
  const gone = Object.keys(ring.keys).filter((id) => !(id in next.keys));
  const after = { signs: next.current, ended: gone.join(', ') || undefined };
  await record({ actId: `keys/${next.current}`, what: 'keys.rotate', doer, subject: {}, before: { signs: ring.current }, after }, now);
  await putSecret(secretId, JSON.stringify(next));
  return next;
}
