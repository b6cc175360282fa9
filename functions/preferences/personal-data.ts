import { expression } from '../aws/expression.ts';
import { putItem, queryItems, removeItem } from '../aws/tables.ts';
import type { SettingChange, StoredSetting } from './decision.ts';
import { decisionsOf, historyOf } from './decisions.ts';
import { contactPartition } from './preferences.ts';

/** What a contact decided, and every decision that led there. */
export interface PreferencesOfPerson {
  readonly settings: readonly StoredSetting[];
  readonly history: readonly SettingChange[];
}

/** Everything that is known of what a contact wants. */
export async function preferencesOfPerson(ocn: string, contactId: string): Promise<PreferencesOfPerson> {
  const pk = contactPartition(ocn, contactId);
  const [{ settings }, history] = await Promise.all([decisionsOf(pk), historyOf(pk)]);
  return { settings: Object.values(settings), history };
}

/**
 * Forgets what a contact wanted, but for what it switched off: should the carrier bring it back, it still hears nothing of that.
 * @returns how many settings and lines of the history were removed
 */
export async function erasePreferences(ocn: string, contactId: string): Promise<number> {
  const pk = contactPartition(ocn, contactId);
  const removed = await keepOnlyWhatIsOff(pk);
  let lines = 0;
  for await (const { sk } of queryItems<{ sk: string }>('preferences', { pk, beginsWith: 'HISTORY#' })) {
    await removeItem('preferences', { pk, sk });
    lines += 1;
  }
  return removed + lines;
}

async function keepOnlyWhatIsOff(pk: string): Promise<number> {
  for (;;) {
    const { version, settings } = await decisionsOf(pk);
    const all = Object.values(settings);
    const off = all.filter(({ setting, value }) => setting.startsWith('category#') && value === 'off');
    const left = off.map(({ setting, value, at, changeId }) => ({ setting, value, at, changeId, by: ERASED, how: ERASED }));
    const isDone = off.length === all.length && off.every(({ by }) => by === ERASED);
    if (isDone) return 0;
    const kept = Object.fromEntries(left.map((stored) => [stored.setting, stored]));
    const item = { pk, sk: 'PREFERENCE', version: version + 1, settings: kept };
    if (await putItem('preferences', item, expression`#version = ${version}`)) return all.length - off.length;
  }
}

const ERASED = 'erased';
