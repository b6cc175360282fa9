import { randomUUID } from 'node:crypto';
import { addDays, localDate } from '../calendars/dates.ts';
import { PermanentError } from '../events/failure.ts';
import type { PreferencesGrant } from '../messages/links.ts';
import type { FormFields } from '../pages/form-body.ts';
import { tellChanged } from '../preferences/changed.ts';
import { decideFor } from '../preferences/hand-over.ts';
import { type Reader, readerOf } from './reader.ts';
import { type Change, changesOf, fieldsOf } from './settings-form.ts';

/** A link to somebody's settings opens them for so long; after that it offers a new one. */
const OPENS_DAYS = 90;

/** True for a link whose days are over: it opens nothing any more but the offer of a new one. */
export function isTooOld({ on }: PreferencesGrant, now: Date): boolean {
  return localDate(now, 'UTC') > addDays(on, OPENS_DAYS);
}

/** What came of a form. */
export interface Saving {
  readonly changes: readonly Change[];
  /** A hand-over that would leave an account's invoices without a reader. */
  readonly refused: readonly Change[];
  /** As things are now. */
  readonly reader: Reader;
}

/** Saves what a form changes; in force when this returns. The same form again changes nothing more. */
export async function saveSettings(reader: Reader, form: FormFields, now: Date): Promise<Saving> {
  const { ocn, contactId } = reader.contact;
  const changes: Change[] = [];
  const refused: Change[] = [];
  for (const change of changesOf(fieldsOf(reader), form)) {
    const { field, value } = change;
    if (field.value === value) continue;
    const decided = { changeId: randomUUID(), at: now.toISOString(), by: contactId, how: 'page', saidNow: true as const };
    ((await isTaken(() => decideFor(ocn, contactId, field.setting(value), decided))) ? changes : refused).push(change);
  }
  // Also without a change: a first try may have been cut short here.
  if (reader.isToldOfWorks) await tellChanged(ocn, `${contactId} ${now.toISOString()}`, now);
  return { changes, refused, reader: (await readerOf(ocn, contactId, now)) ?? reader };
}

/** False for a decision that a rule forbids: the page says which. */
async function isTaken(decide: () => Promise<unknown>): Promise<boolean> {
  try {
    await decide();
    return true;
  } catch (error) {
    if (error instanceof PermanentError) return false;
    throw error;
  }
}
