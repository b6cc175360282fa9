import { createHash } from 'node:crypto';
import { expression } from '../aws/expression.ts';
import { getItem, type Key, type Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import type { Run, RunRequest } from './run.ts';
import { findRun } from './run-store.ts';
import { isHandedOver } from './turn.ts';

// RERUNS#<period>#<calendar> / SCOPE#<hash>: the newest late batch that a person asked for with exactly these accounts.

interface Holder {
  readonly runId: string;
  readonly eventId: string;
}

/**
 * The late batch that these accounts were asked for last.
 * @throws PermanentError when it is under way for another request: of two that ask for the same, one runs
 */
export async function holderOf(month: Run, request: RunRequest): Promise<Holder | undefined> {
  const holder = await getItem<Holder>('billing', keyOf(month, request));
  if (!holder || holder.eventId === request.eventId) return holder;
  const run = await findRun(holder.runId);
  if (!run || (await isHandedOver(run))) return holder;
  const { requestedBy = '', reason = '' } = run.request ?? {};
  throw new PermanentError(
    `The same accounts of ${month.period} ${month.calendar} are under way in run ${run.runId}, which ${requestedBy} asked for at ${run.createdAt} (${reason}): ask again when it is delivered`,
  );
}

/** Takes the accounts for a batch, provided that nobody else did since. */
export function takeScope(month: Run, request: RunRequest, runId: string, holder: Holder | undefined): Write {
  const { eventId } = request;
  const when = holder ? expression`#runId = ${holder.runId}` : expression`attribute_not_exists(#pk)`;
  return { table: 'billing', put: { ...keyOf(month, request), runId, eventId }, when };
}

function keyOf({ period, calendar }: Run, { bcns, correct }: RunRequest): Key {
  const accounts = bcns ? [...bcns].sort().join(' ') : 'all';
  const scope = createHash('sha256')
    .update(`${correct ? 'correct ' : ''}${accounts}`)
    .digest('hex')
    .slice(0, 32);
  return { pk: `RERUNS#${period}#${calendar}`, sk: `SCOPE#${scope}` };
}
