import type { SQSRecord } from 'aws-lambda';
import { now } from './clock.ts';
import { getItem, putItem } from './tables.ts';

/** The last error of a message that went back to its queue: what `dlq show` tells when retries ran out. */
export interface Failure {
  readonly reason: string;
  readonly field?: string | undefined;
  readonly failedAt: string;
  readonly received: number;
}

const KEPT_SECONDS = 15 * 24 * 3600;

/** Keeps why a message failed this time. */
export async function recordFailure(record: SQSRecord, error: unknown): Promise<void> {
  const at = now();
  await putItem('failures', {
    ...keyOf(record.messageId),
    reason: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 2000) : String(error),
    failedAt: at.toISOString(),
    received: Number(record.attributes.ApproximateReceiveCount),
    expiresAt: Math.floor(at.getTime() / 1000) + KEPT_SECONDS,
  });
}

/** The last recorded error of a message, by its SQS message id (a redrive policy keeps the id). */
export function lastFailure(messageId: string): Promise<Failure | undefined> {
  return getItem<Failure>('failures', keyOf(messageId));
}

function keyOf(messageId: string) {
  return { pk: `MESSAGE#${messageId}`, sk: 'FAILURE' };
}
