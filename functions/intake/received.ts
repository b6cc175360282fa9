import * as z from 'zod';
import type { CloudEvent } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import type { Announcement } from './import-state.ts';

const PREFIX = /^(?!\/)(?!.*(\.\.|\/\/))[A-Za-z0-9!_.*'()/-]{1,512}$/;

/** `intake.received`: a carrier's export is complete under this prefix. */
export const received = z.object({
  bucket: z.string({ error: "the intake bucket's name is expected" }),
  prefix: z.string({ error: 'a prefix is expected, such as "exports/2026-11-02"' }).regex(PREFIX, {
    error:
      'a prefix of 1 to 512 safe characters (A-Z a-z 0-9 ! _ . * \' ( ) / -) is expected, without ".." and "//", not beginning with "/"',
  }),
});

/**
 * What the event announces.
 * @param intakeBucket the only bucket that imports read from
 * @param now counts for an event without a time
 * @throws PermanentError for another bucket
 */
export function announcementOf(
  { id, source, time, data }: CloudEvent<z.output<typeof received>>,
  intakeBucket: string,
  now: Date,
): Announcement {
  const { bucket, prefix } = data;
  if (bucket !== intakeBucket) throw new PermanentError(`bucket is ${JSON.stringify(bucket)}: ${intakeBucket} is expected`, 'bucket');
  const at = time === undefined ? now : new Date(time);
  return { source, eventId: id, time: at.toISOString(), bucket, prefix: prefix.endsWith('/') ? prefix : `${prefix}/` };
}
