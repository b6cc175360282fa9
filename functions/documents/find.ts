import { cursorText, type Listed, ROWS, readCursor } from '../aws/page-cursor.ts';
import { getItems, queryPage } from '../aws/tables.ts';
import { publishedInstants } from './publications.ts';
import { accountPartition, type DocumentVersion, numberPartition } from './records.ts';

/** One version of a document as the billing team sees it: also what no customer can see. */
export interface KnownDocument extends DocumentVersion {
  /** When its publication became visible; missing until then. */
  readonly publishedAt?: string | undefined;
}

/** Documents of a month: several invoices, call records and number lists, each with a version or two. */
const OF_MONTH = 40;

/** The documents that bear a number, whichever legal entity issued them. Asks an index: one of the last moment may be missing. */
export async function documentsNumbered(number: string): Promise<KnownDocument[]> {
  const range = { pk: numberPartition(number), index: 'byNumber', pageSize: ROWS };
  const { items } = await queryPage<{ pk: string; sk: string }>('documents', range);
  return known(await getItems<DocumentVersion>('documents', items));
}

/** Every version of an account's documents of a month, a hundred at most, by document: also those that are withdrawn, or not published yet. */
export async function documentsOfMonth(bcn: string, period: string): Promise<{ documents: KnownDocument[]; isAll: boolean }> {
  const range = { pk: accountPartition(bcn), beginsWith: `${period}/`, pageSize: OF_MONTH };
  const { items, cursor } = await queryPage<DocumentVersion>('documents', range);
  return { documents: await known(items), isAll: cursor === undefined };
}

/** A page of an account's documents, the newest month first. */
export async function documentPage(bcn: string, after: string | undefined): Promise<Listed<KnownDocument>> {
  const pk = accountPartition(bcn);
  const page = await queryPage<DocumentVersion>('documents', { pk, descending: true, pageSize: ROWS }, readCursor(after, pk));
  return { rows: await known(page.items), next: cursorText(page.cursor) };
}

/** A page of a customer's documents over all its accounts, the newest month first. Asks an index. */
export async function customerDocumentPage(ocn: string, after: string | undefined): Promise<Listed<KnownDocument>> {
  const range = { pk: ocn, index: 'byCustomer', descending: true, pageSize: ROWS };
  const page = await queryPage<DocumentVersion>('documents', range, readCursor(after, ocn));
  return { rows: await known(page.items), next: cursorText(page.cursor) };
}

async function known(versions: readonly DocumentVersion[]): Promise<KnownDocument[]> {
  const published = await publishedInstants(versions.map(({ publicationId }) => publicationId));
  return versions
    .filter(({ kind }) => kind !== 'manifest')
    .map((version) => ({ ...version, publishedAt: published.get(version.publicationId) }));
}
