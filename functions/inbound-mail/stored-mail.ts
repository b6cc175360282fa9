import { bucketNamed } from '../aws/environment.ts';
import { getObject } from '../aws/objects.ts';
import { PermanentError } from '../events/failure.ts';
import type { Receipt } from './receipt.ts';

/**
 * The bytes of a mail that SES has stored.
 * @throws PermanentError when the receipt is about another bucket, or there is no such object any more
 */
export async function storedMail({ bucket, key }: Receipt): Promise<Buffer> {
  const inbound = bucketNamed('inbound');
  if (bucket !== inbound) throw new PermanentError(`bucketName is ${JSON.stringify(bucket)}: ${inbound} is expected`, 'bucketName');
  const raw = await getObject(inbound, key);
  if (!raw) throw new PermanentError(`objectKey is ${JSON.stringify(key)}: there is no such object in ${inbound}`, 'objectKey');
  return raw;
}
