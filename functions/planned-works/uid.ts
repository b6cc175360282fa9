import { createHash } from 'node:crypto';
import { type Scope, scopeKey } from './scopes.ts';

/**
 * The UID of an invitation: stable for works, window, customer and scope, and nothing that a stranger could guess another one from.
 * RFC 7986, 5.3 wants no names in it.
 */
export function uidOf(worksId: string, windowId: string, ocn: string, scope: Scope): string {
  const text = JSON.stringify([worksId, windowId, ocn, scopeKey(scope)]);
  return `${createHash('sha256').update(text).digest('hex').slice(0, 40)}@works`;
}
