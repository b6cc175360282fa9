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

/** One document below its page; the id goes into the path as one segment. */
export function documentUrl(pageUrl: string, documentId: string): string {
  return `${pageUrl}/${encodeURIComponent(documentId)}`;
}

/** What a link's token grants; undefined when it is no genuine token of ours for documents. */
export function documentGrant(token: string, keys: TokenKeys): DocumentGrant | undefined {
  const { ocn, bcn, period, contactId } = verifyToken(token, PURPOSE, keys) ?? {};
  if (ocn === undefined || bcn === undefined || period === undefined || contactId === undefined) return undefined;
  return { ocn, bcn, period, contactId };
}
