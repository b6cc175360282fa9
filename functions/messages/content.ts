import { createHash } from 'node:crypto';
import { expression } from '../aws/expression.ts';
import { getItem, type Write } from '../aws/tables.ts';
import type { Composed } from './composed.ts';

// TOLD#<hash of address and content> / TOLD: which message told an address something last. No address stands in it.

const DAY_MILLISECONDS = 86_400_000;

interface Told {
  readonly messageId: string;
  readonly at: string;
}

/**
 * What an email says, as a hash: equal for two that a reader could not tell apart. The tokens of links (made for a day and a key) and the
 * moment at which a calendar part was written do not count.
 * @returns 64 hexadecimal digits
 */
export function contentHash({ subject, html, text, attachments, files, calendar }: Composed): string {
  const said = [subject, html, text].map(withoutTokens);
  const enclosed = [
    ...attachments.map(({ filename, sha256 }) => [filename, sha256]),
    ...files.map(({ filename, content }) => [filename, content.toString('base64')]),
  ];
  return hashOf([said, enclosed, calendar?.method, calendar?.content.replace(/^DTSTAMP.*$/gm, '')]);
}

/** The message that told an address the same within 24 hours before; undefined when none did but this one. */
export async function toldBefore(messageId: string, address: string, content: string, now: Date): Promise<string | undefined> {
  const told = await getItem<Told>('messages', keyOf(address, content));
  return told && told.messageId !== messageId && told.at > dayBefore(now) ? told.messageId : undefined;
}

/** Keeps that a message tells an address something; for the claim, which fails when another one did meanwhile. */
export function tellingWrite(messageId: string, address: string, content: string, now: Date): Write {
  const at = now.toISOString();
  const expiresAt = Math.floor((now.getTime() + 2 * DAY_MILLISECONDS) / 1000);
  const when = expression`attribute_not_exists(#pk) OR #messageId = ${messageId} OR #at <= ${dayBefore(now)}`;
  return { put: { ...keyOf(address, content), messageId, at, expiresAt }, table: 'messages', when };
}

function dayBefore(now: Date): string {
  return new Date(now.getTime() - DAY_MILLISECONDS).toISOString();
}

function keyOf(address: string, content: string) {
  return { pk: `TOLD#${hashOf([address, content])}`, sk: 'TOLD' };
}

function withoutTokens(text: string): string {
  return text.replace(/\bv1\.[\w-]+\.[\w-]+\.[\w-]+/g, 'v1');
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
