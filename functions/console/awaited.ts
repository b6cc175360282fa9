import type { Run } from '../billing/run.ts';

/** Stands in the address to which a request led: when something was asked for. What comes of it may not stand on the page yet. */
export const ASKED_AT = 'asked';

/** A request that has come to nothing by then was refused, or found nothing to do. */
const COMES_WITHIN = 10 * 60_000;

/** True while a page has to look again for what was asked for: until a run stands there that was opened since. */
export function isAwaited(
  query: Readonly<Record<string, string | undefined>>,
  runs: readonly Pick<Run, 'createdAt'>[],
  now: Date,
): boolean {
  const since = Date.parse(query[ASKED_AT] ?? '');
  if (Number.isNaN(since) || now.getTime() > since + COMES_WITHIN) return false;
  return !runs.some(({ createdAt }) => Date.parse(createdAt) >= since);
}
