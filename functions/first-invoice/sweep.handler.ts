import * as z from 'zod';
import { scheduleDoor } from '../aws/schedule-door.ts';
import { sweepReviews } from './look-again.ts';
import { tellCustomer } from './tell-customer.ts';

/** Every hour: reminders, deadlines and legal limits of first invoices. */
export const handler = scheduleDoor(z.object({}), (scheduledAt) => sweepReviews(scheduledAt, tellCustomer));
