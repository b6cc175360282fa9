import * as z from 'zod';
import { addressLine } from '../directory/home-address.ts';
import type { LegalEntity } from '../directory/records.ts';
import type { Language } from '../money/format.ts';
import type { Category } from '../preferences/categories.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';
import type { Letter } from './letter.ts';
import type { Attachment } from './message-content.ts';
import type { Reader } from './recipient.ts';
import type { OneClick } from './ways-out.ts';
import { oneLine } from './words.ts';

/** Everything an email is made of besides the message itself. */
export interface Surroundings {
  readonly contact: Reader;
  readonly legalEntity: LegalEntity;
  readonly language: Language;
  /** The reader's IANA zone. */
  readonly timeZone: string;
  /** The contact wants no attachments. */
  readonly linksOnly: boolean;
  /** The number that addresses of the contact's calendar feed carry. */
  readonly feed: string;
  /** The optional categories that the contact has left. */
  readonly off: ReadonlySet<Category>;
  readonly publicOrigin: string;
  readonly linkKeys: TokenKeys;
  /** The address the email comes from. */
  readonly from: string;
  readonly now: Date;
}

/** A file made for this email. */
export interface MadeFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** The calendar part: what the reader's diary is told. */
export interface CalendarPart {
  /** The same as the METHOD inside; missing: for machines alone, nothing enters the diary. */
  readonly method?: string | undefined;
  readonly content: string;
}

export interface Composed extends Letter {
  readonly language: Language;
  /** The same email with plain names: what is left over in it is our own mistake, whatever a customer is called. */
  readonly neutral: Letter;
  readonly attachments: readonly Attachment[];
  readonly files: readonly MadeFile[];
  readonly calendar?: CalendarPart | undefined;
  /** The way out of an optional category, for the headers. */
  readonly oneClick?: OneClick | undefined;
  /** Who answers are read by, where it is not the legal entity's own desk. */
  readonly replyTo?: { readonly name: string; readonly email: string } | undefined;
}

/** The seller as an email's head and foot name it. */
export function sellerOf({ name, address, registration, legalFooter, vatId, contact }: LegalEntity) {
  const register = [registration, legalFooter?.court, legalFooter?.number].flatMap((part) => (part ? [part] : []));
  // The registration often names the court or the number already.
  const parts = register.filter((part, index) => !register.some((other, at) => at < index && other.includes(part)));
  const lines = [
    `${name}, ${addressLine(address)}`,
    [parts.join(', '), vatId, legalFooter?.directors].filter((part) => part !== undefined && part !== '').join(' · '),
  ];
  return {
    name: oneLine(name),
    email: contact.email,
    phone: oneLine(contact.phone),
    lines: lines.map(oneLine).filter((line) => line !== ''),
  };
}

/**
 * Facts that the template's schema lets through.
 * @throws Error that names what is missing
 */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(`facts are missing or wrong: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`);
}
