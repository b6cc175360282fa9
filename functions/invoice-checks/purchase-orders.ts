import Big from 'big.js';
import type { InvoiceLine } from '../documents/invoice-lines.ts';
import { sum, toDecimal } from '../money/money.ts';
import type { Check, CheckInput } from './check.ts';

export const purchaseOrderThere: Check = {
  name: 'purchase-order-there',
  sentence: 'Every charge names a purchase order where the customer requires one',
  severity: 'blocks',
  compare: (input) => {
    if (!input.account.purchaseOrderRequired) return undefined;
    return linesOf(input)
      .filter(({ type, purchaseOrder }) => type !== 'credit' && purchaseOrder === undefined)
      .map(({ id, name }) => ({ what: `purchase order of line ${id} (${name})`, found: 'none', expected: ordersOf(input) }));
  },
};

export const purchaseOrderValid: Check = {
  name: 'purchase-order-valid',
  sentence: "A purchase order is one of the account's, is valid when the charge begins, and its amount is not exceeded",
  severity: 'asks',
  compare: (input) => {
    const named = linesOf(input).filter(({ purchaseOrder }) => purchaseOrder !== undefined);
    if (named.length === 0) return undefined;
    return [...Map.groupBy(named, ({ purchaseOrder = '' }) => purchaseOrder)].flatMap(([number, lines]) => [
      ...lines.flatMap((line) => unfitting(number, line, input)),
      ...exceeded(number, lines, input),
    ]);
  },
};

function unfitting(number: string, { id, period }: InvoiceLine, input: CheckInput) {
  const on = period?.start ?? input.issueDate;
  const orders = (input.account.purchaseOrders ?? []).filter((order) => order.number === number);
  if (orders.some(({ validFrom, validTo }) => validFrom <= on && (validTo === undefined || on <= validTo))) return [];
  const known = orders.map(({ validFrom, validTo }) => `${number} of ${validFrom} to ${validTo ?? 'further notice'}`);
  return [{ what: `purchase order of line ${id}, from ${on}`, found: known.join(', ') || `${number}, unknown`, expected: ordersOf(input) }];
}

function exceeded(number: string, lines: readonly InvoiceLine[], { account }: CheckInput) {
  const limit = (account.purchaseOrders ?? []).find((order) => order.number === number)?.amount;
  if (limit === undefined) return [];
  const net = sum(
    lines.map((line) => line.net),
    account.currency,
  );
  if (new Big(toDecimal(net)).lte(limit)) return [];
  return [{ what: `charges under purchase order ${number}`, found: toDecimal(net), expected: `at most ${limit}` }];
}

function ordersOf({ account: { purchaseOrders = [] } }: CheckInput): string {
  const known = purchaseOrders.map(({ number, validFrom, validTo }) => `${number} (${validFrom} to ${validTo ?? 'further notice'})`);
  return known.length > 0 ? known.join(', ') : 'an order, the account has none';
}

function linesOf({ invoice: { services } }: CheckInput): InvoiceLine[] {
  return services.flatMap(({ sections }) => sections.flatMap(({ lines }) => lines));
}
