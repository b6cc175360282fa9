import { expression } from '../aws/expression.ts';
import { getItems, putItem, type Write } from '../aws/tables.ts';

/** What becomes visible by one write: the month of a calendar, a late batch, a rerun. */
export interface Publication {
  readonly publicationId: string;
  readonly period: string;
  readonly calendar: string;
  readonly openedAt: string;
  /** The moment from which its documents are visible; missing until then. */
  readonly publishedAt?: string | undefined;
  /** The event, schedule or person that published it. */
  readonly cause?: string | undefined;
}

/** Opens a publication that documents can belong to; opening it again changes nothing. */
export async function openPublication(publication: Pick<Publication, 'publicationId' | 'period' | 'calendar'>, now: Date): Promise<void> {
  await putItem(
    'documents',
    { ...keyOf(publication.publicationId), ...publication, openedAt: now.toISOString() },
    expression`attribute_not_exists(#pk)`,
  );
}

/** The one write that makes every document of the publication visible; for a transaction with the run's own state. */
export function publish(publicationId: string, publishedAt: Date, cause: string): Write {
  return {
    table: 'documents',
    update: keyOf(publicationId),
    change: expression`SET #publishedAt = ${publishedAt.toISOString()}, #cause = ${cause}`,
    when: expression`attribute_exists(#pk) AND attribute_not_exists(#publishedAt)`,
  };
}

/** When each of these publications became visible; those that did not are left out. */
export async function publishedInstants(publicationIds: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const publications = await publicationsOf(publicationIds);
  return new Map(
    [...publications.values()].flatMap(({ publicationId, publishedAt }) => (publishedAt ? [[publicationId, publishedAt]] : [])),
  );
}

/** These publications by id, whether published or not. */
export async function publicationsOf(publicationIds: Iterable<string>): Promise<ReadonlyMap<string, Publication>> {
  const publications = await getItems<Publication>('documents', [...new Set(publicationIds)].map(keyOf));
  return new Map(publications.map((publication) => [publication.publicationId, publication]));
}

function keyOf(publicationId: string) {
  return { pk: `PUBLICATION#${publicationId}`, sk: 'PUBLICATION' };
}
