import type { BillingAccount, Service } from '../directory/records.ts';
import { type Money, sum } from '../money/money.ts';
import { type Bill, type BillLine, LINE_TYPES, type LineType, moneyOf, type TaxCategory } from './bill.ts';
import { plainRate } from './bill-rules/vat.ts';
import { inclusive, type Span } from './span.ts';

/** An invoice line (EN 16931 BG-25) as it is printed. */
export interface InvoiceLine {
  readonly id: string;
  readonly type: LineType;
  readonly name: string;
  readonly serviceId?: string | undefined;
  readonly period?: Span | undefined;
  readonly quantity?: string | undefined;
  readonly unit?: string | undefined;
  readonly unitPrice?: string | undefined;
  /** The price is for so many units; missing for one. */
  readonly per?: string | undefined;
  readonly callClass?: string | undefined;
  readonly calls?: number | undefined;
  readonly seconds?: number | undefined;
  readonly purchaseOrder?: string | undefined;
  readonly creditFor?: string | undefined;
  readonly note?: string | undefined;
  readonly net: Money;
  readonly category: TaxCategory;
  readonly rate: string;
}

/** Everything that one service costs; without a service, what the account as a whole costs. */
export interface ServiceGroup {
  readonly serviceId?: string | undefined;
  readonly product?: string | undefined;
  readonly aEnd?: string | undefined;
  readonly bEnd?: string | undefined;
  readonly sections: readonly Section[];
  readonly net: Money;
}

/** Lines of one type, in the order of the bill. */
export interface Section {
  readonly type: LineType;
  readonly lines: readonly InvoiceLine[];
}

/** Calls of a class, over all services. */
export interface UsageRow {
  readonly name: string;
  readonly calls?: number | undefined;
  readonly seconds?: number | undefined;
  readonly net: Money;
}

/** The lines of a bill, each with the purchase order that covers it. */
export function invoiceLines(bill: Bill, account: BillingAccount, issueDate: string): InvoiceLine[] {
  return bill.appliedCustomerBillingRate.map((line) => invoiceLine(line, account, issueDate));
}

/** Grouped by service, services in the order of their ids, the account's own charges last; within a service by type. */
export function serviceGroups(lines: readonly InvoiceLine[], services: ReadonlyMap<string, Service>, currency: string): ServiceGroup[] {
  const groups = [...Map.groupBy(lines, (line) => line.serviceId).entries()].sort(([a], [b]) => byServiceId(a, b));
  return groups.map(([serviceId, own]) => {
    const service = serviceId === undefined ? undefined : services.get(serviceId);
    return {
      serviceId,
      product: service?.product,
      aEnd: service?.aEnd,
      bEnd: service?.bEnd,
      sections: sectionsOf(own),
      net: sum(
        own.map((line) => line.net),
        currency,
      ),
    };
  });
}

/**
 * Usage lines summed by class, in the order of the bill; a line without a class counts by its name. Calls and durations are
 * told where every line of the class tells them. Empty for a single line or a bill of one service: those say it all.
 */
export function usageByClass(lines: readonly InvoiceLine[], currency: string): UsageRow[] {
  const usage = lines.filter(({ type }) => type === 'usage');
  if (usage.length < 2 || new Set(lines.map(({ serviceId }) => serviceId)).size < 2) return [];
  return [...Map.groupBy(usage, ({ callClass, name }) => callClass ?? name).values()].map((own) => ({
    name: own[0]?.name ?? '',
    calls: totalOf(own.map(({ calls }) => calls)),
    seconds: totalOf(own.map(({ seconds }) => seconds)),
    net: sum(
      own.map(({ net }) => net),
      currency,
    ),
  }));
}

function totalOf(counts: readonly (number | undefined)[]): number | undefined {
  return counts.reduce((total, count) => (total === undefined || count === undefined ? undefined : total + count), 0);
}

function invoiceLine(line: BillLine, account: BillingAccount, issueDate: string): InvoiceLine {
  const { id, type, name, callClass, calls, seconds, quantity, unitPrice, creditFor, note } = line;
  const [tax = { taxCategory: 'O' as const, taxRate: '0' }] = line.appliedTax;
  const priced = type !== 'usage' && unitPrice !== undefined;
  return {
    id,
    type,
    name,
    serviceId: line.product?.id,
    period: line.periodCoverage && inclusive(line.periodCoverage),
    quantity: type === 'usage' ? undefined : (quantity ?? (priced ? '1' : undefined)),
    unit: line.unitOfMeasure,
    unitPrice: priced ? unitPrice : undefined,
    per: line.priceBaseQuantity === undefined || Number(line.priceBaseQuantity) === 1 ? undefined : line.priceBaseQuantity,
    callClass,
    calls,
    seconds,
    purchaseOrder: line.purchaseOrder ?? purchaseOrderOf(line, account, issueDate),
    creditFor,
    note,
    net: moneyOf(line.taxExcludedAmount),
    category: tax.taxCategory,
    rate: plainRate(tax.taxRate),
  };
}

/** The account's order that is valid when the charge begins: one for the service before one for everything. */
function purchaseOrderOf(line: BillLine, account: BillingAccount, issueDate: string): string | undefined {
  const on = line.periodCoverage?.startDateTime ?? issueDate;
  const serviceId = line.product?.id;
  const valid = (account.purchaseOrders ?? []).filter(
    ({ validFrom, validTo }) => validFrom <= on && (validTo === undefined || on <= validTo),
  );
  const own = valid.find(({ serviceIds }) => serviceId !== undefined && serviceIds?.includes(serviceId));
  return (own ?? valid.find(({ serviceIds }) => !serviceIds?.length))?.number;
}

function sectionsOf(lines: readonly InvoiceLine[]): Section[] {
  return LINE_TYPES.map((type) => ({ type, lines: lines.filter((line) => line.type === type) })).filter(({ lines }) => lines.length > 0);
}

function byServiceId(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
