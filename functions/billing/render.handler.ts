import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { chunkWork } from './events.ts';
import { renderChunk } from './render.ts';

/** Documents are rendered and stored unseen; the last stage of a chunk before its publication. */
export const handler = queueDoor({
  'billing.chunk.render': route(chunkWork, ({ data, id }) => renderChunk(data, `event billing.chunk.render ${id}`, now())),
});
