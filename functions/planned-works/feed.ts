import { createHash } from 'node:crypto';
import { looksAfterCircuits } from '../directory/contact-scope.ts';
import { accountsOfCustomer, getContact, getCustomer, getLegalEntity } from '../directory/read.ts';
import { calendarObject } from '../icalendar/calendar-object.ts';
import { type MaintenanceEvent, worstOf } from '../icalendar/maintenance.ts';
import { diaryEntry, feedName } from '../messages/diary-entry.ts';
import { getInvitation, type Invitation } from '../messages/invitation.ts';
import { type FeedGrant, feedGrant } from '../messages/links.ts';
import { oneLine } from '../messages/words.ts';
import { languageOf } from '../money/format.ts';
import { worksCategory } from '../preferences/categories.ts';
import { preferencesOf } from '../preferences/preferences.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';
import type { Diary } from './diary.ts';
import { diariesOf } from './diary-store.ts';
import { scopeKey, type Watcher, watchesOf } from './scopes.ts';
import { openWorks } from './works-store.ts';

/** A calendar feed as it stands now. */
export interface Feed {
  readonly calendar: string;
  /** Strong: the same for the same bytes. */
  readonly etag: string;
  /** When something in it changed last; undefined for a feed that never showed anything. */
  readonly lastModified?: Date | undefined;
}

/** An invitation of the feed's reader, whatever its state. */
interface Entry {
  readonly diary: Diary;
  readonly invitation: Invitation;
}

/**
 * Every window of current works that concerns the reader of a feed: the same events as its invitations, under the same UIDs.
 * @param organizer the address that works are announced from
 * @returns undefined when the address opens nothing: forged, revoked, or its contact has left
 */
export async function visitFeed(token: string, keys: TokenKeys, organizer: string, now: Date): Promise<Feed | undefined> {
  const grant = feedGrant(token, keys);
  const reader = grant && (await readerOf(grant, now));
  if (!grant || !reader) return undefined;
  const customer = await getCustomer(grant.ocn);
  const entity = customer && (await getLegalEntity(customer.legalEntityId));
  if (!customer || !entity) return undefined;
  const entries = await entriesOf(grant, reader, now);
  const { contact, preference } = reader;
  const language = languageOf(preference().language ?? contact.language);
  const timeZone = preference().timeZone ?? contact.timeZone;
  const events = entries
    .filter(({ diary, invitation }) => isCurrent(diary, invitation, now))
    .sort((a, b) => (a.invitation.start + a.diary.uid < b.invitation.start + b.diary.uid ? -1 : 1))
    .map(({ diary: { uid, said, changedAt }, invitation }): MaintenanceEvent => {
      const mailbox = { name: oneLine(entity.name), email: organizer };
      return {
        ...diaryEntry(invitation, { uid, sequence: said.sequence, language, timeZone, organizer: mailbox }),
        stamp: new Date(changedAt),
      };
    });
  const calendar = calendarObject('PUBLISH', events, { name: feedName(customer.name, language) });
  const changes = entries.map(({ diary }) => Date.parse(diary.changedAt));
  const etag = `"${createHash('sha256').update(calendar).digest('hex').slice(0, 32)}"`;
  return { calendar, etag, lastModified: changes.length > 0 ? new Date(Math.max(...changes)) : undefined };
}

/** True when a program that shows its copy has the newest one (RFC 9110, 13.1: the ETag decides where it is given). */
export function isUnchanged({ etag, lastModified }: Feed, headers: Readonly<Record<string, string | undefined>>): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
}

/** The address is as good as its contact, and as its number: raising that revokes all addresses before. */
async function readerOf({ ocn, contactId, number }: FeedGrant, now: Date): Promise<Watcher | undefined> {
  const contact = await getContact(ocn, contactId);
  if (!contact || !looksAfterCircuits(contact, now)) return undefined;
  const preference = await preferencesOf(ocn, contactId);
  return preference().feed === number ? { contact, preference } : undefined;
}

async function entriesOf({ ocn, bcn }: FeedGrant, reader: Watcher, now: Date): Promise<Entry[]> {
  const [open] = await openWorks([{ ocn }]);
  const watches = watchesOf(ocn, await accountsOfCustomer(ocn), [reader], now);
  const scopes = new Map(watches.map(({ scope, preference }) => [scopeKey(scope), preference]));
  const diaries = (await Promise.all((open?.worksIds ?? []).map((worksId) => diariesOf({ worksId, ocn })))).flat();
  const entries = await Promise.all(
    diaries.map(async ({ diary }): Promise<Entry[]> => {
      const preference = scopes.get(scopeKey(diary.scope));
      const invitation = preference && (await getInvitation(diary.uid, diary.said.sequence));
      if (!invitation) return [];
      const category = worksCategory(invitation.class, worstOf(invitation.circuits.map(({ impact }) => impact)));
      if (preference.off.has(category)) return [];
      const narrowed = bcn === undefined ? invitation : narrowedTo(bcn, invitation);
      return narrowed ? [{ diary, invitation: narrowed }] : [];
    }),
  );
  return entries.flat();
}

/** A feed of one account shows that account's circuits alone. */
function narrowedTo(bcn: string, invitation: Invitation): Invitation | undefined {
  const circuits = invitation.circuits.filter((circuit) => circuit.bcn === bcn);
  return circuits.length > 0 ? { ...invitation, circuits, account: bcn } : undefined;
}

function isCurrent({ live }: Diary, { status, end }: Invitation, now: Date): boolean {
  return live && status !== 'cancelled' && Date.parse(end) > now.getTime();
}
