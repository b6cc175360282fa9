import type { NumberRange } from '../../directory/records.ts';
import { type Money, toDecimal } from '../../money/money.ts';
import type { LineType, TaxCategory } from '../bill.ts';
import type { InvoiceKind } from '../portal-key.ts';

/** A language that documents are printed in. Everything a page says is here; what the law makes it say is in legal/. */
export type LanguageCode = 'en' | 'de' | 'fr';

/** How a language writes numbers. */
export interface NumberFormat {
  readonly thousands: string;
  readonly decimal: string;
  /** Between a figure and its percent sign or trailing currency. */
  readonly gap: string;
  /** `EUR 1.00` or `1.00 EUR`. */
  readonly currencyFirst: boolean;
}

export interface Language {
  readonly code: LanguageCode;
  readonly number: NumberFormat;
  /** Between a label and what it labels, blanks and all. */
  readonly colon: string;
  /** `4 November 2026`, for running text. */
  readonly longDate: (date: string) => string;
  /** `4 Nov 2026`, for tables. */
  readonly shortDate: (date: string) => string;
  readonly words: Words;
}

export interface Words {
  readonly titles: Readonly<Record<InvoiceKind, string>>;
  readonly lineTypes: Readonly<Record<LineType, string>>;
  readonly taxCategories: Readonly<Record<TaxCategory, string>>;
  /** The national tax: in full, in a narrow column, over its breakdown. */
  readonly tax: Readonly<Record<'vat' | 'consumptionTax', { readonly name: string; readonly short: string; readonly breakdown: string }>>;
  /** Of one, and of several. A unit that is not here is printed as the bill has it. */
  readonly units: Readonly<Record<string, readonly [one: string, several: string]>>;
  readonly facts: {
    readonly number: string;
    readonly issueDate: string;
    readonly dueDate: string;
    readonly supplyPeriod: string;
    readonly customer: string;
    readonly account: string;
    readonly vatId: string;
    readonly registration: string;
    readonly buyerReference: string;
    readonly customerReference: string;
    readonly purchaseOrder: string;
    /** Before what a credit note takes back, and before what a later invoice stands in for. */
    readonly corrects: string;
    readonly replaces: string;
    readonly agreement: string;
  };
  readonly footer: {
    readonly vatId: string;
    readonly consumptionTaxId: string;
    readonly directors: string;
    readonly capital: string;
    readonly phone: string;
  };
  /** What no draft may be taken for, on each of its pages; and what it says where an invoice says how to pay. */
  readonly draft: { readonly mark: string; readonly payment: string };
  /** Before a name that had no room at its place. */
  readonly fullName: string;
  /** Before the reason of a correction. */
  readonly change: string;
  readonly summary: {
    readonly totalDue: string;
    readonly credited: string;
    readonly paidToYou: string;
    readonly nothingToPay: string;
    readonly howToPay: string;
    readonly payment: string;
    readonly bank: string;
    readonly iban: string;
    readonly bic: string;
    readonly bankAccount: string;
    readonly reference: string;
    readonly creditorId: string;
    readonly charges: string;
    /** Over the amounts of what is no invoice: credit notes, self-billed invoices, statements. */
    readonly amounts: string;
    readonly net: string;
    readonly gross: string;
    readonly category: string;
    readonly rate: string;
    readonly base: string;
    readonly remarks: string;
  };
  readonly table: {
    readonly details: string;
    readonly usageByClass: string;
    readonly description: string;
    readonly period: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly calls: string;
    readonly duration: string;
    readonly subtotal: string;
    readonly continued: string;
  };
  /** Two ends of a circuit, read together. */
  readonly ends: (aEnd: string, bEnd: string | undefined) => string;
  readonly orderOf: (purchaseOrder: string) => string;
  readonly creditFor: (what: string) => string;
  readonly collected: (date: string, mandate: string) => string;
  readonly paidOut: (date: string) => string;
  /** Who sells and who buys, where the paper is not the seller's. */
  readonly parties: (seller: string, buyer: string) => string;
  readonly credited: string;
  readonly preceding: (number: string, date: string) => string;
  readonly taxInCurrency: (amount: string, rate: string, date: string, source: string) => string;
  readonly customerAccounts: (rate: string, amount: string) => string;
  readonly questions: (email: string, phone: string) => string;
  readonly pageOf: (page: number, pages: number) => string;
  readonly numbers: {
    readonly title: string;
    readonly asOf: string;
    readonly ranges: string;
    readonly total: string;
    readonly number: string;
    readonly size: string;
    readonly type: string;
    readonly status: string;
    readonly service: string;
    readonly assigned: string;
    readonly ended: string;
    readonly withoutAddress: string;
    readonly country: string;
    readonly portedIn: string;
    readonly types: Readonly<Record<NumberRange['type'], string>>;
    readonly statuses: Readonly<Record<NumberRange['status'], string>>;
  };
}

const SYMBOLS: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', USD: 'US$', JPY: '¥' };

/** An amount with its currency: `€1,234.50`, `1.234,50 €`, `CHF 12.00`. */
export function moneyText(amount: Money, { number }: Language): string {
  const figure = amountText(amount, number);
  const symbol = SYMBOLS[amount.currency];
  if (!number.currencyFirst) return `${figure}${number.gap}${symbol ?? amount.currency}`;
  const sign = figure.startsWith('-') ? '-' : '';
  return `${sign}${symbol ?? `${amount.currency}\u00a0`}${figure.slice(sign.length)}`;
}

/** An amount alone, with exactly the currency's decimals. */
export function amountText(amount: Money, format: NumberFormat): string {
  return decimalText(toDecimal(amount), format);
}

/** A decimal string in the language's digits grouping: `-1234.5` is `-1,234.5`. */
export function decimalText(decimal: string, { thousands, decimal: point }: NumberFormat): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return `${sign}${grouped}${fraction ? `${point}${fraction}` : ''}`;
}

export function percentText(percent: string, { number }: Language): string {
  return `${decimalText(percent, number)}${number.currencyFirst ? '' : number.gap}%`;
}

/** Seconds as `h:mm:ss`, hours grouped. */
export function durationText(seconds: number, { number }: Language): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = decimalText(String(Math.floor(seconds / 3600)), number);
  return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A period's first and last day, as people read them. */
export function spanText({ start, end }: { start: string; end: string }, language: Language): string {
  if (start === end) return language.shortDate(start);
  return `${language.shortDate(start)} \u2013 ${language.shortDate(end)}`;
}
