import { peek } from '../dead-letters/dead-letters.ts';
import { type Cloud, waitUntilIdle } from './cloud.ts';
import { Failed } from './output.ts';

/**
 * Waits until billing has done what a person asked for.
 * @param eventId of the request
 * @throws Failed with the reason, when it was refused
 */
export async function waitForBilling(cloud: Cloud, eventId: string): Promise<void> {
  await waitUntilIdle(cloud);
  const refused = (await peek('billing')).find((letter) => letter.eventId === eventId);
  if (refused) throw new Failed(refused.reason);
}
