import { Readable } from 'node:stream';
import { type AttachmentStream, type Headers, MailParser, type MessageText, type StructuredHeader } from 'mailparser';

/** What is in a mail, as far as it could be read. */
export interface MailParts {
  readonly headers: Headers;
  readonly text: string;
  readonly html: string;
  readonly calendars: readonly string[];
}

/** Of a larger mail the rest is left unread: its answer stands before its attachments. A mail of nothing but line breaks takes 60 times its size. */
const READ_BYTES = 4 * 1024 * 1024;
const SLICE_BYTES = 64 * 1024;
/** Neither an invitation's answer nor a person's mail comes near. */
const MAX_CALENDARS = 20;
const MAX_CALENDAR_BYTES = 1024 * 1024;

/** mailparser hands these to its splitter: a mail within the mail stays closed, because it is somebody else's. */
const SPLITTER = { ignoreEmbedded: true, maxHeadSize: 256 * 1024 };
const OPTIONS = { ...SPLITTER, skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true };

/** Takes a mail apart. Never throws: what comes after something unreadable is missing. */
export function readParts(raw: Buffer): Promise<MailParts> {
  return new Promise((resolve) => {
    const parser = new MailParser(OPTIONS);
    const calendars: string[] = [];
    let headers: Headers = new Map();
    let words: MessageText = { type: 'text' };
    const settle = () => {
      const html = typeof words.html === 'string' ? words.html : '';
      resolve({ headers, text: words.text ?? '', html, calendars });
    };
    parser.on('headers', (found) => {
      headers = found;
    });
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'text') words = part;
      else readAttachment(part, (text) => calendars.length < MAX_CALENDARS && calendars.push(text));
    });
    for (const end of ['end', 'close', 'error']) parser.on(end, settle);
    Readable.from(slicesOf(withoutBareCr(raw.subarray(0, READ_BYTES))), { objectMode: false }).pipe(parser);
  });
}

/** Hands on the text of a calendar; lets everything else run out, or the parser would wait for it. */
function readAttachment(part: AttachmentStream, found: (text: string) => void): void {
  const wanted = isCalendar(part);
  const chunks: Buffer[] = [];
  let bytes = 0;
  part.content.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (wanted && bytes <= MAX_CALENDAR_BYTES) chunks.push(chunk);
  });
  part.content.on('end', () => {
    if (wanted && bytes <= MAX_CALENDAR_BYTES) found(decoded(Buffer.concat(chunks), charsetOf(part)));
    part.release();
  });
  part.content.on('error', () => part.release());
}

function isCalendar({ contentType, filename }: AttachmentStream): boolean {
  return /^(text\/calendar|application\/ics)$/i.test(contentType) || /\.ics$/i.test(filename ?? '');
}

function charsetOf({ headers }: AttachmentStream): string {
  const type = headers.get('content-type') as StructuredHeader | undefined;
  const charset = type?.params?.charset ?? 'utf-8';
  // Who says ASCII and writes more means UTF-8.
  return /^(us-)?ascii$/i.test(charset) ? 'utf-8' : charset;
}

function decoded(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function* slicesOf(raw: Buffer): Generator<Buffer> {
  for (let at = 0; at < raw.length; at += SLICE_BYTES) yield raw.subarray(at, at + SLICE_BYTES);
}

/** A carriage return alone has no place in a mail (RFC 5322, 2.3); a head full of them keeps the parser busy for a minute. */
function withoutBareCr(raw: Buffer): Buffer {
  return Buffer.from(raw.toString('latin1').replace(/\r(?!\n)/g, ' '), 'latin1');
}
