import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvents } from '../aws/queues.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { TELL } from './events.ts';
import { affectedBy } from './gather.ts';
import { customersOf, getWorks, noteUnknown, openFor, putCustomer } from './works-store.ts';

const PARALLEL_WRITES = 16;

/**
 * Asks for a decision about every customer that the works touch or ever touched. The services' pointers are written before the services are
 * read, and the customers' before they are decided: whatever the directory learns meanwhile finds the works.
 * @param cause the event or change that it comes from
 */
export async function fanOut(worksId: string, cause: string, now: Date): Promise<void> {
  const state = await getWorks(worksId);
  if (!state?.told) return;
  const { told } = state;
  const limit = pLimit(PARALLEL_WRITES);
  await Promise.all(told.services.map(({ serviceId }) => limit(() => openFor({ serviceId }, told))));
  const { byCustomer, unknownServices } = await affectedBy(told);
  const ocns = [...new Set([...byCustomer.keys(), ...(await customersOf(worksId))])];
  await Promise.all(
    ocns.map((ocn) =>
      limit(async () => {
        await putCustomer(worksId, ocn, byCustomer.get(ocn) ?? []);
        await openFor({ ocn }, told);
      }),
    ),
  );
  await noteUnknown(worksId, unknownServices);
  await askFor(
    ocns.map((ocn) => ({ worksId, ocn })),
    `${cause}, revision ${told.revision}`,
    now,
  );
}

/** Puts the question "what is this customer told now?" onto its queue, in order for each works and customer. */
export async function askFor(places: readonly { worksId: string; ocn: string }[], cause: string, now: Date): Promise<void> {
  const sendings = places.map(({ worksId, ocn }) => {
    const event = ownEvent(TELL, `${worksId}/${ocn}/${cause}/${now.toISOString()}`, { worksId, ocn, cause }, now);
    return { event, group: groupOf(worksId, ocn), deduplicationId: event.id };
  });
  await sendEvents(queueUrlOf('works-customers.fifo'), sendings);
}

/** Two ids of 64 characters are more than a group id holds. */
function groupOf(worksId: string, ocn: string): string {
  return createHash('sha256').update(`${worksId}#${ocn}`).digest('hex').slice(0, 32);
}
