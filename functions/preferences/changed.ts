import * as z from 'zod';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvents } from '../aws/queues.ts';
import { ownEvent } from '../events/cloud-event.ts';

/** `preferences.changed`: a contact of a customer decided something; whoever writes to the customer looks again. */
export const PREFERENCES_CHANGED = 'preferences.changed';

export const preferencesChanged = z.object({ ocn: z.string().min(1).max(64), changeId: z.string().min(1).max(200) });

/**
 * Tells that a decision is in force. Saying it again within five minutes is one event.
 * @param changeId the decision that stands
 */
export async function tellChanged(ocn: string, changeId: string, now: Date): Promise<void> {
  const event = ownEvent(PREFERENCES_CHANGED, `${ocn}/${changeId}`, { ocn, changeId }, now);
  await sendEvents(queueUrlOf('planned-works.fifo'), [{ event, group: `preferences ${ocn}`, deduplicationId: event.id }]);
}
