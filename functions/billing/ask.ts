import { randomUUID } from 'node:crypto';
import type { ActName, Doer, Subject, Values } from '../audit/human-act.ts';
import { record } from '../audit/trail.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { CorrectionRequested, RunRequested } from './events.ts';

/** The source of what people ask billing for. */
export const PEOPLE = '/carrierpost-cli';

/** What is known of who asks, beside the name that stands in the request. */
type Asking = Pick<Doer, 'identity' | 'approvedBy'>;

/**
 * Asks for a rerun, in the name of a person.
 * @param id of the event: said again with the same one, it is done once
 * @returns the event's id
 */
export function askForRerun(asked: RunRequested, asking: Asking, now: Date, id: string = randomUUID()): Promise<string> {
  const { period, calendar, bcns, ocns, only, resend } = asked;
  const after = { resend, only, accounts: bcns?.length, customers: ocns?.length };
  return ask(
    'billing.run.requested',
    asked,
    asking,
    { what: 'rerun.ask', eventSubject: period, subject: { period, calendar, bcns, ocns }, after, id },
    now,
  );
}

/**
 * Asks for the correction of what was issued, in the name of a person.
 * @returns the event's id
 */
export function askForCorrection(asked: CorrectionRequested, asking: Asking, now: Date): Promise<string> {
  const { period, bcn } = asked;
  return ask(
    'billing.correction.requested',
    asked,
    asking,
    { what: 'correction.ask', eventSubject: bcn, subject: { bcn, period }, id: randomUUID() },
    now,
  );
}

interface Asked {
  readonly what: ActName;
  readonly subject: Subject;
  readonly eventSubject: string;
  readonly after?: Values;
  readonly id: string;
}

/** The trail has the act before billing has the request: what was asked is never without who asked it. */
async function ask(
  type: string,
  data: RunRequested | CorrectionRequested,
  asking: Asking,
  { eventSubject: subject, id, ...act }: Asked,
  now: Date,
): Promise<string> {
  const event: CloudEvent = { specversion: '1.0', id, source: PEOPLE, type, time: now.toISOString(), subject, data };
  const doer = { ...asking, by: data.requestedBy, reason: data.reason };
  await record({ ...act, actId: `${PEOPLE} ${id}`, doer, ledTo: `event ${type} ${PEOPLE} ${id}` }, now);
  await sendEvent(queueUrlOf('billing'), { event });
  return id;
}
