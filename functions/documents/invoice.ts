import type { BillingAccount, Customer, LegalEntity, Service } from '../directory/records.ts';
import { add, convert, type Money, sum, zero } from '../money/money.ts';
import { type Bill, LINE_TYPES, type LineType } from './bill.ts';
import { dueDateOf } from './due-date.ts';
import { documentKindOf, mirrored, owesTheCustomer } from './invoice-kind.ts';
import { type InvoiceLine, invoiceLines, type ServiceGroup, serviceGroups, type UsageRow, usageByClass } from './invoice-lines.ts';
import type { LanguageCode } from './languages/language.ts';
import { languageOf } from './languages/languages.ts';
import { documentWords } from './legal/law.ts';
import { type Payment, paymentOf, referenceOf } from './payment.ts';
import type { InvoiceKind } from './portal-key.ts';
import { addressLines } from './postal-address.ts';
import { inclusive, monthSpan, type Span } from './span.ts';
import { type VatRow, vatRows } from './vat-rows.ts';

export { dueDateOf } from './due-date.ts';
export { documentKindOf, seriesOf } from './invoice-kind.ts';
export { issuedFacts } from './issued-facts.ts';
export { paymentReference } from './payment.ts';

/**
 * A document as it is printed: EN 16931's terms, everything resolved, nothing left to look up. Amounts are exact;
 * periods are inclusive, as people read them.
 */
export interface Invoice {
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly language: LanguageCode;
  readonly billId: string;
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
  /** The billing period `YYYY-MM`. */
  readonly period: string;
  readonly supplyPeriod: Span;
  /** Who issues the document: the carrier, also where the customer is the seller (self-billing). */
  readonly issuer: LegalEntity;
  /** Who receives it, as the envelope needs it. */
  readonly recipient: Party;
  readonly seller: Party;
  readonly buyer: Party;
  readonly references: References;
  readonly corrects?: Correction | undefined;
  readonly charges: readonly { readonly type: LineType; readonly net: Money }[];
  readonly services: readonly ServiceGroup[];
  /** Usage over all services; empty where there is one service only. */
  readonly usage: readonly UsageRow[];
  readonly vat: readonly VatRow[];
  readonly totals: { readonly net: Money; readonly vat: Money; readonly gross: Money; readonly payable: Money };
  readonly taxInCurrency?: TaxInCurrency | undefined;
  readonly payment: Payment;
  readonly paymentReference: string;
  /** Sentences that the law wants on the document as a whole. */
  readonly statements: readonly string[];
}

export interface Party {
  readonly name: string;
  readonly address: readonly string[];
  readonly country: string;
  readonly vatId?: string | undefined;
  readonly registration?: string | undefined;
}

interface References {
  readonly buyerReference?: string | undefined;
  readonly customerReference?: string | undefined;
  readonly purchaseOrder?: string | undefined;
  readonly agreement?: string | undefined;
}

interface Correction {
  readonly invoices: readonly { readonly number: string; readonly issueDate: string }[];
  readonly period?: Span | undefined;
  readonly reason?: string | undefined;
}

interface TaxInCurrency {
  readonly vat: Money;
  readonly rate: string;
  readonly date: string;
  readonly source: string;
}

export interface InvoiceInput {
  readonly bill: Bill;
  readonly account: BillingAccount;
  readonly customer: Customer;
  readonly legalEntity: LegalEntity;
  readonly services: ReadonlyMap<string, Service>;
  /** The billing period `YYYY-MM`. */
  readonly period: string;
  /** The number, or a placeholder of the same length to lay out with. */
  readonly number: string;
  readonly issueDate: string;
  /** The language asked for; English where we do not print it. */
  readonly language: string;
}

/** Builds the document of a bill that `checkBill` found nothing wrong with. */
export function buildInvoice(input: InvoiceInput): Invoice {
  const { account, customer, legalEntity, period, number, issueDate } = input;
  const kind = documentKindOf(input.bill);
  const bill = owesTheCustomer(input.bill) ? mirrored(input.bill) : input.bill;
  const language = languageOf(input.language).code;
  const { customerBill: header } = bill;
  const { seller, buyer, recipient } = partiesOf(kind, input, language);
  const lines = invoiceLines(bill, account, issueDate);
  const vat = vatRows(bill, { seller, buyer, legalEntity, language });
  const totals = totalsOf(kind, lines, vat, account.currency);
  const dueDate = dueDateOf(issueDate, account.paymentTerms);
  const reference = referenceOf(number, legalEntity, account.currency);
  return {
    kind,
    number,
    issueDate,
    dueDate,
    currency: account.currency,
    language,
    billId: header.id,
    bcn: account.bcn,
    ocn: customer.ocn,
    legalEntityId: legalEntity.legalEntityId,
    period,
    supplyPeriod: inclusive(header.billingPeriod),
    issuer: legalEntity,
    recipient,
    seller,
    buyer,
    references: referencesOf(account, kind, lines),
    corrects: correctionOf(bill),
    charges: chargesOf(lines, account.currency),
    services: serviceGroups(lines, input.services, account.currency),
    usage: usageByClass(lines, account.currency),
    vat,
    totals,
    taxInCurrency: taxInCurrencyOf(bill, totals.vat),
    payment: paymentOf({ kind, payable: totals.payable, dueDate, account, legalEntity }),
    paymentReference: reference,
    statements: documentWords(seller.country, kind, Boolean(legalEntity.eInvoicing), language),
  };
}

function partiesOf(kind: InvoiceKind, { account, legalEntity }: InvoiceInput, language: LanguageCode) {
  const carrier: Party = {
    name: legalEntity.name,
    address: addressLines(legalEntity.address, legalEntity.address.country, language),
    country: legalEntity.country,
    vatId: legalEntity.vatId,
    registration: legalEntity.registration,
  };
  const recipient: Party = {
    name: account.name,
    address: addressLines(account.address, legalEntity.address.country, language),
    country: account.address.country,
    vatId: account.vatId,
    registration: account.registration,
  };
  const selfBilled = kind === 'self-billed-invoice' || kind === 'outpayment-statement';
  return selfBilled ? { seller: recipient, buyer: carrier, recipient } : { seller: carrier, buyer: recipient, recipient };
}

function totalsOf(kind: InvoiceKind, lines: readonly InvoiceLine[], vat: readonly VatRow[], currency: string): Invoice['totals'] {
  const net = sum(
    lines.map((line) => line.net),
    currency,
  );
  const tax = sum(
    vat.map((row) => row.amount),
    currency,
  );
  const gross = add(net, tax);
  const payable = kind === 'credit-note' || gross.minor <= 0n ? zero(currency) : gross;
  return { net, vat: tax, gross, payable };
}

function chargesOf(lines: readonly InvoiceLine[], currency: string): Invoice['charges'] {
  return LINE_TYPES.flatMap((type) => {
    const amounts = lines.filter((line) => line.type === type).map((line) => line.net);
    return amounts.length === 0 ? [] : [{ type, net: sum(amounts, currency) }];
  });
}

/** A purchase order stands in the header when every line has the same; else each line tells its own. */
function referencesOf(account: BillingAccount, kind: InvoiceKind, lines: readonly InvoiceLine[]): References {
  const orders = new Set(lines.map((line) => line.purchaseOrder));
  const [first] = orders;
  return {
    buyerReference: account.buyerReference,
    customerReference: account.customerReference,
    purchaseOrder: orders.size === 1 ? first : undefined,
    agreement: kind === 'self-billed-invoice' ? account.selfBilling?.agreement : undefined,
  };
}

function correctionOf({ customerBill: { correctsInvoices, correctsPeriod, correctionReason } }: Bill): Correction | undefined {
  if (!correctsInvoices?.length && correctsPeriod === undefined && correctionReason === undefined) return undefined;
  return {
    invoices: correctsInvoices ?? [],
    period: typeof correctsPeriod === 'string' ? monthSpan(correctsPeriod) : correctsPeriod && inclusive(correctsPeriod),
    reason: correctionReason,
  };
}

function taxInCurrencyOf({ customerBill: { taxCurrency, exchangeRate } }: Bill, vat: Money): TaxInCurrency | undefined {
  if (!taxCurrency || taxCurrency === vat.currency || !exchangeRate) return undefined;
  return { vat: convert(vat, exchangeRate.rate, taxCurrency), ...exchangeRate };
}
