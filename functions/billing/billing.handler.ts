import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import { compareWithIssued, periodCompleted } from './changes.ts';
import { requestCorrection } from './correct.ts';
import {
  billsChanged as billsChangedData,
  correctionRequested,
  directoryChanged,
  invoiceApproved,
  invoiceRejected,
  issuedCompare,
  periodCompleted as periodCompletedData,
  runPlan,
  runRequested,
  runSettle,
} from './events.ts';
import { lookAtDrafts } from './look-at-drafts.ts';
import { planPage } from './plan.ts';
import { rejectFirst, releaseFirst, takeChangedBills } from './release-first.ts';
import { requestRerun } from './rerun.ts';
import { settleWithNext } from './settle-next.ts';

/** The door of everything that decides about bill runs; the work on accounts is done behind other doors. */
export const handler = queueDoor({
  'billing.run.requested': route(runRequested, (event) => requestRerun(event.data, idOf(event), now())),
  'billing.correction.requested': route(correctionRequested, (event) => requestCorrection(event.data, idOf(event), now())),
  'billing.period.completed': route(periodCompletedData, (event) =>
    periodCompleted(event.data.period, event.data.calendar, causeOf(event), now()),
  ),
  'billing.bills.changed': route(billsChangedData, (event) => takeChangedBills(event.data.period, event.data.bcns, causeOf(event), now())),
  'billing.issued.compare': route(issuedCompare, (event) => {
    const { period, calendar, bcns } = event.data;
    return compareWithIssued(period, calendar, bcns, causeOf(event), now());
  }),
  'billing.directory.changed': route(directoryChanged, ({ data }) => lookAtDrafts(data.importId, now())),
  'invoice.approved': route(invoiceApproved, (event) => releaseFirst(event.data, now())),
  'invoice.rejected': route(invoiceRejected, ({ data }) => rejectFirst(data, now())),
  'billing.run.plan': route(runPlan, (event) => planPage(event.data, causeOf(event), now())),
  'billing.run.settle': route(runSettle, (event) => settleWithNext(event.data.runId, event.data.cause, now())),
});

function causeOf(event: CloudEvent): string {
  return `event ${event.type} ${idOf(event)}`;
}

function idOf({ source, id }: CloudEvent): string {
  return `${source} ${id}`;
}
