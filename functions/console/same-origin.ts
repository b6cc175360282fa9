import type { GateRequest } from '../aws/authorizer-door.ts';

const READS = new Set(['GET', 'HEAD']);

/**
 * False for a request that none of our own pages makes: under another name than the console's, or a form that another site's page sends.
 * A browser says where a form comes from (`Origin`, `Sec-Fetch-Site`); one that says neither is refused too.
 * @param origin the console's own: `https://billing.carrier.example`
 */
export function isFromOurPages({ method, host, headers }: Pick<GateRequest, 'method' | 'host' | 'headers'>, origin: string): boolean {
  if (host.toLowerCase() !== new URL(origin).host) return false;
  if (READS.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return headers.origin === undefined ? site === 'same-origin' : headers.origin === origin;
}
