import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { PREFERENCES_CHANGED, preferencesChanged } from '../preferences/changed.ts';
import { RECONSIDER, worksReconsider } from './events.ts';
import { fanOut } from './fan-out.ts';
import { reconsider } from './reconsider.ts';
import { takeWorks } from './take-works.ts';
import { plannedWorks } from './works.ts';

/** The queue `planned-works.fifo`: network works as they are planned, changed and cancelled. */
export const handler = queueDoor({
  'planned-works.published': route(plannedWorks, (event) => takeWorks(event, Number(setting('WORKS_RECIPIENT_LIMIT')), now())),
  [PREFERENCES_CHANGED]: route(preferencesChanged, ({ data }) =>
    reconsider({ ocns: [data.ocn] }, `event ${PREFERENCES_CHANGED} ${data.changeId}`, now()),
  ),
  [RECONSIDER]: route(worksReconsider, ({ data }) => fanOut(data.worksId, data.cause, now())),
});
