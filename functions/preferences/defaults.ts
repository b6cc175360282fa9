import { localDate } from '../calendars/dates.ts';
import { getBillingAccount, getContact } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import { PermanentError } from '../events/failure.ts';
import type { Decided, SettingChange } from './decision.ts';
import { decisionsOf, historyOf, type Recorded, recordDecision } from './decisions.ts';
import { isActive } from './invoice-readers.ts';
import { type Preference, preferenceFrom } from './preference.ts';
import { assertMaySwitchOff, defaultsPartition } from './preferences.ts';
import { nameOf, type PlainSetting, type Setting } from './setting.ts';

// DEFAULTS#<ocn>: what the customer's administrators decided for all its contacts; see decisions.ts.

/** What everybody of a customer has for itself: how it reads, its feed, its link to the documents, and whom it hands its invoices to. */
const PERSONAL = ['language', 'timeZone', 'feed', 'documentsLink', 'invoices'] as const;

/** A setting that may have a default for all contacts of a customer. */
export type DefaultSetting = Exclude<PlainSetting, { name: (typeof PERSONAL)[number] }>;

/** Every decision about the customer's defaults, oldest first. */
export function defaultsHistory(ocn: string): Promise<SettingChange[]> {
  return historyOf(defaultsPartition(ocn));
}

/**
 * What holds for a contact who decided nothing, read consistently.
 * @returns what holds for one account, or (without one) what is set for all
 */
export async function defaultsOf(ocn: string): Promise<(bcn?: string) => Preference> {
  const { version, settings } = await decisionsOf(defaultsPartition(ocn));
  const defaults = { version, stored: Object.values(settings) };
  return (bcn) => preferenceFrom([], 0, bcn, defaults);
}

/** True for a contact who may decide for all contacts of its customer. */
export function isAdministrator(contact: Contact, now: Date): boolean {
  return whyNoAdministrator(contact, now) === undefined;
}

/**
 * Records a decision for all contacts of a customer. A contact's own decision counts before it, whichever is newer.
 * @param as the contact of role `administrator` who decides
 * @throws PermanentError when the contact is no administrator, the setting has no default, a mandatory category would be switched off, or
 * the account is not the customer's
 */
export async function setDefault(ocn: string, as: string, setting: Setting, decided: Decided): Promise<Recorded> {
  await assertAdministrator(ocn, as, decided.at);
  if (!hasDefault(setting)) {
    throw new PermanentError(`setting is "${setting.name}": it is each contact's own and has no default`, 'setting');
  }
  assertMaySwitchOff(setting);
  if ('bcn' in setting && setting.bcn !== '*' && (await getBillingAccount(setting.bcn))?.ocn !== ocn) {
    throw new PermanentError(`bcn is ${JSON.stringify(setting.bcn)}: a billing account of customer ${ocn} is expected`, 'bcn');
  }
  return recordDecision(defaultsPartition(ocn), { ...decided, setting: nameOf(setting), value: setting.value });
}

async function assertAdministrator(ocn: string, contactId: string, at: string): Promise<void> {
  const contact = await getContact(ocn, contactId);
  const found = whyNoAdministrator(contact, new Date(at));
  if (found === undefined) return;
  const expected = `a contact of customer ${ocn} with the role administrator is expected`;
  throw new PermanentError(`contactId is ${JSON.stringify(contactId)} (${found}): ${expected}`, 'contactId');
}

function whyNoAdministrator(contact: Contact | undefined, now: Date): string | undefined {
  if (!contact) return 'there is no such contact';
  if (!isActive(contact, localDate(now, contact.timeZone))) return `it was one until ${contact.activeTo}`;
  return contact.roles.includes('administrator') ? undefined : `its roles are ${contact.roles.join(', ') || 'none'}`;
}

function hasDefault(setting: Setting): setting is DefaultSetting {
  return !(PERSONAL as readonly string[]).includes(setting.name);
}
