import MailComposer from 'nodemailer/lib/mail-composer';
import type { Composed } from './compose.ts';
import { oneLine, shortened } from './words.ts';

const MAX_DISPLAY_NAME = 70;

export interface Envelope {
  /** The category's own sender address; its domain is the one that is verified. */
  readonly from: string;
  readonly senderName: string;
  readonly replyTo: string;
  readonly to: string;
  readonly messageId: string;
}

/**
 * The bytes of an email to one recipient: text and HTML as alternatives, documents attached.
 * @param files each attachment's bytes, by key
 */
export function buildMime(mail: Composed, envelope: Envelope, files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const name = shortened(oneLine(envelope.senderName), MAX_DISPLAY_NAME);
  const composer = new MailComposer({
    from: { name, address: envelope.from },
    replyTo: { name, address: envelope.replyTo },
    to: { name: '', address: envelope.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': mail.language,
      'X-Message-Reference': envelope.messageId,
    },
    attachments: mail.attachments.map(({ key, filename, contentType }) => ({
      filename,
      contentType,
      content: files.get(key) ?? Buffer.alloc(0),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
