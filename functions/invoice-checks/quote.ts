import Big from 'big.js';
import { moneyOf } from '../documents/bill.ts';
import { roundToMoney, sum, toDecimal } from '../money/money.ts';
import type { Check, CheckInput } from './check.ts';
import { monthsOf, recurringBy, type Stretch } from './owned-time.ts';
import { priceOn } from './price.ts';
import { contractLines } from './prices.ts';
import { allLines, isNormal } from './services.ts';

/** Further off than this part of the quote asks for a look. */
const TOLERANCE = new Big('0.2');

export const nearQuote: Check = {
  name: 'quote',
  sentence: 'Recurring charges are near the quote, recomputed for the days that are billed',
  severity: 'asks',
  compare: (input) => {
    const { quote, currency } = input.account;
    if (!quote || !isNormal(input) || !input.leading) return undefined;
    const months = billedMonths(input);
    if (months.eq(0)) return undefined;
    const expected = roundToMoney(new Big(quote.monthly).times(months), currency);
    const found = regularOf(input);
    const off = new Big(String(found.minor - expected.minor)).abs();
    if (off.lte(new Big(String(expected.minor)).times(TOLERANCE))) return [];
    const what = `recurring charges less discounts, against a quote of ${quote.monthly} a month for ${months.round(2).toString()} months`;
    return [{ what, found: toDecimal(found), expected: `${toDecimal(expected)}, give or take ${TOLERANCE.times(100).toString()} %` }];
  },
};

export const aboveNothing: Check = {
  name: 'above-nothing',
  sentence: 'The total is above nothing',
  severity: 'asks',
  compare: (input) => {
    const { taxIncludedAmount } = input.bill.customerBill;
    if (!isNormal(input)) return undefined;
    if (moneyOf(taxIncludedAmount).minor > 0n) return [];
    return [{ what: 'total', found: `${taxIncludedAmount.value} ${taxIncludedAmount.unit}`, expected: 'more than 0' }];
  },
};

/** Months that the bill charges for: services began on different days, so each counts as much as it costs. Without prices: the days that anything is charged for. */
function billedMonths(input: CheckInput): Big {
  const priced = contractLines(allLines(input), input).map(({ service, line }) => ({
    serviceId: service.serviceId,
    weight: new Big(priceOn(service, line.start)?.amount ?? 0),
    months: monthsOf(line),
  }));
  const weights = new Map(priced.map(({ serviceId, weight }) => [serviceId, weight]));
  const total = [...weights.values()].reduce((all, weight) => all.plus(weight), new Big(0));
  if (total.eq(0)) return monthsTogether([...recurringBy(allLines(input)).values()].flat());
  return priced.reduce((all, { weight, months }) => all.plus(weight.times(months)), new Big(0)).div(total);
}

function monthsTogether(stretches: readonly Stretch[]): Big {
  let months = new Big(0);
  let reached = '';
  for (const { start, end } of [...stretches].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const from = start > reached ? start : reached;
    if (from < end) months = months.plus(monthsOf({ start: from, end }));
    if (end > reached) reached = end;
  }
  return months;
}

/** What a quote promises: recurring charges, and the discounts and refunds that belong to a service. */
function regularOf(input: CheckInput) {
  const { currency } = input.account;
  const regular = allLines(input).filter(({ type, product }) => type === 'recurring' || (type === 'credit' && product));
  return sum(
    regular.map(({ taxExcludedAmount }) => moneyOf(taxExcludedAmount)),
    currency,
  );
}
