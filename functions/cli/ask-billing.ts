import { randomUUID } from 'node:crypto';
import { now } from '../aws/clock.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { type Cloud, waitUntilIdle } from './cloud.ts';
import { peek } from './dead-letters.ts';
import { Failed } from './output.ts';

/** The source of what people ask for here. */
export const SOURCE = '/carrierpost-cli';

interface Request {
  readonly type: string;
  readonly subject: string;
  readonly data: object;
  readonly wait: boolean;
}

/**
 * Puts a person's request onto billing's queue.
 * @returns the event's id
 * @throws Failed with the reason, when somebody waits for it and it was refused
 */
export async function askBilling(cloud: Cloud, { type, subject, data, wait }: Request): Promise<string> {
  const id = randomUUID();
  const event = { specversion: '1.0', id, source: SOURCE, type, time: now().toISOString(), subject, data } as const;
  await sendEvent(queueUrlOf('billing'), { event });
  if (!wait) return id;
  await waitUntilIdle(cloud);
  const refused = (await peek('billing')).find(({ eventId }) => eventId === id);
  if (refused) throw new Failed(refused.reason);
  return id;
}
