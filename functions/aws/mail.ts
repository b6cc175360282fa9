import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { optionalSetting, setting } from './environment.ts';

/** What SES said, sorted by what the outbox must do next. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly sesMessageId: string }
  /** Over the rate or the daily quota, or sending is paused: nothing was sent, try later; never counts as a failure. */
  | { readonly kind: 'throttled' }
  /** SES will never take this message: a person has to look. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may or may not have left: SES's own SEND event or the waiting time decides. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface RawMail {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
  /** Come back in every SES event; `[A-Za-z0-9_-]`, at most 256 characters. */
  readonly tags: Readonly<Record<string, string>>;
}

const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
  'ConfigurationSetSendingPausedException',
  'AccountSendingPausedException',
]);
const REFUSED = new Set([
  'MessageRejected',
  'MailFromDomainNotVerifiedException',
  'ConfigurationSetDoesNotExist',
  'InvalidParameterValue',
  'ValidationError',
]);

let client: SESClient | undefined;

/** The Message-ID that SES gave to an email, as a header names it: other emails refer to that. */
export function sesMessageIdHeader(sesMessageId: string): string {
  const region = optionalSetting('AWS_REGION') ?? 'us-east-1';
  return `<${sesMessageId}@${region === 'us-east-1' ? 'email' : region}.amazonses.com>`;
}

/** Hands one email to SES exactly once: no retry in here, the claim in the outbox decides about a second time. */
export async function sendRawMail({ from, to, raw, tags }: RawMail): Promise<SendOutcome> {
  client ??= new SESClient({ maxAttempts: 1 });
  const command = new SendRawEmailCommand({
    Source: from,
    Destinations: [to],
    RawMessage: { Data: raw },
    ConfigurationSetName: setting('SES_CONFIGURATION_SET'),
    Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
  });
  try {
    const { MessageId } = await client.send(command);
    return { kind: 'accepted', sesMessageId: MessageId as string };
  } catch (error) {
    return sorted(error as Error);
  }
}

function sorted(error: Error): SendOutcome {
  if (THROTTLED.has(error.name)) return { kind: 'throttled' };
  if (REFUSED.has(error.name)) return { kind: 'refused', reason: `${error.name}: ${error.message}` };
  return { kind: 'unknown', reason: `${error.name}: ${error.message}` };
}
