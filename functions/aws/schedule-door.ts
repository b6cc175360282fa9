import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { parseWith } from '../events/cloud-event.ts';

/** What every schedule passes: its own scheduled time, the only "today" (EventBridge Scheduler fills in the context attribute). */
const occasion = z.object({ scheduledTime: z.iso.datetime({ offset: true }) }).loose();

/**
 * The door of a scheduled function.
 * @param data what the schedule's input holds besides `scheduledTime`
 */
export function scheduleDoor<Schema extends z.ZodType>(
  data: Schema,
  handle: (scheduledAt: Date, data: z.output<Schema>, context: Context) => Promise<void>,
) {
  const door = async (input: unknown, context: Context): Promise<void> => {
    const { scheduledTime } = parseWith(occasion, input, 'The schedule');
    await handle(new Date(scheduledTime), parseWith(data, input, 'The schedule'), context);
  };
  return middy<unknown, void>().handler(door) as (input: unknown, context: Context) => Promise<void>;
}
