import * as z from 'zod';
import { scheduleDoor } from '../aws/schedule-door.ts';
import { sweepWorks } from './look-again.ts';

/** Every hour: reminders that are due, contacts whose last day has passed. */
export const handler = scheduleDoor(z.object({}), (scheduledAt) => sweepWorks(scheduledAt));
