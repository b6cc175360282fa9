import { createHash } from 'node:crypto';
import type { AddressObject, Headers } from 'mailparser';
import { oneLine, shortened } from '../messages/words.ts';
import { wordsOfHtml } from './html-words.ts';
import { dateOf, isAutoSubmitted, readHead, soleSender, valuesOf } from './mail-head.ts';
import { readParts } from './mail-parts.ts';

/** A mail that came to the planned-works mailbox. Everything in it is what its sender says; only SES's verdicts say whether to believe it. */
export interface InboundMail {
  /** The one address that it is from, folded; undefined when there is none or more than one. */
  readonly from: string | undefined;
  /** For people to read, never to decide by. */
  readonly fromName: string;
  readonly subject: string;
  /** The sender's Message-ID; without one an id made from the bytes, so that the same mail has the same id however often it is read. */
  readonly messageId: string;
  readonly inReplyTo?: string | undefined;
  readonly references: readonly string[];
  /** By the sender's clock. */
  readonly date?: Date | undefined;
  /** What a person reads, its first 20,000 characters. */
  readonly text: string;
  /** The text of every calendar part of the mail itself, in their order; not those of mails enclosed in it. */
  readonly calendars: readonly string[];
  /** A machine says that it wrote this. Calendars say so too of the answers that they send for people. */
  readonly autoSubmitted: boolean;
  /** As they stand in the mail, topmost first. A sender can write them too. */
  readonly authenticationResults: readonly string[];
}

const MAX_TEXT = 20_000;
const MAX_LINE = 500;
/** The longest line of a mail (RFC 5322), so the longest id. */
const MAX_ID = 998;
const MAX_REFERENCES = 100;
const MAX_RESULTS = 20;

/**
 * Reads a mail as it came over the wire. Never throws: of a broken or hostile mail it answers what can be told.
 * @param raw the bytes as SES stored them; of more than 4 MB the rest is left unread
 */
export async function readInboundMail(raw: Buffer): Promise<InboundMail> {
  const { headers, text, html, calendars } = await readParts(raw);
  const head = readHead(raw);
  const from = soleSender(head);
  return {
    from,
    fromName: from === undefined ? '' : line((headers.get('from') as AddressObject | undefined)?.value[0]?.name ?? ''),
    subject: line(textOf(headers, 'subject')),
    messageId: idOf(headers, 'message-id') ?? `<${createHash('sha256').update(raw).digest('hex')}@no-message-id.invalid>`,
    inReplyTo: idOf(headers, 'in-reply-to'),
    references: [headers.get('references') ?? []].flat().map(String).filter(isSaneId).slice(-MAX_REFERENCES),
    date: dateOf(head),
    text: (text.trim() || wordsOfHtml(html)).slice(0, MAX_TEXT).toWellFormed(),
    calendars,
    autoSubmitted: isAutoSubmitted(head),
    authenticationResults: valuesOf(head, 'authentication-results')
      .slice(0, MAX_RESULTS)
      .map((value) => value.slice(0, MAX_ID)),
  };
}

function idOf(headers: Headers, name: string): string | undefined {
  const id = textOf(headers, name);
  return isSaneId(id) ? id : undefined;
}

function isSaneId(id: string): boolean {
  return id.length <= MAX_ID && /^[^\s\p{Cc}]+$/u.test(id);
}

function textOf(headers: Headers, name: string): string {
  const value = headers.get(name);
  return typeof value === 'string' ? value : '';
}

function line(text: string): string {
  return shortened(oneLine(text.slice(0, 10 * MAX_LINE)), MAX_LINE);
}
