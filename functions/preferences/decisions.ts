import { type Expression, expression } from '../aws/expression.ts';
import { cursorText, type Listed, ROWS, readCursor } from '../aws/page-cursor.ts';
import { CONSENT_MONTHS, expiresAfterMonths } from '../aws/retention.ts';
import { getItems, type Item, type Key, queryItems, queryPage, transact, updateItem, type Write } from '../aws/tables.ts';
import { PassingError } from '../events/failure.ts';
import {
  instantOfNow,
  isToldAlready,
  judge,
  lastSaid,
  type SettingChange,
  type Settings,
  type StoredSetting,
  type Verdict,
} from './decision.ts';

// <pk> / PREFERENCE: all settings of a contact (or all defaults of a customer) in one item, so that one version stands for all of them.
// <pk> / HISTORY#<instant>#<change id>: every decision that changed something, also those that came too late to count.

/** Fifty at once on one contact each need a turn. */
const MAX_TRIES = 60;

/** What was decided, and its version; nothing was decided at version 0. */
export interface Decisions {
  readonly version: number;
  readonly settings: Settings;
}

/** What became of a decision. */
export interface Recorded {
  /** True when what was decided is so now. */
  readonly stands: boolean;
  readonly verdict: Verdict;
  /** The setting as it stands now. */
  readonly stored: StoredSetting;
}

/** Everything that was decided under a key, read consistently. */
export async function decisionsOf(pk: string): Promise<Decisions> {
  return (await allDecisionsOf([pk]))(pk);
}

/** The same for many keys. */
export async function allDecisionsOf(pks: readonly string[]): Promise<(pk: string) => Decisions> {
  const items = await getItems<Item & Decisions>('preferences', pks.map(headOf));
  const found = new Map(items.map(({ pk, version, settings }) => [pk, { version, settings }]));
  return (pk) => found.get(pk) ?? { version: 0, settings: {} };
}

/** Every line of the history under a key, oldest first. */
export function historyOf(pk: string): Promise<SettingChange[]> {
  return Array.fromAsync(queryItems<SettingChange>('preferences', { pk, beginsWith: 'HISTORY#' }));
}

/** A page of the history under a key, the newest line first. */
export async function historyPage(pk: string, after: string | undefined): Promise<Listed<SettingChange>> {
  const range = { pk, beginsWith: 'HISTORY#', descending: true, pageSize: ROWS };
  const page = await queryPage<SettingChange>('preferences', range, readCursor(after, pk));
  return { rows: page.items, next: cursorText(page.cursor) };
}

/** The condition that nobody decided anything since this version was read. */
export function unchangedSince(pk: string, version: number): Write {
  return { check: headOf(pk), table: 'preferences', when: atVersion(version) };
}

/**
 * Records a decision. The newest of a setting counts, whatever the order of arrival; the same one twice is a no-op, and one that says what
 * is so already leaves neither a version nor a line.
 * @param conditions what else must hold for a decision that changes something, seen how things would stand; asked again before each try
 */
export async function recordDecision(
  pk: string,
  { saidNow, witness, ...decision }: StoredSetting,
  conditions?: (after: Settings) => Promise<Write[]>,
): Promise<Recorded> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const { version, settings } = await decisionsOf(pk);
    const next = { ...decision, at: saidNow ? instantOfNow(settings, decision) : new Date(decision.at).toISOString() };
    const { verdict, stored } = judge(settings, next);
    const known = settings[next.setting];
    const recorded = { stands: stored.value === next.value, verdict, stored };
    switch (verdict) {
      case 'changes': {
        const more = (await conditions?.({ ...settings, [next.setting]: next })) ?? [];
        const told = witness?.(next, known?.value) ?? [];
        if ((await transact([lineOf(pk, next, known), changeOf(pk, version, next, known), ...more, ...told])).length === 0) return recorded;
        break;
      }
      case 'confirms':
        if ((saidNow && isSaidSince(known, decision.at)) || (await confirm(pk, version, next))) return recorded;
        break;
      case 'late':
        if (!isToldAlready(await historyOf(pk), next)) await transact([lineOf(pk, next, known)]);
        return recorded;
      case 'repeats':
        return recorded;
    }
  }
  throw new PassingError(`The preferences of ${pk} are being changed by others all the time`);
}

function lineOf(pk: string, next: StoredSetting, known: StoredSetting | undefined): Write {
  const expiresAt = expiresAfterMonths(next.at, CONSENT_MONTHS);
  const put = { pk, sk: `HISTORY#${next.at}#${next.changeId}`, ...next, before: known?.value, expiresAt };
  return { put, table: 'preferences', when: expression`attribute_not_exists(#pk)` };
}

function changeOf(pk: string, version: number, next: StoredSetting, known: StoredSetting | undefined): Write {
  if (version === 0) {
    return { put: { ...headOf(pk), version: 1, settings: { [next.setting]: next } }, table: 'preferences', when: atVersion(0) };
  }
  const change = ofSetting(next.setting, expression`SET #settings.#setting = ${next}, #version = ${version + 1}`);
  // A confirmation raises no version: it must not be lost to a decision that is older than it.
  const unconfirmed = known?.confirmed
    ? expression`#settings.#setting.#confirmed.#changeId = ${known.confirmed.changeId}`
    : expression`attribute_not_exists(#settings.#setting.#confirmed)`;
  const when = ofSetting(next.setting, expression`${atVersion(version)} AND ${unconfirmed}`);
  return { update: headOf(pk), table: 'preferences', change, when };
}

/** Of fifty clicks at one instant the first confirmation stands for all. */
function isSaidSince(known: StoredSetting | undefined, at: string): boolean {
  return known !== undefined && lastSaid(known).at >= new Date(at).toISOString();
}

/** Moves the instant of the last confirmation forward, never back. */
async function confirm(pk: string, version: number, { setting, at, changeId }: StoredSetting): Promise<boolean> {
  const change = expression`SET #settings.#setting.#confirmed = ${{ at, changeId }}`;
  const earlier = expression`#settings.#setting.#confirmed.#at < ${at}`;
  const tied = expression`#settings.#setting.#confirmed.#at = ${at} AND #settings.#setting.#confirmed.#changeId < ${changeId}`;
  const when = expression`${atVersion(version)} AND (attribute_not_exists(#settings.#setting.#confirmed) OR ${earlier} OR (${tied}))`;
  return (await updateItem('preferences', headOf(pk), ofSetting(setting, change), ofSetting(setting, when))) !== undefined;
}

function atVersion(version: number): Expression {
  return version === 0 ? expression`attribute_not_exists(#pk)` : expression`#version = ${version}`;
}

/** `#setting` stands for the setting's own name. */
function ofSetting(setting: string, { names, ...rest }: Expression): Expression {
  return { ...rest, names: { ...names, '#setting': setting } };
}

function headOf(pk: string): Key {
  return { pk, sk: 'PREFERENCE' };
}
