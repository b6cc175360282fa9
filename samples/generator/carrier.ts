import type { LegalEntityId } from './legal-entities.ts';

export type Language = 'en' | 'de' | 'fr';
export type ProductCode = 'LE1' | 'LE10' | 'WAVE' | 'IP' | 'SDW' | 'SIP' | 'XC';

/** How an account's charges are taxed; which EN 16931 category each product then takes stands in tax.ts. */
export type TaxTreatment = 'standard' | 'reseller-voice' | 'reverse-charge' | 'cross-border';

/** What a month's bill of an account has that no other has. */
export type Quirk =
  | 'zero-total'
  | 'credits-above-charges'
  | 'tax-off-by-a-cent'
  | 'extra-credit-note'
  | 'extra-self-billed'
  | 'extra-outpayment'
  | 'foreign-tax-currency'
  | 'late-usage'
  | 'moved-in'
  | 'moved-out';

export type CallProfile = 'office' | 'wholesale' | 'freephone' | 'alarm-polling';

export interface AddressPlan {
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

export interface AccountPlan {
  readonly bcn: string;
  readonly name: string;
  readonly address: AddressPlan;
  readonly currency: 'GBP' | 'EUR' | 'JPY' | 'USD';
  readonly language: Language;
  readonly tax: TaxTreatment;
  readonly products: Partial<Record<ProductCode, number>>;
  readonly calls?: { readonly profile: CallProfile; readonly perMonth: number; readonly layout: 'fcs-v3' | 'carrierpost' };
  /** Single numbers beside the block that every account with calls holds. */
  readonly singleNumbers?: number;
  readonly quirks?: readonly Quirk[];
  readonly activeFrom?: string;
  readonly closedOn?: string;
  /** Further fields of the billing account's record, as export.md names them. */
  readonly record?: Readonly<Record<string, unknown>>;
}

export interface CustomerPlan {
  readonly ocn: string;
  readonly name: string;
  readonly legalEntityId: LegalEntityId;
  readonly country: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly domain: string;
  readonly accounts: readonly AccountPlan[];
}

/** The months that the sample carrier has bills for, oldest first. */
export const PERIODS = ['2026-08', '2026-09', '2026-10'] as const;
export const LAST_PERIOD = '2026-10';

export const BILLED_SINCE_YEARS = '2023-04-01';

/** The first day of a period, moved by so many months. */
export function firstDay(period: string, months = 0): string {
  const [year, month] = period.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

export function daysIn(period: string): number {
  return Math.round((Date.parse(firstDay(period, 1)) - Date.parse(firstDay(period))) / 86_400_000);
}

/** True when the account is billed for the period: open on one of its days. */
export function isBilled(account: AccountPlan, period: string): boolean {
  const openedInTime = (account.activeFrom ?? BILLED_SINCE_YEARS) < firstDay(period, 1);
  return openedInTime && (account.closedOn === undefined || account.closedOn >= firstDay(period));
}
