import { createHash } from 'node:crypto';
import type { Person } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import { type Expression, expression } from '../aws/expression.ts';
import { getItem, getItems, type Item, putItem, transact, type Write } from '../aws/tables.ts';
import { addressKey } from '../directory/address-key.ts';
import { PermanentError } from '../events/failure.ts';

// SUPPRESSED#<SHA-256 of the folded address> / SUPPRESSION: no address stands in it, so it may outlive the contact.

/** Why nothing is mailed to an address any more. */
export interface Suppression {
  readonly reason: 'bounce' | 'complaint';
  readonly at: string;
  /** The message that came back. */
  readonly messageId: string;
}

/** Who lets an address be written to again, and why. */
export interface Lift extends Person {
  /** The contact's own word: who of the customer asked for it, when and how. */
  readonly askedBy?: string | undefined;
}

/** What is known of an address: its suppression, and what was lifted before. */
export interface SuppressionRecord {
  readonly standing?: Suppression | undefined;
  readonly lifted: readonly (Suppression & { readonly lift: Lift & { readonly at: string } })[];
}

type Stored = SuppressionRecord & { readonly version: number };

const MAX_LIFTED = 20;
const NOTHING: SuppressionRecord = { lifted: [] };

/** The suppression of an address, however it is spelt; read consistently. */
export async function suppressionOf(address: string): Promise<Suppression | undefined> {
  return (await read(address))?.standing;
}

/** The suppressions of many addresses, however they are spelt; read consistently. */
export async function suppressionsOf(addresses: readonly string[]): Promise<(address: string) => Suppression | undefined> {
  const items = await getItems<Stored & { pk: string }>('preferences', addresses.map(keyOf));
  const found = new Map(items.map(({ pk, standing }) => [pk, standing]));
  return (address) => found.get(keyOf(address).pk);
}

/** The suppression of an address and those that were lifted; read consistently. */
export async function suppressionRecord(address: string): Promise<SuppressionRecord> {
  const { standing, lifted } = (await read(address)) ?? NOTHING;
  return { lifted, ...(standing ? { standing } : {}) };
}

/**
 * Suppresses an address. The first report stays, but for a complaint, which weighs more than a bounce; a late copy of a report that was
 * lifted is nothing new.
 * @returns the suppression as it stands
 */
export async function suppress(address: string, suppression: Suppression): Promise<Suppression | undefined> {
  return (await change(address, (known) => afterReport(known, suppression))).standing;
}

/**
 * Lets an address be written to again, by a named person.
 * @throws PermanentError when nothing suppresses it, or a complaint does and nobody says that the contact asked for it
 */
export async function liftSuppression(address: string, lift: Lift, now: Date): Promise<Suppression> {
  let lifted: Suppression | undefined;
  const decide = (known: SuppressionRecord) => {
    lifted = known.standing;
    return afterLift(known, lift, now);
  };
  await change(address, decide, async (item, when) => {
    const { messageId, reason } = lifted ?? {};
    const act = { actId: `${item.pk}/${item.version}`, what: 'suppression.lift', doer: lift, subject: { messageId } } as const;
    const told = witnessed({ ...act, before: { suppressed: reason }, after: { suppressed: false } }, now);
    return (await transact([{ table: 'preferences', put: item, when }, ...told])).length === 0;
  });
  return lifted as Suppression;
}

/** The claim's condition: the address is not suppressed. */
export function notSuppressed(address: string): Write {
  return { check: keyOf(address), table: 'preferences', when: expression`attribute_not_exists(#standing)` };
}

/** What is known after a report; the same object when the report changes nothing. */
export function afterReport(known: SuppressionRecord, report: Suppression): SuppressionRecord {
  const { standing, lifted } = known;
  if (standing && !(report.reason === 'complaint' && standing.reason === 'bounce')) return known;
  const isOver = lifted.some(
    ({ messageId, reason }) => messageId === report.messageId && (reason === report.reason || reason === 'complaint'),
  );
  return isOver ? known : { lifted, standing: report };
}

/**
 * What is known after a person let the address be written to again.
 * @throws PermanentError when that may not be
 */
export function afterLift({ standing, lifted }: SuppressionRecord, { by, reason, askedBy }: Lift, now: Date): SuppressionRecord {
  if (!standing)
    throw new PermanentError('ADDRESS is not suppressed: an address that nothing is mailed to any more is expected', 'address');
  if (standing.reason === 'complaint' && !askedBy?.trim()) {
    throw new PermanentError(
      'askedBy is missing: the reader complained, so only its own word lifts that; who of the customer asked for it, when and how is expected',
      'askedBy',
    );
  }
  return { lifted: [...lifted, { ...standing, lift: { by, reason, askedBy, at: now.toISOString() } }].slice(-MAX_LIFTED) };
}

function read(address: string): Promise<Stored | undefined> {
  return getItem<Stored>('preferences', keyOf(address));
}

async function change(
  address: string,
  decide: (known: SuppressionRecord) => SuppressionRecord,
  keep: (item: Item, when: Expression) => Promise<boolean> = (item, when) => putItem('preferences', item, when),
): Promise<SuppressionRecord> {
  for (;;) {
    const known = await read(address);
    const before = known ?? NOTHING;
    const next = decide(before);
    if (next === before) return next;
    const when = known ? expression`#version = ${known.version}` : expression`attribute_not_exists(#pk)`;
    const { standing, lifted } = next;
    if (await keep({ ...keyOf(address), standing, lifted, version: (known?.version ?? 0) + 1 }, when)) return next;
  }
}

function keyOf(address: string) {
  return { pk: `SUPPRESSED#${suppressionKey(address)}`, sk: 'SUPPRESSION' };
}

/** An address as its suppression knows it: two spellings of a mailbox are one, and nobody reads the mailbox from it. */
function suppressionKey(address: string): string {
  return createHash('sha256').update(addressKey(address.trim())).digest('hex');
}
