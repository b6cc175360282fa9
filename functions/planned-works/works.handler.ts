import { now } from '../aws/clock.ts';
import { logger } from '../aws/log.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { storeWorks } from './store.ts';
import { plannedWorks } from './works.ts';

/** The queue `planned-works.fifo`: network works as they are planned, changed and cancelled. */
export const handler = queueDoor({
  'planned-works.published': route(plannedWorks, async (event) => {
    const { worksId, revision } = event.data;
    if (!(await storeWorks(event, now()))) logger.info('The same or a higher revision of these works is known', { worksId, revision });
  }),
});
