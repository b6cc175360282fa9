import type { LegalEntity } from '../directory/records.ts';
import { type Money, taxOn } from '../money/money.ts';
import type { Bill, TaxCategory } from './bill.ts';
import { vatGroups } from './bill-rules/vat.ts';
import type { Party } from './invoice.ts';
import type { LanguageCode } from './languages/language.ts';
import { categoryWords } from './legal/law.ts';

/** A row of the VAT breakdown (EN 16931 BG-23) with what has to be said about it. */
export interface VatRow {
  readonly category: TaxCategory;
  readonly rate: string;
  readonly base: Money;
  readonly amount: Money;
  /** What the carrier says and the law wants said about this category. */
  readonly words?: string | undefined;
  /** Tax that the customer accounts for itself, outside the totals. */
  readonly customerAccounts?: { readonly rate: string; readonly amount: Money } | undefined;
}

/** VAT by category and rate, with the words that carrier and law give for each. */
export function vatRows(bill: Bill, at: { seller: Party; buyer: Party; legalEntity: LegalEntity; language: LanguageCode }): VatRow[] {
  return vatGroups(bill).map(({ category, rate, base }) => {
    const law = categoryWords(at.seller.country, at.buyer.country, category);
    const { customerAccountsAt } = law ?? {};
    return {
      category,
      rate,
      base,
      amount: taxOn(base, rate, at.legalEntity.taxRounding),
      words: [...reasonsOf(bill, category), ...(law ? [law.words[at.language]] : [])].join(' ') || undefined,
      customerAccounts: customerAccountsAt
        ? { rate: customerAccountsAt, amount: taxOn(base, customerAccountsAt, at.legalEntity.taxRounding) }
        : undefined,
    };
  });
}

/** The carrier's own reasons for a category, once each, as sentences. */
function reasonsOf(bill: Bill, category: TaxCategory): string[] {
  const lines = bill.appliedCustomerBillingRate.filter(({ appliedTax: [tax] }) => tax?.taxCategory === category);
  const reasons = new Set(lines.flatMap(({ exemptionReason }) => exemptionReason?.trim() || []));
  return [...reasons].map((reason) => (/[.!?]$/.test(reason) ? reason : `${reason}.`));
}
