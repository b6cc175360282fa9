import * as z from 'zod';
import { parseWith } from '../events/cloud-event.ts';
import { PermanentError } from '../events/failure.ts';
import type { Evidence } from './states.ts';

const notification = z.object({ Type: z.literal('Notification'), Message: z.string() });

const recipient = z.object({ emailAddress: z.string() });

/** An SES event as it is published to SNS; only what the outbox needs. */
const sesEvent = z.object({
  eventType: z.string(),
  mail: z.object({ messageId: z.string(), tags: z.record(z.string(), z.array(z.string())).optional() }),
  bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().optional(), bouncedRecipients: z.array(recipient) }).optional(),
  complaint: z.object({ complainedRecipients: z.array(recipient), complaintFeedbackType: z.string().optional() }).optional(),
  deliveryDelay: z.object({ delayType: z.string().optional() }).optional(),
  reject: z.object({ reason: z.string().optional() }).optional(),
});

/** What an SES event tells about a message. */
export interface SesReport {
  readonly sesMessageId: string;
  /** Our tags; missing on mail that somebody else sent with the same configuration set. */
  readonly messageId?: string | undefined;
  readonly claim?: string | undefined;
  readonly evidence: Evidence;
  readonly reason?: string | undefined;
  /** Addresses that must get nothing any more. */
  readonly suppress?: { readonly reason: 'bounce' | 'complaint'; readonly addresses: readonly string[] } | undefined;
}

type SesEvent = z.output<typeof sesEvent>;

const EVIDENCE: Readonly<Record<string, Evidence>> = {
  Send: 'sent',
  Delivery: 'delivery',
  DeliveryDelay: 'delay',
  Bounce: 'bounce',
  Complaint: 'complaint',
  Reject: 'reject',
};

/**
 * Reads a queue's message: an SES event in an SNS notification.
 * @returns undefined for what says nothing about delivery: opens, clicks, SES's test notification
 * @throws PermanentError when it is something else
 */
export function readSesReport(body: string): SesReport | undefined {
  const { Message } = parseWith(notification, json(body, 'body'), 'The message is no SNS notification');
  const inner = json(Message, 'Message');
  if (typeof inner !== 'object' || inner === null || !('eventType' in inner)) return undefined;
  const event = parseWith(sesEvent, inner, 'The notification holds no SES event');
  const evidence = Object.hasOwn(EVIDENCE, event.eventType) ? EVIDENCE[event.eventType] : undefined;
  return evidence && reportOf(event, evidence);
}

function reportOf(event: SesEvent, evidence: Evidence): SesReport {
  const { mail } = event;
  const report = { sesMessageId: mail.messageId, messageId: mail.tags?.messageId?.[0], claim: mail.tags?.claim?.[0] };
  switch (evidence) {
    case 'sent':
    case 'delivery':
      return { ...report, evidence };
    case 'delay':
      return { ...report, evidence, reason: event.deliveryDelay?.delayType };
    case 'reject':
      return { ...report, evidence, reason: event.reject?.reason };
    case 'bounce':
      return bounceOf(event, report);
    case 'complaint': {
      const addresses = event.complaint?.complainedRecipients.map(({ emailAddress }) => emailAddress) ?? [];
      return { ...report, evidence, reason: event.complaint?.complaintFeedbackType, suppress: { reason: 'complaint', addresses } };
    }
  }
}

/** Only a permanent bounce condemns the address; a full mailbox may be emptied, so a transient one is a delay that SES gave up on. */
function bounceOf({ bounce }: SesEvent, report: Pick<SesReport, 'sesMessageId' | 'messageId' | 'claim'>): SesReport {
  const reason = [bounce?.bounceType, bounce?.bounceSubType].filter(Boolean).join('/') || undefined;
  if (bounce?.bounceType !== 'Permanent') return { ...report, evidence: 'bounce', reason };
  const addresses = bounce.bouncedRecipients.map(({ emailAddress }) => emailAddress);
  return { ...report, evidence: 'bounce', reason, suppress: { reason: 'bounce', addresses } };
}

function json(text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PermanentError(`${field} is not JSON: an SES event in an SNS notification is expected`, field);
  }
}
