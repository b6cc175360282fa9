import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { contactsOf } from '../directory/read.ts';
import type { CheckCounts, Draft } from './review.ts';

/** Counts what stands against a draft: without a billing contact nobody could answer. */
export async function checkDraft({ ocn, bcn, calendar }: Draft, now: Date): Promise<CheckCounts> {
  const today = localDate(now, CALENDARS[calendar].timeZone);
  const contacts = billingContactsOf(await contactsOf(ocn), bcn, today);
  return { blocks: contacts.length === 0 ? 1 : 0, asks: 0, notes: 0 };
}
