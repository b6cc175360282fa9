import type { BillingAccount } from '../directory/records.ts';
import type { CdrSummary } from './cdr/write-cdr.ts';
import type { DocumentVersion } from './records.ts';
import type { Unl } from './unl.ts';

/** A document as the manifest tells it. */
export type ManifestDocument = Pick<DocumentVersion, 'documentId' | 'kind' | 'format' | 'number' | 'version' | 'key' | 'sha256' | 'bytes'>;

/** What a customer's systems find of an account and a period: the documents with their hashes, and what call records and numbers sum to. */
export interface Manifest {
  /** The version of this form. */
  readonly manifest: 1;
  readonly ocn: string;
  readonly bcn: string;
  readonly period: string;
  /** The newest version of each document, in the order of their ids. */
  readonly documents: readonly ManifestDocument[];
  /** Present when the account had rated calls, also where its itemisation is `none` and no file is published. */
  readonly cdr?: ManifestCdr | undefined;
  /** Rows of the number list and the numbers they stand for, in all and by status. */
  readonly unl?: Pick<Unl, 'asOf' | 'totals' | 'byStatus'> | undefined;
}

export interface ManifestCdr extends Pick<CdrSummary, 'rows' | 'seconds' | 'ratedSeconds' | 'charge' | 'byClass' | 'late' | 'duplicates'> {
  readonly itemisation: BillingAccount['itemisation'];
  readonly currency: string;
  /** Of the CSV and of its gzip file; missing where no file is published. */
  readonly sha256Raw?: string | undefined;
  readonly sha256Packed?: string | undefined;
}

export interface ManifestParts {
  readonly account: Pick<BillingAccount, 'ocn' | 'bcn' | 'currency' | 'itemisation'>;
  readonly period: string;
  readonly documents: readonly ManifestDocument[];
  readonly cdr?: Omit<CdrSummary, 'charged'> | undefined;
  readonly unl?: Unl | undefined;
}

/** Gathers the manifest; the manifest itself is not among its documents. */
export function manifestOf({ account, period, documents, cdr, unl }: ManifestParts): Manifest {
  const contents = {
    cdr: cdr && called(cdr, account),
    unl: unl && { asOf: unl.asOf, totals: unl.totals, byStatus: unl.byStatus },
  };
  return listing({ manifest: 1, ocn: account.ocn, bcn: account.bcn, period, documents: [], ...contents }, documents);
}

/** The manifest with these documents: call records and numbers are summed before the last of them is rendered. */
export function listing(manifest: Manifest, documents: readonly ManifestDocument[]): Manifest {
  const own = documents.filter(({ kind }) => kind !== 'manifest').map(listed);
  return { ...manifest, documents: own.sort(byId) };
}

/** The same manifest gives the same bytes. */
export function manifestBytes(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
}

function listed({ documentId, kind, format, number, version, key, sha256, bytes }: ManifestDocument): ManifestDocument {
  return { documentId, kind, format, number, version, key, sha256, bytes };
}

function called(cdr: Omit<CdrSummary, 'charged'>, { itemisation, currency }: ManifestParts['account']): ManifestCdr {
  const { rows, seconds, ratedSeconds, charge, byClass, late, duplicates, file } = cdr;
  const hashes = { sha256Raw: file?.sha256Raw, sha256Packed: file?.sha256Packed };
  return { itemisation, currency, rows, seconds, ratedSeconds, charge, byClass, late, duplicates, ...hashes };
}

function byId(a: ManifestDocument, b: ManifestDocument): number {
  if (a.documentId === b.documentId) return 0;
  return a.documentId < b.documentId ? -1 : 1;
}
