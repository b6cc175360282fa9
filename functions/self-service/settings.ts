import { randomUUID } from 'node:crypto';
import { addDays, localDate } from '../calendars/dates.ts';
import type { PreferencesGrant } from '../messages/links.ts';
import { reconsider } from '../planned-works/reconsider.ts';
import { setPreference } from '../preferences/preferences.ts';
import type { FormFields } from './form-body.ts';
import { type Reader, readerOf } from './reader.ts';
import { type Change, changesOf, fieldsOf } from './settings-form.ts';

/** A link to somebody's settings opens them for so long; after that it offers a new one. */
const OPENS_DAYS = 90;

/** True for a link whose days are over: it opens nothing any more but the offer of a new one. */
export function isTooOld({ on }: PreferencesGrant, now: Date): boolean {
  return localDate(now, 'UTC') > addDays(on, OPENS_DAYS);
}

/**
 * Saves what a form changes; in force when this returns. The same form again changes nothing more.
 * @returns what was changed, and the reader as it is now
 */
export async function saveSettings(reader: Reader, form: FormFields, now: Date): Promise<{ changes: Change[]; reader: Reader }> {
  const { ocn, contactId } = reader.contact;
  const changes = changesOf(fieldsOf(reader), form).filter(({ field, value }) => field.value !== value);
  for (const { field, value } of changes) {
    const decided = { changeId: randomUUID(), at: now.toISOString(), by: contactId, how: 'page' };
    await setPreference(ocn, contactId, field.setting(value), decided);
  }
  // Also without a change: a first try may have been cut short here.
  if (reader.isToldOfWorks) await reconsider({ ocns: [ocn] }, `preferences of ${contactId}, ${now.toISOString()}`, now);
  return { changes, reader: (await readerOf(ocn, contactId, now)) ?? reader };
}
