import type { TaxCategory } from '../bill.ts';
import type { LanguageCode } from '../languages/language.ts';
import type { InvoiceKind } from '../portal-key.ts';

/** Where the buyer is, seen from the seller. `eu` and `abroad` exclude the seller's own country. */
export type BuyerPlace = 'domestic' | 'eu' | 'abroad';

export type InLanguages = Readonly<Record<LanguageCode, string>>;

/** Words that a VAT category needs beside its figures, and the law that asks for them. */
export interface CategoryWords {
  readonly category: TaxCategory;
  /** Missing: wherever the buyer is. */
  readonly buyer?: BuyerPlace;
  readonly words: InLanguages;
  /** VATEX code of EN 16931's list (BT-121). */
  readonly code?: string;
  /** The rate, in percent, at which the customer accounts for the tax itself; shown outside the total where the law wants the amount. */
  readonly customerAccountsAt?: string;
  readonly source: string;
}

/** Words that a kind of document needs as a whole. */
export interface DocumentWords {
  readonly kinds: readonly InvoiceKind[];
  readonly words: InLanguages;
  readonly source: string;
}

/** What one seller country's law makes a document say. The first row that fits counts. */
export interface CountryLaw {
  /** How the national tax is called in the seller's country. */
  readonly tax: 'vat' | 'consumptionTax';
  readonly categories: readonly CategoryWords[];
  readonly documents: readonly DocumentWords[];
}
