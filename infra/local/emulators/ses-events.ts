import type { SentMail } from './mail-store.ts';

/** Where a configuration set sends its events. */
export interface EventDestination {
  readonly topicArn: string;
  /** SES's names in lower case as in a template: `send`, `delivery`, `bounce`, `complaint`, ... */
  readonly types: readonly string[];
}

type SesEvent = { readonly eventType: string } & Record<string, unknown>;

/**
 * What SES tells about one email: always Send, then what became of it. The addresses of the mailbox simulator behave
 * as on AWS, everything else is delivered.
 */
export function eventsOf(mail: SentMail, subject: string | undefined): SesEvent[] {
  const about = { mail: mailPart(mail, subject) };
  const send: SesEvent = { eventType: 'Send', ...about, send: {} };
  const delivery: SesEvent = { eventType: 'Delivery', ...about, delivery: deliveryPart(mail) };
  switch (simulatorName(mail.destination)) {
    case 'bounce':
      return [send, { eventType: 'Bounce', ...about, bounce: bouncePart(mail, 'Permanent', 'General') }];
    case 'suppressionlist':
      return [send, { eventType: 'Bounce', ...about, bounce: bouncePart(mail, 'Permanent', 'Suppressed') }];
    case 'complaint':
      return [send, delivery, { eventType: 'Complaint', ...about, complaint: complaintPart(mail) }];
    case 'ooto':
      return [send, delivery, { eventType: 'Bounce', ...about, bounce: bouncePart(mail, 'Transient', 'General') }];
    case undefined:
    case 'success':
      return [send, delivery];
  }
}

/** Only the kinds of event that the destination wants. */
export function wanted(events: readonly SesEvent[], { types }: EventDestination): SesEvent[] {
  const kinds = new Set(types.map((type) => type.toLowerCase()));
  return events.filter(({ eventType }) => kinds.has(eventType.toLowerCase()));
}

type Simulator = 'bounce' | 'complaint' | 'ooto' | 'success' | 'suppressionlist';

function simulatorName(address: string): Simulator | undefined {
  const name = /^(bounce|complaint|ooto|success|suppressionlist)(\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address)?.[1];
  return name?.toLowerCase() as Simulator | undefined;
}

function mailPart(mail: SentMail, subject: string | undefined) {
  return {
    timestamp: mail.at,
    source: mail.source,
    sourceArn: `arn:aws:ses:eu-west-1:000000000000:identity/${mail.source}`,
    sendingAccountId: '000000000000',
    messageId: mail.id,
    destination: [mail.destination],
    headersTruncated: false,
    headers: [],
    commonHeaders: { to: [mail.destination], messageId: mail.id, ...(subject ? { subject } : {}) },
    tags: {
      'ses:operation': ['SendRawEmail'],
      'ses:configuration-set': [mail.configurationSet],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  };
}

function deliveryPart({ at, destination }: SentMail) {
  return {
    timestamp: at,
    processingTimeMillis: 500,
    recipients: [destination],
    smtpResponse: '250 2.6.0 Message received',
    remoteMtaIp: '127.0.0.1',
    reportingMTA: 'a8-70.smtp-out.amazonses.com',
  };
}

function bouncePart({ id, at, destination }: SentMail, bounceType: string, bounceSubType: string) {
  const permanent = bounceType === 'Permanent';
  return {
    feedbackId: `${id}-bounce`,
    bounceType,
    bounceSubType,
    bouncedRecipients: [
      {
        emailAddress: destination,
        ...(permanent ? { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' } : {}),
      },
    ],
    timestamp: at,
    reportingMTA: 'dsn; a8-70.smtp-out.amazonses.com',
  };
}

function complaintPart({ id, at, destination }: SentMail) {
  return {
    feedbackId: `${id}-complaint`,
    complaintSubType: null,
    complainedRecipients: [{ emailAddress: destination }],
    timestamp: at,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: at,
  };
}
