import * as z from 'zod';
import { scheduleDoor } from '../aws/schedule-door.ts';
import { sweep } from './sweep.ts';

/** Every minute: messages whose instant has come. */
export const handler = scheduleDoor(z.object({}), (scheduledAt) => sweep(scheduledAt));
