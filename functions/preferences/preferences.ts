import type { Listed } from '../aws/page-cursor.ts';
import type { Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import { isMandatory } from './categories.ts';
import type { Decided, SettingChange } from './decision.ts';
import { allDecisionsOf, historyOf, historyPage, type Recorded, recordDecision, unchangedSince } from './decisions.ts';
import { type Preference, preferenceFrom } from './preference.ts';
import { nameOf, type PlainSetting } from './setting.ts';

// CONTACT#<ocn>#<contactId>: what a contact decided. DEFAULTS#<ocn>: what holds for who decided nothing. See decisions.ts.

/**
 * What a contact wants for one account, read consistently. Who never said anything wants what its customer's administrator set for all
 * contacts, else everything, with attachments.
 * @param bcn without it: what is set for all accounts
 */
export async function preferenceOf(ocn: string, contactId: string, bcn?: string): Promise<Preference> {
  return (await preferencesOf(ocn, contactId))(bcn);
}

/**
 * Everything a contact wants, read consistently and at once.
 * @returns what it wants for one account, or (without one) what is set for all
 */
export async function preferencesOf(ocn: string, contactId: string): Promise<(bcn?: string) => Preference> {
  return (await preferencesOfContacts(ocn, [contactId]))(contactId);
}

/** The same for many contacts of a customer. */
export async function preferencesOfContacts(
  ocn: string,
  contactIds: readonly string[],
): Promise<(contactId: string) => (bcn?: string) => Preference> {
  const decisionsOf = await allDecisionsOf([defaultsPartition(ocn), ...contactIds.map((contactId) => contactPartition(ocn, contactId))]);
  const defaults = decisionsOf(defaultsPartition(ocn));
  const common = { version: defaults.version, stored: Object.values(defaults.settings) };
  return (contactId) => {
    const { version, settings } = decisionsOf(contactPartition(ocn, contactId));
    return (bcn) => preferenceFrom(Object.values(settings), version, bcn, common);
  };
}

/**
 * Records a decision of a contact (or of the billing team for it); for one about who gets the invoices see hand-over.ts. The newest decision counts, whatever the order of arrival; the same one
 * twice is a no-op, and one that says what is so already leaves no line in the history.
 * @returns true when what was decided is so now
 * @throws PermanentError when a mandatory category would be switched off
 */
export async function setPreference(ocn: string, contactId: string, setting: PlainSetting, decided: Decided): Promise<boolean> {
  return (await recordPreference(ocn, contactId, setting, decided)).stands;
}

/** The same, with what became of the decision. */
export async function recordPreference(ocn: string, contactId: string, setting: PlainSetting, decided: Decided): Promise<Recorded> {
  assertMaySwitchOff(setting);
  return recordDecision(contactPartition(ocn, contactId), { ...decided, setting: nameOf(setting), value: setting.value });
}

/** Every decision of a contact that changed something, or came too late to, oldest first. */
export function preferenceHistory(ocn: string, contactId: string): Promise<SettingChange[]> {
  return historyOf(contactPartition(ocn, contactId));
}

/** A page of them, the newest first. */
export async function preferenceHistoryPage(ocn: string, contactId: string, after: string | undefined): Promise<Listed<SettingChange>> {
  return historyPage(contactPartition(ocn, contactId), after);
}

/** The claim's conditions: neither the contact nor its customer's administrator decided anything since the preference was read. */
export function unchangedPreference(ocn: string, contactId: string, { version, defaultsVersion }: Preference): Write[] {
  return [unchangedSince(contactPartition(ocn, contactId), version), unchangedSince(defaultsPartition(ocn), defaultsVersion)];
}

/** @throws PermanentError when a mandatory category would be switched off */
export function assertMaySwitchOff(setting: PlainSetting): void {
  if (setting.name !== 'category' || setting.value !== 'off' || !isMandatory(setting.category)) return;
  throw new PermanentError(`category is "${setting.category}": it is mandatory and cannot be switched off`, 'category');
}

/** Where the decisions of a customer's administrators for all its contacts stand. */
export function defaultsPartition(ocn: string): string {
  return `DEFAULTS#${ocn}`;
}

/** Where a contact's decisions stand. */
export function contactPartition(ocn: string, contactId: string): string {
  return `CONTACT#${ocn}#${contactId}`;
}
