import type { LegalEntity } from '../directory/records.ts';
import type { InvoiceKind } from '../documents/records.ts';

/** How the numbers of a series are written, and where it stands. */
export interface Series {
  readonly prefix: string;
  readonly width: number;
  /** The sequence number that is taken next. */
  readonly next: number;
}

const CODES = {
  invoice: 'INV',
  'credit-note': 'CN',
  'self-billed-invoice': 'SBI',
  'outpayment-statement': 'OPS',
} as const satisfies Record<InvoiceKind, string>;

const DEFAULT_WIDTH = 6;

/**
 * A series that begins: where the carrier's earlier system left it, else from 1. Each supplier's self-billed numbers
 * carry the supplier's customer number, because they are the supplier's own.
 * @param issueDate decides the year
 */
export function firstOfSeries(
  entity: Pick<LegalEntity, 'legalEntityId' | 'series'>,
  kind: InvoiceKind,
  ocn: string,
  issueDate: string,
): Series {
  const year = Number(issueDate.slice(0, 4));
  const seed = entity.series?.find((series) => series.type === kind && series.year === year);
  const supplier = kind === 'self-billed-invoice' ? `${ocn}-` : '';
  if (seed) return { prefix: `${seed.prefix}${supplier}`, width: seed.width, next: seed.next };
  return { prefix: `${entity.legalEntityId}-${CODES[kind]}${issueDate.slice(2, 4)}-${supplier}`, width: DEFAULT_WIDTH, next: 1 };
}

/** `DE26` and 4711 of width 6: `DE26004711`. */
export function numberOf({ prefix, width }: Pick<Series, 'prefix' | 'width'>, sequence: number): string {
  return `${prefix}${String(sequence).padStart(width, '0')}`;
}
