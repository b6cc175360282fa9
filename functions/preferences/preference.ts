import { type Category, OPTIONAL } from './categories.ts';
import { isNewer, lastSaid, type StoredSetting } from './decision.ts';
import {
  capOf,
  type DocumentFormat,
  type InvoicesChoice,
  invoicesChoice,
  type QuietHours,
  quietHoursOf,
  type WorksChannel,
  type WorksGrouping,
  worksChannel,
  worksGrouping,
} from './setting.ts';

export { type Decided, isNewer, type SettingChange, type StoredSetting } from './decision.ts';
export { nameOf, type Setting } from './setting.ts';

/** What a contact wants for one billing account. */
export interface Preference {
  /** Rises with every decision of the contact; the claim checks that it is still the one that was read. */
  readonly version: number;
  /** The same of the customer's defaults. */
  readonly defaultsVersion: number;
  readonly format: DocumentFormat;
  readonly language?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly off: ReadonlySet<Category>;
  readonly works: WorksChannel;
  readonly grouping: WorksGrouping;
  /** A notice 24 hours before works begin: only for who asked for it. */
  readonly reminders: boolean;
  readonly quietHours?: QuietHours | undefined;
  /** How many optional emails a day and a week at most; missing: as many as come. */
  readonly caps: { readonly day?: number | undefined; readonly week?: number | undefined };
  /** Who gets this billing contact's invoices. */
  readonly invoices: InvoicesChoice;
  /** The number that the addresses of this contact's calendar feed carry. */
  readonly feed: string;
  /** The number that this contact's links to all of its documents carry. */
  readonly documentsLink: string;
}

/** What an administrator decided for all contacts of a customer. */
interface Defaults {
  readonly version: number;
  readonly stored: readonly StoredSetting[];
}

const NO_DEFAULTS: Defaults = { version: 0, stored: [] };

/**
 * What the stored settings say about one account. For format, works, invoices and each category the newer of "this account" and "all
 * accounts" counts; what the contact decided itself counts before any default.
 * @param bcn undefined asks for what is set for all accounts
 */
export function preferenceFrom(stored: readonly StoredSetting[], version: number, bcn?: string, defaults = NO_DEFAULTS): Preference {
  const own = (name: string) => newest(stored, [name])?.value;
  const first = (names: readonly string[]) => (newest(stored, names) ?? newest(defaults.stored, names))?.value;
  const ofContact = (name: string) => first([name]);
  const ofAccount = (name: string) => first(namesFor(name, bcn));
  return {
    version,
    defaultsVersion: defaults.version,
    format: ofAccount('format') === 'links-only' ? 'links-only' : 'attachment',
    language: own('language'),
    timeZone: own('timeZone'),
    off: new Set(OPTIONAL.filter((category) => ofAccount(`category#${category}`) === 'off')),
    works: worksChannel.catch('invitation').parse(ofAccount('works')),
    grouping: worksGrouping.catch('together').parse(ofContact('grouping')),
    reminders: ofContact('reminders') === 'on',
    quietHours: quietHoursOf(ofContact('quietHours')),
    caps: { day: capOf(ofContact('capDay')), week: capOf(ofContact('capWeek')) },
    invoices: invoicesFrom(stored, bcn),
    feed: own('feed') ?? '0',
    documentsLink: own('documentsLink') ?? '0',
  };
}

/** Who gets a contact's invoices of one account; without settings: itself. */
export function invoicesFrom(stored: readonly StoredSetting[], bcn?: string): InvoicesChoice {
  return invoicesChoice.catch('here').parse(newest(stored, namesFor('invoices', bcn))?.value);
}

function namesFor(name: string, bcn: string | undefined): string[] {
  return [`${name}#*`, ...(bcn === undefined ? [] : [`${name}#${bcn}`])];
}

function newest(stored: readonly StoredSetting[], names: readonly string[]): StoredSetting | undefined {
  return stored
    .filter(({ setting }) => names.includes(setting))
    .reduce<StoredSetting | undefined>((best, next) => (!best || isNewer(lastSaid(next), lastSaid(best)) ? next : best), undefined);
}
