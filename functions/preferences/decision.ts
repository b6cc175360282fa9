import type { Write } from '../aws/tables.ts';

/** Who decided, when and how: `page`, `one-click`, `complaint`, `billing team`. */
export interface Decided {
  /** Unique for this decision: it breaks ties and makes a repetition a no-op. */
  readonly changeId: string;
  readonly at: string;
  readonly by: string;
  readonly how: string;
  /** Said at this very moment: it comes after whatever is known, also within the same millisecond. An import tells when it was said instead. */
  readonly saidNow?: true | undefined;
  /** Tells the audit trail of it when it changes something, because a person said it; see witness.ts. */
  readonly witness?: Witness | undefined;
}

/** What the audit trail has to write together with a decision. */
export type Witness = (next: StoredSetting, before: string | undefined) => readonly Write[];

/** When a decision was made; the id tells two of one instant apart. */
export type Instant = Pick<Decided, 'at' | 'changeId'>;

/** A setting as it stands: the decision that made it so, and the last one that said the same again. */
export type StoredSetting = Decided & { readonly setting: string; readonly value: string; readonly confirmed?: Instant | undefined };

/** Settings by name. */
export type Settings = Readonly<Record<string, StoredSetting>>;

/** One line of consent history: from what to what. */
export type SettingChange = StoredSetting & { readonly before?: string | undefined };

/**
 * What a decision means for what stands:
 * - `changes`: something is different from now on;
 * - `confirms`: it is so already, but nothing older may undo it any more;
 * - `repeats`: it is the very decision that stands;
 * - `late`: a newer one stands.
 */
export type Verdict = 'changes' | 'confirms' | 'repeats' | 'late';

/** The newer of two decisions, whichever arrived first; the id decides between two of one instant. */
export function isNewer(a: Instant, b: Instant): boolean {
  return a.at === b.at ? a.changeId > b.changeId : a.at > b.at;
}

/** The last time that somebody said what a setting says. */
export function lastSaid(stored: StoredSetting): Instant {
  return stored.confirmed ?? stored;
}

/**
 * Judges a decision by what stands, and says how its setting stands afterwards. In whatever order decisions come, and however often, the
 * newest of each setting counts.
 * @param next the decision, `at` as `Date.toISOString()` writes it
 */
export function judge(settings: Settings, next: StoredSetting): { readonly verdict: Verdict; readonly stored: StoredSetting } {
  const known = settings[next.setting];
  if (!known) return { verdict: 'changes', stored: next };
  if ([known.changeId, known.confirmed?.changeId].includes(next.changeId)) return { verdict: 'repeats', stored: known };
  if (!isNewer(next, lastSaid(known))) return { verdict: 'late', stored: known };
  if (known.value !== next.value || overrules(settings, known, next)) return { verdict: 'changes', stored: next };
  return { verdict: 'confirms', stored: { ...known, confirmed: { at: next.at, changeId: next.changeId } } };
}

/** The instant of a decision that is made now: after everything that was ever said about the same. */
export function instantOfNow(settings: Settings, { setting, at }: Pick<StoredSetting, 'setting' | 'at'>): string {
  const said = Object.values(settings).filter((other) => other.setting === setting || overlap(other.setting, setting));
  const latest = Math.max(...said.map((other) => Date.parse(lastSaid(other).at)));
  return new Date(Math.max(Date.parse(at), latest + 1)).toISOString();
}

/**
 * True when the history has no need of a line for a decision that came late: the one before it or the one after it says the same.
 * @param history oldest first
 */
export function isToldAlready(history: readonly SettingChange[], next: StoredSetting): boolean {
  const ofSetting = history.filter(({ setting }) => setting === next.setting);
  const before = ofSetting.findLast((line) => isNewer(next, line));
  const after = ofSetting.find((line) => !isNewer(next, line));
  return before?.value === next.value || after?.value === next.value;
}

/** For one account and for all of them the newer decision counts: saying the same again overrules what the other said in between. */
function overrules(settings: Settings, known: StoredSetting, next: StoredSetting): boolean {
  return Object.values(settings).some(
    (other) =>
      overlap(other.setting, next.setting) &&
      other.value !== next.value &&
      isNewer(lastSaid(other), lastSaid(known)) &&
      isNewer(next, lastSaid(other)),
  );
}

function overlap(a: string, b: string): boolean {
  if (a === b) return false;
  const [ofA, ofB] = [a, b].map((name) => name.slice(0, name.lastIndexOf('#') + 1));
  return ofA !== '' && ofA === ofB && (a.endsWith('#*') || b.endsWith('#*'));
}
