import { z } from 'zod';
import { type Category, OPTIONAL } from './categories.ts';
import { isNewer, lastSaid, type StoredSetting } from './decision.ts';

export { type Decided, isNewer, type SettingChange, type StoredSetting } from './decision.ts';

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
 * Every setting of a contact, each with its own newest decision. Category, format and works are per billing account, `*` stands for all
 * of them.
 */
export type Setting =
  | { readonly name: 'category'; readonly bcn: string; readonly category: Category; readonly value: 'on' | 'off' }
  | { readonly name: 'format'; readonly bcn: string; readonly value: DocumentFormat }
  | { readonly name: 'works'; readonly bcn: string; readonly value: WorksChannel }
  | { readonly name: 'grouping'; readonly value: WorksGrouping }
  | { readonly name: 'reminders'; readonly value: 'on' | 'off' }
  /** Raised to revoke the calendar feed's address: only links that carry the current number open. */
  | { readonly name: 'feed'; readonly value: string }
  | { readonly name: 'language'; readonly value: string }
  | { readonly name: 'timeZone'; readonly value: string };

/** What a contact wants for one billing account. */
export interface Preference {
  /** Rises with every decision of the contact; the claim checks that it is still the one that was read. */
  readonly version: number;
  readonly format: DocumentFormat;
  readonly language?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly off: ReadonlySet<Category>;
  readonly works: WorksChannel;
  readonly grouping: WorksGrouping;
  /** A notice 24 hours before works begin: only for who asked for it. */
  readonly reminders: boolean;
  /** The number that the addresses of this contact's calendar feed carry. */
  readonly feed: string;
}

/** The name under which a setting is kept: `category#documents#B4711`, `format#*`, `language`. */
export function nameOf(setting: Setting): string {
  switch (setting.name) {
    case 'category':
      return `category#${setting.category}#${setting.bcn}`;
    case 'format':
    case 'works':
      return `${setting.name}#${setting.bcn}`;
    case 'grouping':
    case 'reminders':
    case 'feed':
    case 'language':
    case 'timeZone':
      return setting.name;
  }
}

/**
 * What the stored settings say about one account. For format, works and each category the newer of "this account" and "all accounts" counts.
 * @param bcn undefined asks for what is set for all accounts
 */
export function preferenceFrom(stored: readonly StoredSetting[], version: number, bcn?: string): Preference {
  const ofContact = (name: string) => newest(stored, [name])?.value;
  const ofAccount = (name: string) => newest(stored, [`${name}#*`, ...(bcn === undefined ? [] : [`${name}#${bcn}`])])?.value;
  return {
    version,
    format: ofAccount('format') === 'links-only' ? 'links-only' : 'attachment',
    language: ofContact('language'),
    timeZone: ofContact('timeZone'),
    off: new Set(OPTIONAL.filter((category) => ofAccount(`category#${category}`) === 'off')),
    works: worksChannel.catch('invitation').parse(ofAccount('works')),
    grouping: worksGrouping.catch('together').parse(ofContact('grouping')),
    reminders: ofContact('reminders') === 'on',
    feed: ofContact('feed') ?? '0',
  };
}

function newest(stored: readonly StoredSetting[], names: readonly string[]): StoredSetting | undefined {
  return stored
    .filter(({ setting }) => names.includes(setting))
    .reduce<StoredSetting | undefined>((best, next) => (!best || isNewer(lastSaid(next), lastSaid(best)) ? next : best), undefined);
}
