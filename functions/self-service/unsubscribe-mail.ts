import type { InboundMail } from '../inbound-mail/inbound-mail.ts';

/** A token of ours, wherever it stands: mail programs put "Re:" before a subject, and some fold it. */
const TOKEN = /v1\.[A-Za-z0-9-]{1,32}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/;

/**
 * The token of a mail to the unsubscribe mailbox (RFC 2369, 3.2): its subject is what the header's mailto asked for, its text what people
 * make of it. Who sent it does not matter, as with the link: whoever holds the token may leave.
 */
export function tokenOfMail({ subject, text }: Pick<InboundMail, 'subject' | 'text'>): string | undefined {
  return TOKEN.exec(subject.replace(/\s+/g, ''))?.[0] ?? TOKEN.exec(text)?.[0];
}
