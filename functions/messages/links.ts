import { createHash } from 'node:crypto';
import { signToken, type TokenKeys, verifyToken } from '../tokens/token.ts';

const PURPOSE = 'document';

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
