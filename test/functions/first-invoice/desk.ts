import { now } from '../../../functions/aws/clock.ts';
import { ownEvent } from '../../../functions/events/cloud-event.ts';
import { getReview } from '../../../functions/first-invoice/review-store.ts';
import { contextOf, eventsIn, setClock, sqsEvent } from '../../emulators/cloud.ts';
import { drain, work } from '../billing/month.ts';

export const ANNA = { contactId: 'P1', name: 'Anna Beispiel' };
export const BEN = { contactId: 'P2', name: 'Ben Beispiel' };
export const JANE = { by: 'Jane Clerk', reason: 'confirmed by phone' };

/** Lets billing and the review talk to each other until nobody has anything to say. */
export async function settleAll(): Promise<void> {
  const { handler } = await import('../../../functions/first-invoice/first-invoices.handler.ts');
  for (let idle = false; !idle; ) {
    await drain();
    const events = await eventsIn('first-invoices.fifo');
    idle = events.length === 0;
    for (const event of events) {
      const { batchItemFailures } = await handler(sqsEvent('first-invoices.fifo', event), contextOf('first-invoices'));
      if (batchItemFailures.length > 0) throw new Error(`The review did not take ${event.type}`);
    }
  }
}

/** The hour strikes: reminders, deadlines, warnings, and everything that follows. */
export async function strike(at: string): Promise<void> {
  setClock(at);
  const { handler } = await import('../../../functions/first-invoice/sweep.handler.ts');
  await handler({ scheduledTime: at }, contextOf('first-invoice-sweep'));
  await settleAll();
}

/** New data come through the intake. */
export async function tellChanged(bcn: string, period: string, key: string): Promise<void> {
  await work('billing', ownEvent('billing.bills.changed', `${bcn}/${key}`, { period, bcns: [bcn] }, now()));
  await settleAll();
}

export async function stateOf(bcn: string, period: string): Promise<string> {
  const review = await getReview(bcn, period);
  return review ? `${review.state} ${review.version}` : 'none';
}
