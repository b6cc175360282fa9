import { createHash } from 'node:crypto';
import { now } from '../aws/clock.ts';
import { bodyDoor } from '../aws/queue-door.ts';
import { readCalendarAnswer } from '../icalendar/reply.ts';
import { readInboundMail } from '../inbound-mail/inbound-mail.ts';
import { readReceipt } from '../inbound-mail/receipt.ts';
import { storedMail } from '../inbound-mail/stored-mail.ts';
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
