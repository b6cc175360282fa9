import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { chunkWork } from './events.ts';
import { prepareChunk } from './prepare.ts';

/** Accounts are validated and laid out; the first stage of a chunk. */
export const handler = queueDoor({
  'billing.chunk.prepare': route(chunkWork, ({ data }) => prepareChunk(data, now())),
});
