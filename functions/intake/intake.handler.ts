import * as z from 'zod';
import { now } from '../aws/clock.ts';
import { bucketNamed } from '../aws/environment.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { announcementOf, received } from './received.ts';
import { continueImport, startImport } from './run-import.ts';

const continued = z.object({ importId: z.string().regex(/^[0-9a-f]{32}$/, { error: 'the id of an import is expected' }) });

/** The queue `intake`: a carrier's export has arrived, or an import goes on. */
export const handler = queueDoor({
  'intake.received': route(received, async (event, context) => {
    const at = now();
    await startImport(announcementOf(event, bucketNamed('intake'), at), { now: at, timeLeft: () => context.getRemainingTimeInMillis() });
  }),
  'intake.continued': route(continued, async ({ data }, context) => {
    await continueImport(data.importId, { now: now(), timeLeft: () => context.getRemainingTimeInMillis() });
  }),
});
