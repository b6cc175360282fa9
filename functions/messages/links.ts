import { createHash } from 'node:crypto';
import { CATEGORIES, type Category } from '../preferences/categories.ts';
import { signToken, verifyToken } from '../tokens/token.ts';
import type { TokenKeys } from '../tokens/token-keys.ts';

const PURPOSE = 'document';
const FEED = 'feed';
const UNSUBSCRIBE = 'unsubscribe';
const PREFERENCES = 'preferences';
const OVERVIEW = 'all-documents';
const REVIEW = 'first-invoice-review';

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

/** What a contact is spared from a click on: one category, of one billing account or (`*`) of all. */
export interface UnsubscribeGrant {
  readonly ocn: string;
  readonly contactId: string;
  readonly bcn: string;
  readonly category: Category;
}

/** The token of a way out of a category: for the link, and for the subject of the mail that says the same. It works until its key is gone. */
export function unsubscribeToken({ ocn, contactId, bcn, category }: UnsubscribeGrant, keys: TokenKeys): string {
  return signToken({ purpose: UNSUBSCRIBE, ocn, contactId, bcn, category }, keys);
}

export function unsubscribeUrl(publicOrigin: string, token: string): string {
  return `${publicOrigin}/u/${token}`;
}

/** What a token takes a contact out of; undefined when it is no genuine token of ours for that. */
export function unsubscribeGrant(token: string, keys: TokenKeys): UnsubscribeGrant | undefined {
  const { ocn, contactId, bcn, category } = verifyToken(token, UNSUBSCRIBE, keys) ?? {};
  if (ocn === undefined || contactId === undefined || bcn === undefined || category === undefined) return undefined;
  return Object.hasOwn(CATEGORIES, category) ? { ocn, contactId, bcn, category: category as Category } : undefined;
}

/** Whose settings a link opens. */
export interface PreferencesGrant {
  readonly ocn: string;
  readonly contactId: string;
  /** The day it was made for, `YYYY-MM-DD`: it opens the settings for 90 days, and after that offers a new one. */
  readonly on: string;
}

/** The page on which a contact says what it wants to receive, and how. */
export function preferencesUrl(publicOrigin: string, { ocn, contactId, on }: PreferencesGrant, keys: TokenKeys): string {
  return `${publicOrigin}/p/${signToken({ purpose: PREFERENCES, ocn, contactId, on }, keys)}`;
}

/** Whose settings a token opens, however old it is; undefined when it is no genuine token of ours for that. */
export function preferencesGrant(token: string, keys: TokenKeys): PreferencesGrant | undefined {
  const { ocn, contactId, on } = verifyToken(token, PREFERENCES, keys) ?? {};
  if (ocn === undefined || contactId === undefined || on === undefined) return undefined;
  return { ocn, contactId, on };
}

/** Whose documents, of all periods, a link shows. */
export interface OverviewGrant {
  readonly ocn: string;
  readonly contactId: string;
  /** The contact's current number: a link that was revoked carries an earlier one. */
  readonly number: string;
  /** The day it was made for, `YYYY-MM-DD`: it opens the page for 90 days. */
  readonly on: string;
}

/** The page with all documents that a contact may see, below the public origin. */
export function overviewPath({ ocn, contactId, number, on }: OverviewGrant, keys: TokenKeys): string {
  return `/documents/${signToken({ purpose: OVERVIEW, ocn, contactId, number, on }, keys)}`;
}

/** What a token shows, however old it is; undefined when it is no genuine token of ours for that. */
export function overviewGrant(token: string, keys: TokenKeys): OverviewGrant | undefined {
  const { ocn, contactId, number, on } = verifyToken(token, OVERVIEW, keys) ?? {};
  if (ocn === undefined || contactId === undefined || number === undefined || on === undefined) return undefined;
  return { ocn, contactId, number, on };
}

/** Whose draft of a first invoice a link opens: one version of it, for one contact. */
export interface ReviewGrant {
  readonly ocn: string;
  readonly bcn: string;
  readonly period: string;
  readonly contactId: string;
  /** A newer version ends the link, and offers a new one. */
  readonly version: number;
  /** The day it was made for, `YYYY-MM-DD`: it opens the draft for 90 days, and after that offers a new one. */
  readonly on: string;
}

/** The page on which a customer checks the draft of its first invoice. */
export function reviewUrl(publicOrigin: string, { ocn, bcn, period, contactId, version, on }: ReviewGrant, keys: TokenKeys): string {
  return `${publicOrigin}/r/${signToken({ purpose: REVIEW, ocn, bcn, period, contactId, version: String(version), on }, keys)}`;
}

/** Which draft a token opens, however old it is; undefined when it is no genuine token of ours for that. */
export function reviewGrant(token: string, keys: TokenKeys): ReviewGrant | undefined {
  const { ocn, bcn, period, contactId, version, on } = verifyToken(token, REVIEW, keys) ?? {};
  if (ocn === undefined || bcn === undefined || period === undefined || contactId === undefined) return undefined;
  if (version === undefined || on === undefined) return undefined;
  return { ocn, bcn, period, contactId, version: Number(version), on };
}
