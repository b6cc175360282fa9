import { add, type Money, priceOf, sum, toDecimal } from '../../money/money.ts';
import { type Bill, type BillAmount, type BillLine, moneyOf } from '../bill.ts';
import type { Rule } from './rule.ts';

/** The account's currency, in the header and in every line. Where it fails, sums cannot be told at all. */
export const currencyRule: Rule = {
  name: 'currency',
  sentence: "Every amount is in the account's currency",
  broken: (bill, { account }) =>
    amountsOf(bill)
      .filter(({ amount }) => amount.unit !== account.currency)
      .map(({ field, amount }) => `${field} is in ${amount.unit}, the account ${account.bcn} is billed in ${account.currency}`),
};

/** EN 16931 BR-16, and line ids that can be named. */
export const linesRule: Rule = {
  name: 'lines',
  sentence: 'A bill has at least one line, and no two with the same id',
  broken: ({ appliedCustomerBillingRate: lines }) => {
    if (lines.length === 0) return ['appliedCustomerBillingRate is empty'];
    const seen = new Set<string>();
    return lines.filter(({ id }) => seen.size === seen.add(id).size).map(({ id }) => `line ${id} is there twice`);
  },
};

/** EN 16931 BT-131: rounded once, to the minor unit. */
export const lineAmountRule: Rule = {
  name: 'line-amount',
  sentence: 'A line is quantity times unit price, rounded once',
  broken: ({ appliedCustomerBillingRate: lines }) => lines.flatMap(lineAmountBroken),
};

/** EN 16931 BR-CO-10. */
export const netRule: Rule = {
  name: 'net',
  sentence: 'The lines sum to the net total',
  broken: (bill) => {
    const net = moneyOf(bill.customerBill.taxExcludedAmount);
    const total = netOf(bill);
    return same(net, total) ? [] : [`taxExcludedAmount is ${toDecimal(net)}, the lines sum to ${toDecimal(total)}`];
  },
};

/** EN 16931 BR-CO-15. */
export const grossRule: Rule = {
  name: 'gross',
  sentence: 'Net total and VAT sum to the gross total',
  broken: ({ customerBill: header }) => {
    const gross = moneyOf(header.taxIncludedAmount);
    const net = moneyOf(header.taxExcludedAmount);
    const vat = sum(
      header.taxItem.map((item) => moneyOf(item.taxAmount)),
      net.currency,
    );
    const total = add(net, vat);
    if (same(gross, total)) return [];
    return [`taxIncludedAmount is ${toDecimal(gross)}, ${toDecimal(net)} net and ${toDecimal(vat)} VAT are ${toDecimal(total)}`];
  },
};

/** EN 16931 BR-53 and art. 230 of Directive 2006/112/EC. */
export const taxCurrencyRule: Rule = {
  name: 'tax-currency',
  sentence: 'VAT in another currency needs its exchange rate, date and source',
  broken: ({ customerBill: { taxCurrency, exchangeRate, taxExcludedAmount } }) => {
    if (exchangeRate && !taxCurrency) return ['exchangeRate is given without taxCurrency'];
    if (!taxCurrency || taxCurrency === taxExcludedAmount.unit || exchangeRate) return [];
    return [`taxCurrency is ${taxCurrency} on a bill in ${taxExcludedAmount.unit}, exchangeRate is missing`];
  },
};

/** The exact sum of the lines, in the bill's currency. */
export function netOf(bill: Bill): Money {
  return sum(
    bill.appliedCustomerBillingRate.map((line) => moneyOf(line.taxExcludedAmount)),
    bill.customerBill.taxExcludedAmount.unit,
  );
}

function amountsOf({ customerBill: header, appliedCustomerBillingRate: lines }: Bill): { field: string; amount: BillAmount }[] {
  return [
    { field: 'taxExcludedAmount', amount: header.taxExcludedAmount },
    { field: 'taxIncludedAmount', amount: header.taxIncludedAmount },
    ...header.taxItem.map((item, i) => ({ field: `taxItem.${i}`, amount: item.taxAmount })),
    ...lines.map((line) => ({ field: `line ${line.id}`, amount: line.taxExcludedAmount })),
  ];
}

function lineAmountBroken(line: BillLine): string[] {
  if (line.unitPrice === undefined) return [];
  const { quantity = '1', unitPrice, priceBaseQuantity: per = '1', taxExcludedAmount } = line;
  const expected = priceOf({ quantity, unitPrice, per }, taxExcludedAmount.unit);
  const found = moneyOf(taxExcludedAmount);
  if (same(expected, found)) return [];
  const product = `${quantity} x ${unitPrice}${per === '1' ? '' : ` / ${per}`}`;
  return [`line ${line.id} is ${toDecimal(found)}, ${product} is ${toDecimal(expected)}`];
}

function same(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.minor === b.minor;
}
