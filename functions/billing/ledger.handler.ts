import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { publicationRecord, seriesRecord } from './events.ts';
import { recordPublication, recordSeries } from './ledger.ts';

/** What was issued goes back to the carrier's ledger, and to the auditor. */
export const handler = queueDoor({
  'billing.publication.record': route(publicationRecord, ({ data }) => recordPublication(data.runId, now())),
  'billing.series.record': route(seriesRecord, ({ data }) => recordSeries(data.series)),
});
