import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { type PageAnswer, pageDoor } from '../aws/page-door.ts';
import { secret } from '../aws/secrets.ts';
import { worksSender } from '../messages/post-settings.ts';
import { parseTokenKeys } from '../tokens/token-keys.ts';
import { isUnchanged, visitFeed } from './feed.ts';

const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const CALENDAR = {
  'content-type': 'text/calendar; charset=utf-8',
  'content-disposition': 'inline; filename="works.ics"',
  // Asked again each time, answered by 304 while nothing changed: an update shows within seconds.
  'cache-control': 'private, no-cache',
  'x-content-type-options': 'nosniff',
};

/** The one answer to every address that opens nothing. */
const NOT_FOUND: PageAnswer = { status: 404, headers: PLAIN, body: 'There is no calendar here.\n' };

/** The calendar feed behind the secret addresses in emails. It only reads. */
export const handler = pageDoor(async ({ parameters: { token = '' }, headers }): Promise<PageAnswer> => {
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  const feed = await visitFeed(token, keys, worksSender(), now());
  if (!feed) return NOT_FOUND;
  const validators = { etag: feed.etag, ...(feed.lastModified ? { 'last-modified': feed.lastModified.toUTCString() } : {}) };
  if (isUnchanged(feed, headers)) return { status: 304, headers: { ...CALENDAR, ...validators } };
  return { status: 200, headers: { ...CALENDAR, ...validators }, body: feed.calendar };
});
