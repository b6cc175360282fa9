import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { publicationPrint } from './events.ts';
import { makePrintBatch } from './make-print-batch.ts';

/** What a publication issued to accounts that get post is laid out for whoever prints it. */
export const handler = queueDoor({
  'billing.publication.print': route(publicationPrint, ({ data }) => makePrintBatch(data, now())),
});
