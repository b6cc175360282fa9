import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { chunkWork } from './events.ts';
import { numberChunk } from './number.ts';

/** Bills get their numbers, one worker per legal entity; the second stage of a chunk. */
export const handler = queueDoor({
  'billing.chunk.number': route(chunkWork, ({ data }) => numberChunk(data, now())),
});
