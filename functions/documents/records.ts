import { expression } from '../aws/expression.ts';
import { getItems, type Key, type QueryRange, queryItems, transact, type Write } from '../aws/tables.ts';
import { PassingError } from '../events/failure.ts';
import { type DocumentKind, type DocumentName, documentIdOf, portalKey } from './portal-key.ts';
import { publishedInstants } from './publications.ts';
import { newestVersions, visibleVersions } from './visibility.ts';

export { type DocumentFormat, type DocumentKind, type DocumentName, documentIdOf, type InvoiceKind } from './portal-key.ts';
export { openPublication, publish } from './publications.ts';

/** When something happened to a document, and the event, schedule or person that caused it. */
export interface Happening {
  readonly at: string;
  readonly cause: string;
}

/** Bytes that shall become a version of a document. */
export interface DocumentDraft extends DocumentName {
  readonly sha256: string;
  readonly bytes: number;
  readonly publicationId: string;
  /** What the document says, for emails, registers and comparisons; amounts as decimal strings. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  /** When its bytes were made; of what a version of long ago says nothing. */
  readonly made?: Happening | undefined;
}

export interface DocumentVersion extends DocumentDraft {
  readonly documentId: string;
  readonly version: number;
  /** In the portal bucket; never overwritten. */
  readonly key: string;
  readonly withdrawn?: string | undefined;
  readonly withdrawal?: Happening | undefined;
}

/** A version as its customer sees it. */
export type VisibleDocument = Omit<DocumentVersion, 'kind'> & { readonly kind: DocumentKind; readonly publishedAt: string };

/** DynamoDB takes 100 writes in a transaction; some are left for guards. */
const DRAFTS_A_TRANSACTION = 80;
const MAX_TRIES = 6;

/** Records one version; see `addVersions`. */
export async function addVersion(draft: DocumentDraft): Promise<DocumentVersion> {
  const [version] = await addVersions([draft]);
  return version as DocumentVersion;
}

/**
 * Records documents before their bytes are stored, so that two writers never share a key. The same bytes again are the
 * same version (nothing is written); other bytes are the next one. The caller stores the object under `key` afterwards.
 * @param drafts each document once
 * @param guard condition checks that must hold in the same transaction
 * @throws GuardError when a guard's condition is false
 */
export async function addVersions(drafts: readonly DocumentDraft[], guard: readonly Write[] = []): Promise<DocumentVersion[]> {
  const added: DocumentVersion[] = [];
  for (let from = 0; from < drafts.length; from += DRAFTS_A_TRANSACTION) {
    added.push(...(await addSome(drafts.slice(from, from + DRAFTS_A_TRANSACTION), guard)));
  }
  return added;
}

/** A guard's condition was false: the work belongs to a past that is over. */
export class GuardError extends Error {
  constructor() {
    super('The work was overtaken: what it belongs to has moved on');
    this.name = 'GuardError';
  }
}

async function addSome(drafts: readonly DocumentDraft[], guard: readonly Write[]): Promise<DocumentVersion[]> {
  for (let turn = 0; turn < MAX_TRIES; turn += 1) {
    const latest = await latestVersions(drafts);
    const published = await publishedInstants([...latest.values()].map(({ publicationId }) => publicationId));
    const versions = drafts.map((draft) => versionOf(draft, latest.get(documentIdOf(draft)), published));
    const fresh = versions.filter((version) => latest.get(version.documentId)?.version !== version.version);
    if (fresh.length === 0) return versions;
    const failed = await transact([...guard, ...fresh.map(putOf)]);
    if (failed.length === 0) return versions;
    if (failed.some((index) => index < guard.length)) throw new GuardError();
  }
  throw new PassingError('Other writers kept adding versions of the same documents');
}

/** The same bytes are the same version, unless it was withdrawn or waits in another publication that may never come. */
function versionOf(draft: DocumentDraft, latest: DocumentVersion | undefined, published: ReadonlyMap<string, string>): DocumentVersion {
  const known = latest && latest.sha256 === draft.sha256 && latest.withdrawn === undefined;
  if (known && (latest.publicationId === draft.publicationId || published.has(latest.publicationId))) return latest;
  const version = (latest?.version ?? 0) + 1;
  return { ...draft, documentId: documentIdOf(draft), version, key: portalKey(draft, version) };
}

/** The versions that these bytes would become; those that an earlier publication showed already are left out. Writes nothing. */
export async function newVersions(drafts: readonly DocumentDraft[]): Promise<DocumentVersion[]> {
  const latest = await latestVersions(drafts);
  const published = await publishedInstants([...latest.values()].map(({ publicationId }) => publicationId));
  const versions = drafts.map((draft) => versionOf(draft, latest.get(documentIdOf(draft)), published));
  return versions.filter((version) => latest.get(version.documentId)?.version !== version.version);
}

/** Most documents have no version yet, which one batch read of the first versions tells. */
async function latestVersions(drafts: readonly DocumentDraft[]): Promise<Map<string, DocumentVersion>> {
  const firsts = await getItems<DocumentVersion>(
    'documents',
    drafts.map((draft) => versionKey(documentIdOf(draft), 1)),
  );
  const latest = await Promise.all(firsts.map(({ documentId }) => versionsOf(documentId)));
  return new Map(newestVersions(latest.flat()).map((version) => [version.documentId, version]));
}

function putOf(version: DocumentVersion): Write {
  const { documentId, ocn, bcn, period, number } = version;
  const key = versionKey(documentId, version.version);
  const customer = { byCustomerPk: ocn, byCustomerSk: `${period}/${bcn}/${key.sk}` };
  const numbered = number === undefined ? {} : { byNumberPk: numberPartition(number), byNumberSk: `${documentId}#${key.sk}` };
  return { table: 'documents', put: { ...key, ...customer, ...numbered, ...version }, when: expression`attribute_not_exists(#pk)` };
}

/**
 * Takes a document of an unpublished publication back: its account is parked, or its number was given up.
 * @param guard a condition that must hold in the same transaction
 * @throws GuardError when it does not
 */
export async function withdrawDocument(
  documentId: string,
  publicationId: string,
  { reason, ...withdrawal }: Happening & { readonly reason: string },
  guard: Write,
): Promise<void> {
  const standing = (await versionsOf(documentId)).filter((version) => version.publicationId === publicationId && !version.withdrawn);
  if (standing.length === 0) return;
  const writes = standing.map(({ version }): Write => {
    return {
      table: 'documents',
      update: versionKey(documentId, version),
      change: expression`SET #withdrawn = ${reason}, #withdrawal = ${withdrawal}`,
    };
  });
  const failed = await transact([guard, ...writes]);
  if (failed.length > 0) throw new GuardError();
}

/**
 * What a customer (`ocn`) or an account (`bcn`) can see now: the newest visible version of each document.
 * @param period `YYYY-MM`; undefined for all of them
 */
export async function visibleDocuments(
  of: { readonly ocn: string } | { readonly bcn: string },
  period: string | undefined,
  now: Date,
): Promise<VisibleDocument[]> {
  if ('bcn' in of) return visibleOfAccount(of.bcn, period, now);
  return visibleIn({ index: 'byCustomer', pk: of.ocn, beginsWith: beginningOf(period) }, now);
}

/** What an account shows now; see `visibleDocuments`. */
export function visibleOfAccount(bcn: string, period: string | undefined, now: Date): Promise<VisibleDocument[]> {
  return visibleIn({ pk: accountPartition(bcn), beginsWith: beginningOf(period) }, now);
}

async function visibleIn(range: QueryRange, now: Date): Promise<VisibleDocument[]> {
  const versions: DocumentVersion[] = [];
  for await (const version of queryItems<DocumentVersion>('documents', range)) versions.push(version);
  return newestVersions(await visibleOf(versions, now));
}

function beginningOf(period: string | undefined): string {
  return period === undefined ? '' : `${period}/`;
}

/**
 * One document as its customer may see it now.
 * @param version a certain version; without it the newest visible one
 */
export async function visibleDocument(documentId: string, now: Date, version?: number): Promise<VisibleDocument | undefined> {
  const visible = await visibleOf(await versionsOf(documentId), now);
  return version === undefined ? newestVersions(visible)[0] : visible.find((candidate) => candidate.version === version);
}

/** Those of these versions that can be seen now. */
export async function visibleOf(versions: readonly DocumentVersion[], now: Date): Promise<VisibleDocument[]> {
  const published = await publishedInstants(versions.map(({ publicationId }) => publicationId));
  return visibleVersions(versions, (publicationId) => published.get(publicationId), now).flatMap((version) =>
    version.kind === 'manifest' ? [] : [{ ...version, kind: version.kind }],
  );
}

/** Every version of an account's documents of a period, also those that nobody may see. */
export function versionsOfPeriod(bcn: string, period: string): AsyncGenerator<DocumentVersion> {
  return queryItems<DocumentVersion>('documents', { pk: accountPartition(bcn), beginsWith: beginningOf(period) });
}

async function versionsOf(documentId: string): Promise<DocumentVersion[]> {
  const { pk, sk } = versionKey(documentId, 1);
  const versions: DocumentVersion[] = [];
  for await (const version of queryItems<DocumentVersion>('documents', { pk, beginsWith: sk.slice(0, sk.indexOf('#') + 1) }))
    versions.push(version);
  return versions;
}

function versionKey(documentId: string, version: number): Key {
  const slash = documentId.indexOf('/');
  return { pk: accountPartition(documentId.slice(0, slash)), sk: `${documentId.slice(slash + 1)}#${String(version).padStart(6, '0')}` };
}

/** Under which the index byNumber has the versions of a numbered document. */
export function numberPartition(number: string): string {
  return `NUMBER#${number}`;
}

/** Where the versions of an account's documents lie. */
export function accountPartition(bcn: string): string {
  return `ACCOUNT#${bcn}`;
}
