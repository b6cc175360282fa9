import { localDate } from '../calendars/dates.ts';
import { overviewPath, type PreferencesGrant, type UnsubscribeGrant } from '../messages/links.ts';
import type { FormFields } from '../pages/form-body.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';
import { type Reader, readerOf } from './reader.ts';
import { mailSettingsLink } from './renew.ts';
import { isTooOld, revokeDocumentsLink, saveSettings } from './settings.ts';
import { fieldsOf } from './settings-form.ts';
import { type DocumentsLink, settingsPage } from './settings-page.ts';
import { choose, isIn, isWayOut, wishOf } from './way-out.ts';
import { notUnderstoodPage, sentPage, tooOldPage, wayOutPage } from './way-out-page.ts';

/** A page, and how the request for it went. */
export interface Answer {
  readonly status: 200 | 400 | 403;
  readonly html: string;
}

/** What was posted; `fields` is undefined for something that is no form. Missing: the page was only asked for. */
export interface Said {
  readonly fields: FormFields | undefined;
}

/**
 * The way out of a category.
 * @returns undefined when it leads nowhere: a mandatory category, a contact who is none any more
 */
export async function answerWayOut(grant: UnsubscribeGrant, said: Said | undefined, now: Date): Promise<Answer | undefined> {
  const reader = isWayOut(grant) ? await readerOf(grant.ocn, grant.contactId, now) : undefined;
  if (!reader) return undefined;
  if (!said) return ok(wayOutPage(reader, grant, (await isIn(grant)) ? 'asked' : 'out'));
  switch (wishOf(said.fields)) {
    case 'leave':
      await choose(grant, 'off', said.fields?.has('page') ? 'page' : 'one-click', now);
      return ok(wayOutPage(reader, grant, 'out'));
    case 'return':
      await choose(grant, 'on', 'page', now);
      return ok(wayOutPage(reader, grant, 'back in'));
    case 'mail me a link':
      return mailed(reader, now);
    case undefined:
      return { status: 400, html: notUnderstoodPage(reader) };
  }
}

/**
 * A contact's settings.
 * @returns undefined when the contact is none any more
 */
export async function answerSettings(
  grant: PreferencesGrant,
  said: Said | undefined,
  keys: TokenKeys,
  now: Date,
): Promise<Answer | undefined> {
  const reader = await readerOf(grant.ocn, grant.contactId, now);
  if (!reader) return undefined;
  if (isTooOld(grant, now)) return said?.fields?.get('settings') === 'mail' ? mailed(reader, now) : ok(tooOldPage(reader));
  if (!said) return ok(settingsPage(reader, fieldsOf(reader), linkOf(reader, keys, now)));
  if (!said.fields) return { status: 400, html: notUnderstoodPage(reader) };
  if (said.fields.get('documents-link') === 'revoke') {
    const after = await revokeDocumentsLink(reader, now);
    return ok(settingsPage(after, fieldsOf(after), { ...linkOf(after, keys, now), isNew: true }));
  }
  const saving = await saveSettings(reader, said.fields, now);
  const saved = { ...saving, isUndo: said.fields.get('undo') === 'yes' };
  const html = settingsPage(saving.reader, fieldsOf(saving.reader), linkOf(saving.reader, keys, now), saved);
  return { status: saving.isForbidden ? 403 : 200, html };
}

/** A new link to the page with all documents of the reader. */
function linkOf({ contact: { ocn, contactId }, preference }: Reader, keys: TokenKeys, now: Date): DocumentsLink {
  return { path: overviewPath({ ocn, contactId, number: preference().documentsLink, on: localDate(now, 'UTC') }, keys) };
}

async function mailed(reader: Reader, now: Date): Promise<Answer> {
  await mailSettingsLink(reader, now);
  return ok(sentPage(reader));
}

function ok(html: string): Answer {
  return { status: 200, html };
}
