import { randomUUID } from 'node:crypto';
import { contactDoer } from '../audit/human-act.ts';
import { PermanentError } from '../events/failure.ts';
import type { UnsubscribeGrant } from '../messages/links.ts';
import type { FormFields } from '../pages/form-body.ts';
import { isMandatory } from '../preferences/categories.ts';
import { tellChanged } from '../preferences/changed.ts';
import { preferenceOf, recordPreference } from '../preferences/preferences.ts';
import { witnessOf } from '../preferences/witness.ts';

/** By which way somebody said it: kept with the decision. */
export type Way = 'one-click' | 'page' | 'mail';

/** What a form at the way out asks for. */
export type Wish = 'leave' | 'return' | 'mail me a link';

/**
 * What a form says: `List-Unsubscribe=One-Click` is what mail programs post for their reader (RFC 8058, 3.2), and what our own button posts.
 * @returns undefined for any other form: nothing changes then
 */
export function wishOf(fields: FormFields | undefined): Wish | undefined {
  if (fields?.get('List-Unsubscribe') === 'One-Click') return 'leave';
  if (fields?.get('again') === 'yes') return 'return';
  return fields?.get('settings') === 'mail' ? 'mail me a link' : undefined;
}

/** True for a token whose category may be left at all. */
export function isWayOut({ category }: UnsubscribeGrant): boolean {
  return !isMandatory(category);
}

/** Whether the contact gets the category now. */
export async function isIn({ ocn, contactId, bcn, category }: UnsubscribeGrant): Promise<boolean> {
  return !(await preferenceOf(ocn, contactId, bcn === '*' ? undefined : bcn)).off.has(category);
}

/**
 * Takes a contact out of a category, or back in; in force when this returns. Saying it again changes nothing more.
 * @param saidAt when it was said, of what was only found later: what was decided since then stays
 * @throws PermanentError for a mandatory category
 */
export async function choose(
  { ocn, contactId, bcn, category }: UnsubscribeGrant,
  value: 'on' | 'off',
  how: Way,
  now: Date,
  saidAt = now,
): Promise<void> {
  if (isMandatory(category)) throw new PermanentError(`category is "${category}": it is mandatory and cannot be switched off`, 'category');
  const saidNow = saidAt < now ? undefined : (true as const);
  const witness = witnessOf({ ...contactDoer(contactId), reason: how }, { ocn, contactId }, now);
  const decided = { changeId: randomUUID(), at: saidAt.toISOString(), by: contactId, how, saidNow, witness };
  const { stored } = await recordPreference(ocn, contactId, { name: 'category', bcn, category, value }, decided);
  // Also when it was so before: a first try may have been cut short here.
  if (category === 'other-works') await tellChanged(ocn, stored.changeId, now);
}
