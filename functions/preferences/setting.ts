import * as z from 'zod';
import type { Category } from './categories.ts';

/** How billing documents come: the PDF attached where it fits, or links only. */
export const documentFormat = z.enum(['attachment', 'links-only']);

export type DocumentFormat = z.output<typeof documentFormat>;

/** How planned works reach a contact: into the diary, as an email for machines without a diary entry, or by the calendar feed alone. */
export const worksChannel = z.enum(['invitation', 'data-only', 'feed-only']);

export type WorksChannel = z.output<typeof worksChannel>;

/** One invitation for all billing accounts that a contact looks after, or one for each. */
export const worksGrouping = z.enum(['together', 'per-account']);

export type WorksGrouping = z.output<typeof worksGrouping>;

/**
 * Who gets a billing contact's invoices instead: nobody, the account's other billing contacts, or a contact of the same customer by id
 * (`to:K100201-2`).
 */
export const invoicesChoice = z.union([z.enum(['here', 'others']), z.templateLiteral(['to:', z.string().min(1).max(64)])]);

export type InvoicesChoice = z.output<typeof invoicesChoice>;

const QUIET = /^(?<from>([01]\d|2[0-3]):[0-5]\d)-(?<to>([01]\d|2[0-3]):[0-5]\d)$/;

/** Times of day between which nothing arrives, `HH:MM` by the contact's clock; `from` after `to` lasts over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** Every setting of a contact whatever it decides about who gets the invoices: for those see hand-over.ts. */
export type PlainSetting =
  | { readonly name: 'category'; readonly bcn: string; readonly category: Category; readonly value: 'on' | 'off' }
  | { readonly name: 'format'; readonly bcn: string; readonly value: DocumentFormat }
  | { readonly name: 'works'; readonly bcn: string; readonly value: WorksChannel }
  | { readonly name: 'grouping'; readonly value: WorksGrouping }
  | { readonly name: 'reminders'; readonly value: 'on' | 'off' }
  /** `22:00-07:00` or `off` */
  | { readonly name: 'quietHours'; readonly value: string }
  /** How many optional emails a day and a week: a whole number or `none` (as many as come). */
  | { readonly name: 'capDay' | 'capWeek'; readonly value: string }
  /** Raised to revoke the calendar feed's address: only links that carry the current number open. */
  | { readonly name: 'feed'; readonly value: string }
  /** The same for the link to the page with all documents. */
  | { readonly name: 'documentsLink'; readonly value: string }
  | { readonly name: 'language'; readonly value: string }
  | { readonly name: 'timeZone'; readonly value: string };

/** A billing contact hands its invoices over, or takes them back. */
export interface InvoicesSetting {
  readonly name: 'invoices';
  readonly bcn: string;
  readonly value: InvoicesChoice;
}

/**
 * Every setting, each with its own newest decision. Category, format, works and invoices are per billing account, `*` stands for all of
 * them.
 */
export type Setting = PlainSetting | InvoicesSetting;

/** The name under which a setting is kept: `category#documents#B4711`, `format#*`, `language`. */
export function nameOf(setting: Setting): string {
  switch (setting.name) {
    case 'category':
      return `category#${setting.category}#${setting.bcn}`;
    case 'format':
    case 'works':
    case 'invoices':
      return `${setting.name}#${setting.bcn}`;
    case 'grouping':
    case 'reminders':
    case 'quietHours':
    case 'capDay':
    case 'capWeek':
    case 'feed':
    case 'documentsLink':
    case 'language':
    case 'timeZone':
      return setting.name;
  }
}

/** Reads `22:00-07:00`; undefined for `off` and for what is no such span. */
export function quietHoursOf(value: string | undefined): QuietHours | undefined {
  const { from, to } = QUIET.exec(value ?? '')?.groups ?? {};
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

/** Reads a cap, 1 to 999; undefined for `none` and for what is no cap. */
export function capOf(value: string | undefined): number | undefined {
  return /^[1-9]\d{0,2}$/.test(value ?? '') ? Number(value) : undefined;
}
