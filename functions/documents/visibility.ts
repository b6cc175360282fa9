/** The part of a version that decides who sees it. */
export interface Versioned {
  readonly documentId: string;
  readonly version: number;
  readonly publicationId: string;
  /** Why it was taken back before anybody saw it. */
  readonly withdrawn?: string | undefined;
}

/**
 * What a customer may see of these versions: of each document and publication only the last one, and only when that
 * publication's moment has come. An earlier version of the same publication was replaced before anybody saw it.
 * @param publishedAt the publication's instant; undefined while it is not published
 */
export function visibleVersions<V extends Versioned>(
  versions: readonly V[],
  publishedAt: (publicationId: string) => string | undefined,
  now: Date,
): (V & { publishedAt: string })[] {
  const last = new Map<string, V>();
  for (const version of versions) {
    const key = `${version.documentId}\n${version.publicationId}`;
    const known = last.get(key);
    if (!known || known.version < version.version) last.set(key, version);
  }
  return [...last.values()].flatMap((version) => {
    const at = publishedAt(version.publicationId);
    return at !== undefined && new Date(at) <= now && version.withdrawn === undefined ? [{ ...version, publishedAt: at }] : [];
  });
}

/** Of each document the newest of these versions, in the order of the document ids. */
export function newestVersions<V extends Versioned>(versions: readonly V[]): V[] {
  const newest = new Map<string, V>();
  for (const version of versions) {
    const known = newest.get(version.documentId);
    if (!known || known.version < version.version) newest.set(version.documentId, version);
  }
  return [...newest.values()].sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
}
