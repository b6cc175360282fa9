import { createHash } from 'node:crypto';
import { now } from '../aws/clock.ts';
import { bucketNamed } from '../aws/environment.ts';
import { getObject } from '../aws/objects.ts';
import { bodyDoor } from '../aws/queue-door.ts';
import { PermanentError } from '../events/failure.ts';
import { readCalendarAnswer } from '../icalendar/reply.ts';
import { readInboundMail } from './inbound-mail.ts';
import { type Receipt, readReceipt } from './receipt.ts';
import { takeReply } from './take-reply.ts';

/** The queue `works-replies`: what customers answer to invitations. */
export const handler = bodyDoor(async (body) => {
  const receipt = readReceipt(body);
  if (!receipt) return;
  const raw = await storedMail(receipt);
  const mail = await readInboundMail(raw);
  const answer = mail.calendars.map(readCalendarAnswer).find((found) => found !== undefined);
  const mailId = createHash('sha256').update(raw).digest('hex');
  await takeReply({ mailId, mail, answer, verdicts: receipt.verdicts }, now());
});

/** @throws PermanentError when the receipt is about another bucket, or there is no such object any more */
async function storedMail({ bucket, key }: Receipt): Promise<Buffer> {
  const inbound = bucketNamed('inbound');
  if (bucket !== inbound) throw new PermanentError(`bucketName is ${JSON.stringify(bucket)}: ${inbound} is expected`, 'bucketName');
  const raw = await getObject(inbound, key);
  if (!raw) throw new PermanentError(`objectKey is ${JSON.stringify(key)}: there is no such object in ${inbound}`, 'objectKey');
  return raw;
}
