import * as z from 'zod';
import { now } from '../aws/clock.ts';
import { scheduleDoor } from '../aws/schedule-door.ts';
import { sweepRuns } from './sweep.ts';

/** Every few minutes: what was published but not queued, and what has stalled. */
export const handler = scheduleDoor(z.object({}).loose(), () => sweepRuns(now()));
