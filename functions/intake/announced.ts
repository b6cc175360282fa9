import * as z from 'zod';
import { getObject, listObjects } from '../aws/objects.ts';
import { isPeriod } from '../calendars/dates.ts';
import { withoutBlanks } from '../directory/blanks.ts';
import { calendar, currency, decimal, fields, listOf, oneOf, whole } from '../directory/fields.ts';
import { type FieldIssue, fieldIssues } from '../events/cloud-event.ts';
import { exportFileOf } from './export-file.ts';

/** `complete-<calendar>.json`: what the carrier says a period of a calendar consists of. */
export const completionSchema = fields({
  period: z
    .string({ error: 'a period is expected, as YYYY-MM' })
    .refine(isPeriod, { error: 'a month that exists is expected, as YYYY-MM' }),
  calendar,
  delivery: oneOf('full', 'supplement'),
  sequence: whole(0, 1_000_000),
  bills: whole(0, 100_000_000),
  usageFiles: whole(0, 100_000_000),
  /** By path below the period's folder. */
  sha256: z
    .record(z.string().max(200), z.string().regex(/^[0-9a-fA-F]{64}$/, { error: 'a SHA-256 in 64 hexadecimal digits is expected' }), {
      error: 'an object with a SHA-256 for each path is expected',
    })
    .default({}),
  controlTotals: listOf(fields({ currency, net: decimal, gross: decimal })).default([]),
});

export type Completion = z.output<typeof completionSchema>;

export type ReadCompletion = { readonly completion: Completion } | { readonly issues: readonly FieldIssue[] };

/** A million lines of checksums. */
const LARGEST = 256 * 1024 * 1024;

/** The completions of a period in an export, by key order. */
export async function* completionsOf(
  bucket: string,
  prefix: string,
  period: string,
): AsyncGenerator<{ file: string; calendar: string; bytes: number }> {
  for await (const { key, bytes } of listObjects(bucket, `${prefix}billing/${period}/complete-`)) {
    const path = key.slice(prefix.length);
    const file = exportFileOf(path);
    if (file.is === 'completion') yield { file: path, calendar: file.calendar, bytes };
  }
}

/** Reads a completion; the period and the calendar inside must be those of its name. */
export async function readCompletion(
  { bucket, prefix, period }: { bucket: string; prefix: string; period: string },
  { file, calendar: named, bytes }: { file: string; calendar: string; bytes: number },
): Promise<ReadCompletion> {
  if (bytes > LARGEST) return refused('(file)', `${bytes} bytes`, `a file of at most ${LARGEST} bytes is expected`);
  const text = ((await getObject(bucket, `${prefix}${file}`)) ?? Buffer.alloc(0)).toString('utf8').replace(/^\ufeff/, '');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return refused('(file)', JSON.stringify(text.slice(0, 100)), `JSON is expected (${(error as Error).message.slice(0, 100)})`);
  }
  const parsed = completionSchema.safeParse(withoutBlanks(given));
  if (!parsed.success) return { issues: fieldIssues(parsed.error, given) };
  const completion = parsed.data;
  if (completion.period !== period) return refused('period', JSON.stringify(completion.period), `${period}, the folder's, is expected`);
  if (completion.calendar !== named)
    return refused('calendar', JSON.stringify(completion.calendar), `${named}, the file name's, is expected`);
  return { completion };
}

/** What the carrier says the files of a period hash to, by path below the period's folder; of all calendars together. */
export async function announcedHashes(bucket: string, prefix: string, period: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for await (const file of completionsOf(bucket, prefix, period)) {
    const read = await readCompletion({ bucket, prefix, period }, file);
    if (!('completion' in read)) continue;
    for (const [path, sha256] of Object.entries(read.completion.sha256)) hashes.set(path, sha256.toLowerCase());
  }
  return hashes;
}

function refused(field: string, value: string, expected: string): ReadCompletion {
  return { issues: [{ field, value, expected }] };
}
