import { now } from '../aws/clock.ts';
import { setting } from '../aws/environment.ts';
import { type PageAnswer, pageDoor } from '../aws/page-door.ts';
import { secret } from '../aws/secrets.ts';
import { PAGE_HEADERS } from '../pages/frame.ts';
import { notFoundPage } from '../pages/not-found.ts';
import { parseTokenKeys } from '../tokens/token-keys.ts';
import { visitOverview, visitOverviewDocument } from './overview-visit.ts';
import { visitDocument, visitPage } from './page-visit.ts';

/** The one answer to every link that opens nothing. */
const NOT_FOUND: PageAnswer = { status: 404, headers: PAGE_HEADERS, body: notFoundPage() };

/** The pages behind the links of billing emails and of the settings, and their documents. They only read, however often a link scanner comes by. */
export const handler = pageDoor(async ({ parameters: { token = '', overview, document }, query }): Promise<PageAnswer> => {
  const keys = parseTokenKeys(await secret(setting('LINK_KEYS_SECRET')), now());
  if (document === undefined) {
    const page = await (overview === undefined ? visitPage(token, keys, now()) : visitOverview(overview, query.after, keys, now()));
    return page ? { status: 200, headers: PAGE_HEADERS, body: page } : NOT_FOUND;
  }
  const location = await (overview === undefined
    ? visitDocument(token, document, keys, now())
    : visitOverviewDocument(overview, document, keys, now()));
  return location ? { status: 303, headers: { ...PAGE_HEADERS, location } } : NOT_FOUND;
});
