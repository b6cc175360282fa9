import { createHash } from 'node:crypto';
import { signToken, type TokenKeys, verifyToken } from '../tokens/token.ts';

const PURPOSE = 'document';
const FEED = 'feed';

/** Whose documents a link opens: the account and period, and the contact it was mailed to. */
export interface DocumentGrant {
  readonly ocn: string;
  readonly bcn: string;
  readonly period: string;
  readonly contactId: string;
}

/** The page with an account's documents of a period, for one contact. */
export function documentPageUrl(publicOrigin: string, { ocn, bcn, period, contactId }: DocumentGrant, keys: TokenKeys): string {
  return `${publicOrigin}/d/${signToken({ purpose: PURPOSE, ocn, bcn, period, contactId }, keys)}`;
}

/** One document below its page. */
export function documentUrl(pageUrl: string, documentId: string): string {
  return `${pageUrl}/${documentRef(documentId)}`;
}

/** A document's name in a link: one path segment (a document id has slashes, which gateways decode as they like), the same for every version. */
export function documentRef(documentId: string): string {
  return createHash('sha256').update(documentId).digest('hex').slice(0, 16);
}

/** What a link's token grants; undefined when it is no genuine token of ours for documents. */
export function documentGrant(token: string, keys: TokenKeys): DocumentGrant | undefined {
  const { ocn, bcn, period, contactId } = verifyToken(token, PURPOSE, keys) ?? {};
  if (ocn === undefined || bcn === undefined || period === undefined || contactId === undefined) return undefined;
  return { ocn, bcn, period, contactId };
}

/** Whose planned works a calendar feed shows. */
export interface FeedGrant {
  readonly ocn: string;
  readonly contactId: string;
  /** One billing account; missing: all that the contact looks after. */
  readonly bcn?: string | undefined;
  /** The contact's current number: a feed that was revoked carries an earlier one. */
  readonly number: string;
}

/** The addresses of a contact's calendar feed: for programs that ask for a URL, and for those that subscribe at a click. */
export function feedUrls(
  publicOrigin: string,
  { ocn, contactId, bcn, number }: FeedGrant,
  keys: TokenKeys,
): { https: string; webcal: string } {
  const token = signToken({ purpose: FEED, ocn, contactId, number, ...(bcn === undefined ? {} : { bcn }) }, keys);
  const https = `${publicOrigin}/calendar/${token}/works.ics`;
  return { https, webcal: https.replace(/^https?:/, 'webcal:') };
}

/** What a feed's token grants; undefined when it is no genuine token of ours for feeds. */
export function feedGrant(token: string, keys: TokenKeys): FeedGrant | undefined {
  const { ocn, contactId, bcn, number } = verifyToken(token, FEED, keys) ?? {};
  if (ocn === undefined || contactId === undefined || number === undefined) return undefined;
  return { ocn, contactId, bcn, number };
}
