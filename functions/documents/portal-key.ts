/** Kinds that customers see; the manifest lies beside them and tells systems what is there. */
export const DOCUMENT_KINDS = ['invoice', 'credit-note', 'self-billed-invoice', 'outpayment-statement', 'cdr', 'unl'] as const;

export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
export type InvoiceKind = Exclude<DocumentKind, 'cdr' | 'unl'>;
export type PortalKind = DocumentKind | 'manifest';
export type DocumentFormat = 'pdf' | 'csv' | 'csv.gz' | 'json';

/** What names a document, whatever its version. */
export interface DocumentName {
  readonly ocn: string;
  readonly bcn: string;
  readonly period: string;
  readonly kind: PortalKind;
  readonly format: DocumentFormat;
  /** Numbered documents only. */
  readonly number?: string | undefined;
}

/** `<bcn>/<period>/<kind>-<number|bcn>.<format>`: safe in a URL, the same for every version. */
export function documentIdOf({ bcn, period, kind, format, number }: DocumentName): string {
  return `${bcn}/${period}/${kind}-${fileNumber(number ?? bcn)}.${format}`;
}

/** The object's key in the portal bucket; version n > 1 has `.v<n>` before the extension, so no key is ever overwritten. */
export function portalKey(name: DocumentName, version: number): string {
  const suffix = version > 1 ? `.v${version}` : '';
  return `${name.ocn}/${name.bcn}/${name.period}/${stemOf(name)}${suffix}.${name.format}`;
}

function stemOf({ kind, bcn, period, number }: DocumentName): string {
  if (kind === 'manifest') return 'manifest';
  if (kind === 'cdr' || kind === 'unl') return `${kind}-${bcn}-${period}`;
  return `${kind}-${fileNumber(number ?? bcn)}`;
}

/** A carrier's prefix may hold `/` or a blank, which no path may. */
function fileNumber(number: string): string {
  return number.replace(/[^A-Za-z0-9._-]/g, '-').replace(/\.{2,}/g, '-');
}

const CONTENT_TYPES = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  'csv.gz': 'application/gzip',
  json: 'application/json',
} as const satisfies Record<DocumentFormat, string>;

export function contentTypeOf(format: DocumentFormat): string {
  return CONTENT_TYPES[format];
}
