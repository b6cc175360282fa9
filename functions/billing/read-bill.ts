import { createHash } from 'node:crypto';
import { getObject } from '../aws/objects.ts';
import { type Bill, billSchema } from '../documents/bill.ts';
import { parseWith } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import type { ReceivedBill } from './received.ts';

/** The file is another one than was announced: a newer delivery is on its way. */
export class ChangedFileError extends PermanentError {}

/**
 * The delivered bill, parsed.
 * @throws PermanentError that says what is wrong with it; its account is parked with these words
 */
export async function readBill(received: Pick<ReceivedBill, 'bucket' | 'key' | 'billId' | 'sha256' | 'unreadable'>): Promise<Bill> {
  const { bucket, key, billId, sha256, unreadable } = received;
  if (unreadable) throw new PermanentError(unreadable, key);
  const body = await getObject(bucket, key);
  if (!body) throw new PermanentError(`${key} is missing: the bill ${billId} was delivered there`, key);
  if (createHash('sha256').update(body).digest('hex') !== sha256) {
    throw new ChangedFileError(`${key} is not what was delivered as bill ${billId} (SHA-256 ${sha256} is expected): deliver it again`, key);
  }
  return parseWith(billSchema, jsonOf(body, key), key);
}

function jsonOf(body: Buffer, key: string): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new PermanentError(`${key} is not JSON: ${(error as Error).message}`, key);
  }
}
