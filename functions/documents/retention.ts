import { expiresAfterMonths, INVOICE_MONTHS } from '../aws/retention.ts';
import type { LegalEntity } from '../directory/records.ts';
import type { DocumentKind } from './portal-key.ts';

type Kept = Pick<LegalEntity, 'country' | 'retentionMonths'>;

/**
 * How long call records are shown, by the country of the seller, where the legal entity says nothing: they are traffic data. Germany: six
 * months after the invoice was sent (TDDDG section 10).
 */
const CALLS: Readonly<Record<string, number>> = { DE: 6 };
const CALLS_ELSEWHERE = 12;
const NUMBER_LISTS = 24;

/** For how many months after its publication a document is shown. */
export function keptMonths(kind: DocumentKind, entity: Kept | undefined): number {
  const said = entity?.retentionMonths;
  switch (kind) {
    case 'cdr':
      return said?.cdr ?? CALLS[entity?.country ?? ''] ?? CALLS_ELSEWHERE;
    case 'unl':
      return said?.unl ?? NUMBER_LISTS;
    case 'invoice':
    case 'credit-note':
    case 'self-billed-invoice':
    case 'outpayment-statement':
      return said?.invoice ?? INVOICE_MONTHS;
  }
}

/** True while a document may be shown: as long as its kind is kept by the legal entity that sold. */
export function isKept(
  { kind, publishedAt }: { readonly kind: DocumentKind; readonly publishedAt: string },
  entity: Kept | undefined,
  now: Date,
): boolean {
  return now.getTime() / 1000 < expiresAfterMonths(publishedAt, keptMonths(kind, entity));
}
