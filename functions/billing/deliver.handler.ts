import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { deliverChunk } from './deliver.ts';
import { chunkWork } from './events.ts';

/** What was published is handed to the outbox, chunk by chunk. */
export const handler = queueDoor({
  'billing.chunk.deliver': route(chunkWork, ({ data }) =>
    deliverChunk(data, `event billing.chunk.deliver ${data.runId}/${data.chunk}`, now()),
  ),
});
