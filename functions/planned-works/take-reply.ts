import { logger } from '../aws/log.ts';
import type { CalendarAnswer } from '../icalendar/reply.ts';
import type { InboundMail } from './inbound-mail.ts';
import type { Verdicts } from './receipt.ts';

/**
 * Takes a mail to the planned-works mailbox: looks up the invitation that it answers, has it judged and does what follows.
 * Nothing is known of invitations yet, so it tells what came in, by ids, and stops there.
 */
export async function takeReply(mail: InboundMail, answer: CalendarAnswer | undefined, verdicts: Verdicts, now: Date): Promise<void> {
  logger.info('A mail came to the planned-works mailbox', {
    messageId: mail.messageId,
    uid: answer?.uid,
    method: answer?.method,
    partstat: answer?.partstat,
    sequence: answer?.sequence,
    autoSubmitted: mail.autoSubmitted,
    verdicts,
    receivedAt: now.toISOString(),
  });
}
