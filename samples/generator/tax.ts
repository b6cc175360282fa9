import type { AccountPlan } from './carrier.ts';
import type { LegalEntityId } from './legal-entities.ts';

export interface Tax {
  readonly taxCategory: 'S' | 'AE' | 'O';
  readonly taxRate: string;
}

const STANDARD_RATE: Record<LegalEntityId, string> = { 'NG-GB': '20', 'NG-DE': '19', 'NG-FR': '20', 'NG-JP': '10' };

export const REVERSE: Tax = { taxCategory: 'AE', taxRate: '0' };
export const OUTSIDE: Tax = { taxCategory: 'O', taxRate: '0' };

export function standardTax(entity: LegalEntityId): Tax {
  return { taxCategory: 'S', taxRate: STANDARD_RATE[entity] };
}

/**
 * The tax of a line. In the UK the reverse charge covers voice that is sold to a reseller, while connectivity carries VAT; in Germany and
 * France it covers all telecommunications sold to one, and across the border every service between businesses.
 */
export function taxOf(account: AccountPlan, entity: LegalEntityId, voice: boolean): Tax {
  switch (account.tax) {
    case 'standard':
      return standardTax(entity);
    case 'reseller-voice':
      return voice ? REVERSE : standardTax(entity);
    case 'reverse-charge':
    case 'cross-border':
      return REVERSE;
  }
}
