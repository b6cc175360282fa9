import { randomUUID } from 'node:crypto';
import type { Doer } from '../audit/human-act.ts';
import { record } from '../audit/trail.ts';
import { bucketNamed, queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import { importIdOf } from './import-state.ts';

const SOURCE = '/carrierpost-load';

/**
 * Tells the intake that an export is complete in its bucket, in the name of a person.
 * @param prefix where its files are
 * @param time the export's place among the others: later ones win
 * @returns the id of the import
 */
export async function handIn(prefix: string, time: Date, doer: Doer, now: Date): Promise<string> {
  const [id, type] = [randomUUID(), 'intake.received'];
  const data = { bucket: bucketNamed('intake'), prefix };
  const event: CloudEvent = { specversion: '1.0', id, source: SOURCE, type, time: time.toISOString(), subject: prefix, data };
  const importId = importIdOf(SOURCE, id);
  await record({ actId: `${SOURCE} ${id}`, what: 'export.load', doer, subject: {}, after: { prefix }, ledTo: `import ${importId}` }, now);
  await sendEvent(queueUrlOf('intake'), { event });
  return importId;
}
