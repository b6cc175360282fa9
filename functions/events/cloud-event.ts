import { createHash } from 'node:crypto';
import * as z from 'zod';
import { PermanentError } from './failure.ts';

/** CloudEvents 1.0, structured JSON: the envelope of everything on our queues. `(source, id)` is the idempotency key. */
const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(256),
  source: z.string().min(1).max(256),
  type: z.string().min(1).max(128),
  time: z.iso.datetime({ offset: true }).optional(),
  subject: z.string().max(1024).optional(),
  data: z.unknown(),
});

export interface CloudEvent<Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string | undefined;
  readonly subject?: string | undefined;
  readonly data: Data;
}

/** The source of events that carrierpost sends to itself. */
export const OWN_SOURCE = '/carrierpost';

/**
 * An event of our own. Its id is derived from type and key, so that saying the same thing twice is the same event.
 * @param key what makes the fact unique, for example `2026-10/DE/chunk-7`
 */
export function ownEvent<Data>(type: string, key: string, data: Data, time: Date): CloudEvent<Data> {
  const id = createHash('sha256').update(`${type}\n${key}`).digest('hex').slice(0, 32);
  return { specversion: '1.0', id, source: OWN_SOURCE, type, time: time.toISOString(), subject: key, data };
}

/**
 * Reads a queue's message body as an event.
 * @throws PermanentError naming the field when it is no JSON or no CloudEvent 1.0
 */
export function parseEvent(body: string): CloudEvent {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new PermanentError(`The message is not JSON: ${(error as Error).message}. A CloudEvents 1.0 object is expected.`, 'body');
  }
  return parseWith(envelope, json, 'The message is no CloudEvents 1.0 event');
}

/**
 * Parses data at a door.
 * @throws PermanentError that names every wrong field, its value and what would be right
 */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = fieldIssues(parsed.error, value);
  throw new PermanentError(`${what}: ${issues.map(describeIssue).join('; ')}`, issues[0]?.field);
}

export interface FieldIssue {
  /** Dotted path of the field, `(record)` for the whole. */
  readonly field: string;
  /** The value that was found, as JSON, shortened. */
  readonly value: string;
  /** What would be right. */
  readonly expected: string;
}

/** The wrong fields of a value, each with what was found and what would be right. */
export function fieldIssues(error: z.ZodError, value: unknown): FieldIssue[] {
  return error.issues.map((issue) => ({
    field: issue.path.length > 0 ? issue.path.map(String).join('.') : '(record)',
    value: shown(issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value)),
    expected: issue.message,
  }));
}

/** One line: `field is VALUE: what would be right`. */
export function describeIssue(issue: FieldIssue): string {
  return `${issue.field} is ${issue.value}: ${issue.expected}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const json = JSON.stringify(value);
  return json.length > 120 ? `${json.slice(0, 117)}... (${json.length} characters)` : json;
}
