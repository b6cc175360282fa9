import { expression } from '../aws/expression.ts';
import { getItem, queryItems, transact, type Write } from '../aws/tables.ts';
import { PassingError, PermanentError } from '../events/failure.ts';
import { isMandatory } from './categories.ts';
import {
  type Decided,
  isNewer,
  nameOf,
  type Preference,
  preferenceFrom,
  type Setting,
  type SettingChange,
  type StoredSetting,
} from './preference.ts';

// CONTACT#<ocn>#<contactId> / PREFERENCE: all settings of a contact in one item, so that one version stands for all of them.
// CONTACT#<ocn>#<contactId> / HISTORY#<instant>#<change id>: every decision, also those that came too late to count.

const MAX_TRIES = 20;

interface PreferenceItem {
  readonly version: number;
  readonly settings: Readonly<Record<string, StoredSetting>>;
}

/**
 * What a contact wants for one account, read consistently. Who never said anything wants everything, with attachments.
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
  const item = await getItem<PreferenceItem>('preferences', headOf(ocn, contactId));
  const settings = Object.values(item?.settings ?? {});
  return (bcn) => preferenceFrom(settings, item?.version ?? 0, bcn);
}

/**
 * Records a decision of a contact (or of the billing team for it). The newest decision counts, whatever the order of arrival; the same one twice
 * is a no-op; every one stays in the history.
 * @returns true when the setting is now this decision's
 * @throws PermanentError when a mandatory category would be switched off
 */
export async function setPreference(ocn: string, contactId: string, setting: Setting, decided: Decided): Promise<boolean> {
  if (setting.name === 'category' && setting.value === 'off' && isMandatory(setting.category)) {
    throw new PermanentError(`category is "${setting.category}": it is mandatory and cannot be switched off`, 'category');
  }
  const next: StoredSetting = { ...decided, setting: nameOf(setting), value: setting.value };
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const item = await getItem<PreferenceItem>('preferences', headOf(ocn, contactId));
    const before = item?.settings[next.setting];
    if (before?.changeId === next.changeId) return true;
    const counts = before === undefined || isNewer(next, before);
    const failed = await transact(writes(ocn, contactId, item, next, counts));
    if (failed.length === 0 || !counts) return counts;
  }
  throw new PassingError(`The preferences of contact ${contactId} are being changed by others all the time`);
}

/** Every decision of a contact, oldest first. */
export function preferenceHistory(ocn: string, contactId: string): Promise<SettingChange[]> {
  return Array.fromAsync(queryItems<SettingChange>('preferences', { pk: headOf(ocn, contactId).pk, beginsWith: 'HISTORY#' }));
}

/** The claim's condition: the contact decided nothing since its preference was read. */
export function unchangedPreference(ocn: string, contactId: string, { version }: Preference): Write {
  const when = version === 0 ? expression`attribute_not_exists(#pk)` : expression`#version = ${version}`;
  return { check: headOf(ocn, contactId), table: 'preferences', when };
}

function writes(ocn: string, contactId: string, item: PreferenceItem | undefined, next: StoredSetting, counts: boolean): Write[] {
  const head = headOf(ocn, contactId);
  const before = item?.settings[next.setting]?.value;
  const line: Write = {
    put: { pk: head.pk, sk: `HISTORY#${next.at}#${next.changeId}`, ...next, before },
    table: 'preferences',
    when: expression`attribute_not_exists(#pk)`,
  };
  if (!counts) return [line];
  const settings = { ...item?.settings, [next.setting]: next };
  const when = item ? expression`#version = ${item.version}` : expression`attribute_not_exists(#pk)`;
  return [line, { put: { ...head, version: (item?.version ?? 0) + 1, settings }, table: 'preferences', when }];
}

function headOf(ocn: string, contactId: string) {
  return { pk: `CONTACT#${ocn}#${contactId}`, sk: 'PREFERENCE' };
}
