import { queryPage } from '../aws/tables.ts';
import type { LegalEntity } from '../directory/records.ts';
import type { DocumentVersion, VisibleDocument } from './records.ts';
import { visibleDocument, visibleOf } from './records.ts';
import { isKept } from './retention.ts';
import { newestVersions } from './visibility.ts';

/** What of a customer's documents is asked for. */
export interface CustomerQuery {
  readonly ocn: string;
  /** Whose retention counts. */
  readonly legalEntity: LegalEntity | undefined;
  /** `YYYY-MM`; undefined for all of them. */
  readonly period?: string | undefined;
  /** The cursor of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** Which accounts; undefined for all. */
  readonly isOf?: ((bcn: string) => boolean) | undefined;
}

/** Documents, the newest period first, and where the next page begins; no `next` on the last page. */
export interface CustomerPage {
  readonly documents: readonly VisibleDocument[];
  readonly next?: string | undefined;
}

/** Beyond every character of a key; before every digit. */
const [LAST, FIRST] = ['~', '0'];
/** Versions and manifests lie between documents: so many items are read for each. */
const ITEMS_A_DOCUMENT = 2;
const DOCUMENT_ID = /^[A-Za-z0-9._-]+\/\d{4}-\d\d\/[A-Za-z0-9._-]+$/;

/** One page of what a customer can see now, as long as it is kept. */
export async function customerDocuments(query: CustomerQuery, now: Date): Promise<CustomerPage> {
  const { ocn, legalEntity, period, after, limit, isOf = () => true } = query;
  const between = [period === undefined ? FIRST : `${period}/`, after ?? `${period === undefined ? '' : `${period}/`}${LAST}`] as const;
  const found: VisibleDocument[] = [];
  let open: DocumentVersion[] = [];
  let cursor: Record<string, unknown> | undefined;
  do {
    const page = await queryPage<DocumentVersion>(
      'documents',
      { index: 'byCustomer', pk: ocn, between, descending: true, pageSize: (limit + 1) * ITEMS_A_DOCUMENT },
      cursor,
    );
    cursor = page.cursor;
    const read = [...open, ...page.items];
    // The versions of a document lie together: those of the last one may go on.
    const last = cursor ? read.at(-1)?.documentId : undefined;
    open = read.filter(({ documentId }) => documentId === last);
    const whole = read.filter(({ documentId, bcn }) => documentId !== last && isOf(bcn));
    const visible = newestVersions(await visibleOf(whole, now)).filter((document) => isKept(document, legalEntity, now));
    found.push(...visible.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1)));
  } while (cursor && found.length <= limit);
  const documents = found.slice(0, limit);
  const end = documents.at(-1);
  return { documents, next: found.length > limit && end ? cursorOf(end) : undefined };
}

/**
 * One document of a customer as it can be seen now, by its name in a URL.
 * @returns undefined for whatever is not there, not visible, not kept any more, or somebody else's
 */
export async function customerDocument(
  { ocn, legalEntity }: Pick<CustomerQuery, 'ocn' | 'legalEntity'>,
  name: string,
  now: Date,
): Promise<VisibleDocument | undefined> {
  const documentId = Buffer.from(name, 'base64url').toString();
  if (!DOCUMENT_ID.test(documentId)) return undefined;
  const document = await visibleDocument(documentId, now);
  return document?.ocn === ocn && isKept(document, legalEntity, now) ? document : undefined;
}

/** A document's name in a URL, one path segment, the same for every version. */
export function nameInUrl({ documentId }: Pick<VisibleDocument, 'documentId'>): string {
  return Buffer.from(documentId).toString('base64url');
}

/** Reads a cursor that a client sends back; undefined for what is none. */
export function readCursor(text: string): string | undefined {
  const place = Buffer.from(text, 'base64url').toString();
  return /^\d{4}-\d\d\/[A-Za-z0-9._/-]+$/.test(place) ? place : undefined;
}

function cursorOf(document: VisibleDocument): string {
  return Buffer.from(placeOf(document)).toString('base64url');
}

/** Where a document's versions lie in the index, without the number of the version. */
function placeOf({ period, bcn, documentId }: VisibleDocument): string {
  return `${period}/${bcn}/${documentId.slice(documentId.indexOf('/') + 1)}`;
}
