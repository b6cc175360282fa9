import { timeZone } from '../directory/fields.ts';
import { PermanentError } from '../events/failure.ts';
import { LANGUAGE_CODES } from '../money/format.ts';
import type { Category } from './categories.ts';
import { capOf, documentFormat, invoicesChoice, quietHoursOf, type Setting, worksChannel, worksGrouping } from './setting.ts';

/** A setting as a person or an export names it. */
interface Named {
  /** What is right, in words or as the list of values. */
  readonly values: string;
  /** Whether it may differ from account to account. */
  readonly perAccount: boolean;
  /** The setting, or undefined when the value is wrong. */
  readonly read: (value: string, bcn: string) => Setting | undefined;
}

const CAP = 'a whole number of optional emails from 1 to 999, or none';

/** Every setting that can be made for a contact who asked for it, by its name for people. */
export const NAMED_SETTINGS: Readonly<Record<string, Named>> = {
  language: ofContact(LANGUAGE_CODES.join(' | '), (value) =>
    (LANGUAGE_CODES as readonly string[]).includes(value) ? { name: 'language', value } : undefined,
  ),
  'time-zone': ofContact('an IANA zone, such as Europe/Berlin', (value) =>
    timeZone.safeParse(value).success ? { name: 'timeZone', value } : undefined,
  ),
  'quiet-hours': ofContact("two times by the contact's clock, such as 22:00-07:00, or off", (value) =>
    value === 'off' || quietHoursOf(value) ? { name: 'quietHours', value } : undefined,
  ),
  'cap-day': ofContact(CAP, (value) => (isCap(value) ? { name: 'capDay', value } : undefined)),
  'cap-week': ofContact(CAP, (value) => (isCap(value) ? { name: 'capWeek', value } : undefined)),
  format: ofAccount(documentFormat.options.join(' | '), (value, bcn) => {
    const { data } = documentFormat.safeParse(value);
    return data && { name: 'format', bcn, value: data };
  }),
  documents: category('documents'),
  'other-works': category('other-works'),
  works: ofAccount(worksChannel.options.join(' | '), (value, bcn) => {
    const { data } = worksChannel.safeParse(value);
    return data && { name: 'works', bcn, value: data };
  }),
  grouping: ofContact(worksGrouping.options.join(' | '), (value) => {
    const { data } = worksGrouping.safeParse(value);
    return data && { name: 'grouping', value: data };
  }),
  reminders: ofContact('on | off', (value) => (isOnOff(value) ? { name: 'reminders', value } : undefined)),
  invoices: ofAccount("here | others (the account's other billing contacts) | to:<contact id>", (value, bcn) => {
    const { data } = invoicesChoice.safeParse(value);
    return data && { name: 'invoices', bcn, value: data };
  }),
};

/**
 * Reads a setting as people and exports name it: `quiet-hours`, `cap-day`, `documents`, `invoices`, ...
 * @param bcn the billing account it is for; without it: all of them
 * @throws PermanentError that names the field (`setting`, `value`, `bcn`), its value and what would be right
 */
export function settingOf(name: string, value: string, bcn?: string): Setting {
  const named = Object.hasOwn(NAMED_SETTINGS, name) ? NAMED_SETTINGS[name] : undefined;
  if (!named) throw wrong('setting', name, `one of ${Object.keys(NAMED_SETTINGS).join(', ')} is expected`);
  if (bcn !== undefined && !named.perAccount) throw wrong('bcn', bcn, `${name} is the same for all billing accounts, none is expected`);
  const setting = named.read(value, bcn ?? '*');
  if (!setting) throw wrong('value', value, `for ${name} is expected: ${named.values}`);
  return setting;
}

function ofContact(values: string, read: Named['read']): Named {
  return { values, perAccount: false, read };
}

function ofAccount(values: string, read: Named['read']): Named {
  return { values, perAccount: true, read };
}

function category(name: Category): Named {
  return ofAccount('on | off', (value, bcn) => (isOnOff(value) ? { name: 'category', bcn, category: name, value } : undefined));
}

function isOnOff(value: string): value is 'on' | 'off' {
  return value === 'on' || value === 'off';
}

function isCap(value: string): boolean {
  return value === 'none' || capOf(value) !== undefined;
}

function wrong(field: string, value: string, expected: string): PermanentError {
  return new PermanentError(`${field} is ${JSON.stringify(value.slice(0, 100))}: ${expected}`, field);
}
