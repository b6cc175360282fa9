import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { inputHash } from './draft.ts';
import type { RunRequested } from './events.ts';
import type { HeldDraft } from './held-drafts.ts';
import { inputOf } from './received.ts';

/**
 * Asks for a new draft where something else was delivered than the draft was made from: a late batch finds it out, and holds
 * it again.
 * @returns whether it asked
 */
export async function redraft({ bcn, period, version, input }: HeldDraft, now: Date): Promise<boolean> {
  const delivered = inputHash(await inputOf(period, bcn));
  if (delivered === input) return false;
  await askAgain({ bcn, period }, 'new data for a first invoice', `redraft/${bcn}/${period}/${version}/${delivered}`, now);
  return true;
}

/** Has an account go through its period again. The same key asks once. */
export async function askAgain({ bcn, period }: Pick<HeldDraft, 'bcn' | 'period'>, reason: string, key: string, now: Date): Promise<void> {
  const data: RunRequested = { period, bcns: [bcn], reason, requestedBy: 'carrierpost', resend: 'never' };
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('billing.run.requested', key, data, now) });
}
