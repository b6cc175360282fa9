import { now } from '../aws/clock.ts';
import { isUnchanged, type PageAnswer, pageDoor } from '../aws/page-door.ts';
import { fieldIssues } from '../events/cloud-event.ts';
import { documentAsked, documentsJson, documentsQuery, mayRead } from './documents-api.ts';
import { signedDocument } from './page-visit.ts';

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  // Asked again each time, answered by 304 while nothing changed.
  'cache-control': 'private, no-cache',
  'x-content-type-options': 'nosniff',
};

/** The one answer for customers that are unknown or somebody else's, and documents that are not there. */
const NOT_FOUND: PageAnswer = { status: 404, headers: HEADERS, body: JSON.stringify({ error: 'There is nothing here.' }) };

/** A customer's documents for an existing portal. The gateway has checked who asks; whose documents they are is checked here. It only reads. */
export const handler = pageDoor(async ({ parameters: { ocn = '', document }, query, headers, claims }): Promise<PageAnswer> => {
  if (!mayRead(claims, ocn)) return NOT_FOUND;
  if (document !== undefined) {
    const found = await documentAsked(ocn, document, now());
    if (!found) return NOT_FOUND;
    return { status: 303, headers: { ...HEADERS, location: await signedDocument(found) } };
  }
  const asked = documentsQuery.safeParse(query);
  if (!asked.success) return { status: 400, headers: HEADERS, body: JSON.stringify({ errors: fieldIssues(asked.error, query) }) };
  const page = await documentsJson(ocn, asked.data, now());
  if (!page) return NOT_FOUND;
  const told = { ...HEADERS, etag: page.etag };
  return isUnchanged(page.etag, headers) ? { status: 304, headers: told } : { status: 200, headers: told, body: page.body };
});
