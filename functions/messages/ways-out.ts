import { localDate } from '../calendars/dates.ts';
import { isMandatory } from '../preferences/categories.ts';
import type { Surroundings } from './composed.ts';
import { preferencesUrl, unsubscribeToken, unsubscribeUrl } from './links.ts';
import { categoryOf, isAboutWorks, type NewMessage } from './message.ts';

/** The way out of an optional category, as the headers tell a mail program (RFC 8058). */
export interface OneClick {
  readonly url: string;
  /** The subject of a mail to the unsubscribe mailbox that says the same. */
  readonly token: string;
}

/** The ways out that an email offers its reader. */
export interface WaysOut {
  /** The foot of every email: the page on which its reader says what it wants. Made for the reader's local date. */
  readonly settingsUrl: string;
  /** The foot of an optional one: the same link as the header's. Who has left the category already is not offered to leave it. */
  readonly unsubscribeUrl?: string | undefined;
  /** The headers of an optional one. */
  readonly oneClick?: OneClick | undefined;
}

/**
 * What an email offers, by its category alone: nothing leads out of a mandatory one, so its headers promise nothing. The CANCEL that clears a
 * diary has the headers of its category, also for who opted out: they tell the truth (the token ends the category, and it stays ended),
 * and somebody who is annoyed by it finds a way out instead of the button that calls it spam.
 */
export function waysOut(message: NewMessage, { contact, timeZone, publicOrigin, linkKeys, off, now }: Surroundings): WaysOut {
  const { ocn } = message;
  const { contactId } = contact;
  const settingsUrl = preferencesUrl(publicOrigin, { ocn, contactId, on: localDate(now, timeZone) }, linkKeys);
  const category = categoryOf(message);
  if (isMandatory(category)) return { settingsUrl };
  // One email about works may concern several accounts: it is ended for all of them.
  const bcn = isAboutWorks(message) ? '*' : message.bcn;
  const token = unsubscribeToken({ ocn, contactId, bcn, category }, linkKeys);
  const url = unsubscribeUrl(publicOrigin, token);
  return { settingsUrl, unsubscribeUrl: off.has(category) ? undefined : url, oneClick: { url, token } };
}
