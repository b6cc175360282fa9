import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { QUEUED, queuedData } from './message.ts';
import { readPostSettings } from './post-settings.ts';
import { sendMessage } from './send.ts';

/** One message of a mail queue. The four mail queues share this code; each has its own function, so none waits for another. */
export const handler = queueDoor({
  [QUEUED]: route(queuedData, async ({ data: { messageId, slot } }) => sendMessage(messageId, slot, await readPostSettings(now()), now())),
});
