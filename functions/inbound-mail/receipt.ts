import * as z from 'zod';
import { parseWith } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';

const notification = z.object({ Type: z.literal('Notification'), Message: z.string() });

/** SES's verdict; missing where it did not look. */
const verdict = z
  .object({ status: z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED']) })
  .transform(({ status }) => status)
  .default('PROCESSING_FAILED');

/** What SES tells when it has received a mail and stored it; only what is needed to find the mail and to judge its sender. */
const received = z.object({
  notificationType: z.literal('Received', { error: 'a notification of received mail ("Received") is expected' }),
  mail: z.object({ messageId: z.string().min(1), timestamp: z.iso.datetime({ offset: true }).optional() }),
  receipt: z.object({
    recipients: z.array(z.string()),
    dmarcVerdict: verdict,
    spamVerdict: verdict,
    virusVerdict: verdict,
    dkimVerdict: verdict,
    spfVerdict: verdict,
    action: z.object({
      type: z.literal('S3', { error: 'the action that stores a mail ("S3") is expected' }),
      bucketName: z.string().min(1),
      objectKey: z.string().min(1),
    }),
  }),
});

export type Verdict = z.output<typeof verdict>;

/** What SES found out about a mail. `PASS` alone speaks for it: `GRAY` is a domain without a policy, or a doubt. */
export interface Verdicts {
  readonly dmarc: Verdict;
  readonly spam: Verdict;
  readonly virus: Verdict;
  readonly dkim: Verdict;
  readonly spf: Verdict;
}

/** A mail that SES has stored. */
export interface Receipt {
  readonly bucket: string;
  readonly key: string;
  /** SES's own id of the mail, unique; the sender's Message-ID is what the sender likes. */
  readonly messageId: string;
  /** When SES took it; missing where the notification does not tell. */
  readonly receivedAt?: Date | undefined;
  /** To whom it was delivered, which need not stand in its To. */
  readonly recipients: readonly string[];
  readonly verdicts: Verdicts;
}

/**
 * Reads a queue's message: a receipt of SES in an SNS notification.
 * @returns undefined for SES's greeting to a new topic
 * @throws PermanentError naming the field when it is something else
 */
export function readReceipt(body: string): Receipt | undefined {
  const { Message } = parseWith(notification, json(body, 'body'), 'The message is no SNS notification');
  const inner = json(Message, 'Message');
  if (isGreeting(inner)) return undefined;
  const { mail, receipt } = parseWith(received, inner, 'The notification holds no receipt of SES');
  const { action, recipients, dmarcVerdict: dmarc, spamVerdict: spam, virusVerdict: virus, dkimVerdict: dkim, spfVerdict: spf } = receipt;
  return {
    bucket: action.bucketName,
    key: action.objectKey,
    messageId: mail.messageId,
    receivedAt: mail.timestamp === undefined ? undefined : new Date(mail.timestamp),
    recipients,
    verdicts: { dmarc, spam, virus, dkim, spf },
  };
}

function isGreeting(inner: unknown): boolean {
  if (typeof inner === 'string') return inner.startsWith('Successfully validated SNS topic');
  return (
    typeof inner === 'object' &&
    inner !== null &&
    'notificationType' in inner &&
    inner.notificationType === 'AmazonSnsSubscriptionSucceeded'
  );
}

function json(text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PermanentError(`${field} is not JSON: a receipt of SES in an SNS notification is expected`, field);
  }
}
