import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { type PageAnswer, pageDoor } from '../aws/page-door.ts';
import { secret } from '../aws/secrets.ts';
import { PAGE_HEADERS } from '../pages/frame.ts';
import { notFoundPage } from '../pages/not-found.ts';
import { parseTokenKeys } from '../tokens/token-keys.ts';
import { visitDocument, visitPage } from './page-visit.ts';

/** The one answer to every link that opens nothing. */
const NOT_FOUND: PageAnswer = { status: 404, headers: PAGE_HEADERS, body: notFoundPage() };

/** The page behind the links of billing emails, and its documents. It only reads, however often a link scanner comes by. */
export const handler = pageDoor(async ({ parameters: { token = '', document } }): Promise<PageAnswer> => {
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  if (document === undefined) {
    const page = await visitPage(token, keys, now());
    return page ? { status: 200, headers: PAGE_HEADERS, body: page } : NOT_FOUND;
  }
  const location = await visitDocument(token, document, keys, now());
  return location ? { status: 303, headers: { ...PAGE_HEADERS, location } } : NOT_FOUND;
});
