import { randomUUID } from 'node:crypto';
import { contactDoer } from '../audit/human-act.ts';
import { addDays, localDate } from '../calendars/dates.ts';
import { PermanentError } from '../events/failure.ts';
import type { PreferencesGrant } from '../messages/links.ts';
import type { FormFields } from '../pages/form-body.ts';
import { tellChanged } from '../preferences/changed.ts';
import { setDefault } from '../preferences/defaults.ts';
import { decideFor } from '../preferences/hand-over.ts';
import { setPreference } from '../preferences/preferences.ts';
import { witnessOf } from '../preferences/witness.ts';
import { type Reader, readerOf } from './reader.ts';
import { type Change, changesOf, decidesForAll, fieldsOf, type StepBack, stepsBack } from './settings-form.ts';

/** A link to somebody's settings opens them for so long; after that it offers a new one. */
const OPENS_DAYS = 90;
const REVOCATION_DIGITS = 8;

/** True for a link whose days are over: it opens nothing any more but the offer of a new one. */
export function isTooOld({ on }: PreferencesGrant, now: Date): boolean {
  return localDate(now, 'UTC') > addDays(on, OPENS_DAYS);
}

/** What came of a form. */
export interface Saving {
  readonly changes: readonly Change[];
  /** A hand-over that would leave an account's invoices without a reader. */
  readonly refused: readonly Change[];
  /** True when something was asked for all contacts that only an administrator may decide, and the contact is none, or none any more. */
  readonly isForbidden: boolean;
  /** The form that takes the changes back. */
  readonly back: readonly StepBack[];
  /** As things are now. */
  readonly reader: Reader;
}

/** Saves what a form changes; in force when this returns. The same form again changes nothing more. */
export async function saveSettings(reader: Reader, form: FormFields, now: Date): Promise<Saving> {
  const { ocn, contactId } = reader.contact;
  const before = fieldsOf(reader);
  const asked = changesOf(before, form);
  const changes: Change[] = [];
  const refused: Change[] = [];
  for (const change of asked) {
    const outcome = await outcomeOf(reader, change, now);
    if (outcome === 'changed') changes.push(change);
    if (outcome === 'refused') refused.push(change);
  }
  // Also without a change: a first try may have been cut short here.
  const isForOthers = asked.some(({ field }) => field.forAll);
  if (reader.isToldOfWorks || isForOthers) await tellChanged(ocn, `${contactId} ${now.toISOString()}`, now);
  return {
    changes,
    refused: refused.filter(({ field }) => !field.forAll),
    isForbidden: (decidesForAll(form) && !reader.administers) || refused.some(({ field }) => field.forAll),
    back: stepsBack(changes, before),
    reader: (await readerOf(ocn, contactId, now)) ?? reader,
  };
}

/** Ends every link to the page with all documents that is known, and answers the reader with the number of the next ones. */
export async function revokeDocumentsLink(reader: Reader, now: Date): Promise<Reader> {
  const { ocn, contactId } = reader.contact;
  const decided = decidedHere(ocn, contactId, now);
  await setPreference(ocn, contactId, { name: 'documentsLink', value: randomUUID().slice(0, REVOCATION_DIGITS) }, decided);
  return (await readerOf(ocn, contactId, now)) ?? reader;
}

/** A decision that a contact takes on its own page at this moment. */
function decidedHere(ocn: string, contactId: string, now: Date) {
  const witness = witnessOf(contactDoer(contactId), { ocn, contactId }, now);
  return { changeId: randomUUID(), at: now.toISOString(), by: contactId, how: 'page', saidNow: true as const, witness };
}

type Outcome = 'changed' | 'so already' | 'refused';

/** Decides, and says what came of it; `refused` is a decision that a rule forbids: the page says which. */
async function outcomeOf({ contact: { ocn, contactId } }: Reader, { field, value }: Change, now: Date): Promise<Outcome> {
  // What is so for all accounts may differ a moment later from what is so for one: only writing it tells.
  if (field.value === value && !field.forAll) return 'so already';
  const decided = decidedHere(ocn, contactId, now);
  const ofAll = witnessOf(contactDoer(contactId), { ocn }, now);
  try {
    if (!field.forAll) await decideFor(ocn, contactId, field.setting(value), decided);
    else if ((await setDefault(ocn, contactId, field.setting(value), { ...decided, witness: ofAll })).verdict !== 'changes')
      return 'so already';
    return 'changed';
  } catch (error) {
    if (error instanceof PermanentError) return 'refused';
    throw error;
  }
}
