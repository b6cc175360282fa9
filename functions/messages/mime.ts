import MimeNode from 'nodemailer/lib/mime-node';
import type { Composed, MadeFile } from './composed.ts';
import { oneLine, shortened } from './words.ts';

const MAX_DISPLAY_NAME = 70;

export interface Envelope {
  /** The category's own sender address; its domain is the one that is verified. */
  readonly from: string;
  readonly senderName: string;
  readonly replyTo: { readonly name: string; readonly email: string };
  readonly to: string;
  /** The mailbox where a mail with a token as its subject ends what the token names. */
  readonly unsubscribe: string;
  readonly messageId: string;
  /** Message-ID of the first email of the thread. */
  readonly references?: string | undefined;
}

/**
 * The bytes of an email to one recipient: text and HTML as alternatives, the calendar part as the last of them (RFC 6047), files attached.
 * @param files each attachment's bytes, by key
 */
export function buildMime(mail: Composed, envelope: Envelope, files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const attached: MadeFile[] = [
    ...mail.attachments.map(({ key, filename, contentType }) => ({ filename, contentType, content: files.get(key) ?? Buffer.alloc(0) })),
    ...mail.files,
  ];
  const isMixed = attached.length > 0 || mail.calendar !== undefined;
  // Every line ends in CRLF (RFC 5322, 2.3): a bare LF is some relay's to mend, and then a signature no longer fits.
  const root = new MimeNode(isMixed ? 'multipart/mixed' : 'multipart/alternative', { newline: 'windows' });
  root.setHeader({ ...headersOf(mail, envelope), ...wayOutHeaders(mail, envelope) });
  addAlternatives(isMixed ? root.createChild('multipart/alternative') : root, mail);
  for (const { filename, contentType, content } of attached) {
    root
      .createChild(contentType, { filename })
      .setHeader({ 'Content-Disposition': 'attachment', 'Content-Transfer-Encoding': 'base64' })
      .setContent(content);
  }
  return root.build();
}

function headersOf(mail: Composed, { from, senderName, replyTo, to, messageId, references }: Envelope): Record<string, string> {
  return {
    From: mailbox(senderName, from),
    To: to,
    'Reply-To': mailbox(replyTo.name, replyTo.email),
    Subject: mail.subject,
    ...(references ? { References: references, 'In-Reply-To': references } : {}),
    'Auto-Submitted': 'auto-generated',
    'Content-Language': mail.language,
    'X-Message-Reference': messageId,
  };
}

/** A link has no place to be folded at, so each has a line of its own. */
function wayOutHeaders({ oneClick }: Composed, { unsubscribe }: Envelope): Record<string, string | { prepared: true; value: string }> {
  if (!oneClick) return {};
  const mailto = `mailto:${unsubscribe}?subject=${encodeURIComponent(oneClick.token)}`;
  return {
    'List-Unsubscribe': { prepared: true, value: `<${oneClick.url}>,\r\n <${mailto}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/** The calendar part in base64: its lines are folded by octets and end in CRLF, which no relay may touch. */
function addAlternatives(node: MimeNode, { text, html, calendar }: Composed): void {
  node.createChild('text/plain; charset=utf-8').setContent(text);
  node.createChild('text/html; charset=utf-8').setContent(html);
  if (!calendar) return;
  const contentType = `text/calendar; charset=utf-8${calendar.method ? `; method=${calendar.method}` : ''}`;
  node.createChild(contentType).setHeader('Content-Transfer-Encoding', 'base64').setContent(Buffer.from(calendar.content));
}

/** `"Name" <address>`; whatever stands in the name stays in the quotes. */
function mailbox(name: string, address: string): string {
  const shown = shortened(oneLine(name), MAX_DISPLAY_NAME).replace(/[\\"]/g, '\\$&');
  return shown === '' ? address : `"${shown}" <${address}>`;
}
