import { isZero, type Money, sum, taxOn, toDecimal } from '../../money/money.ts';
import { type Bill, moneyOf, type TaxCategory } from '../bill.ts';
import type { Rule } from './rule.ts';

export interface VatGroup {
  readonly category: TaxCategory;
  /** Percentage without trailing zeros: `19`, `7.7`. */
  readonly rate: string;
  readonly base: Money;
}

const RATE_ZERO: readonly TaxCategory[] = ['Z', 'E', 'AE', 'K', 'G', 'O'];
const NEEDS_VAT_ID: readonly TaxCategory[] = ['AE', 'K'];

/** EN 16931 BR-CO-17 without its tolerance: we never print what the ledger does not hold. */
export const vatRule: Rule = {
  name: 'vat',
  sentence: 'VAT per category and rate is the summed base times the rate, rounded once',
  broken: (bill, { legalEntity }) => {
    const stated = statedVat(bill);
    const groups = vatGroups(bill);
    const known = new Set(groups.map(keyOf));
    const wrong = groups.flatMap((group) => {
      const expected = taxOn(group.base, group.rate, legalEntity.taxRounding);
      const found = stated.get(keyOf(group)) ?? { currency: expected.currency, minor: 0n };
      if (found.minor === expected.minor) return [];
      const base = `${toDecimal(expected)} is ${group.rate} % of ${toDecimal(group.base)}`;
      return [`VAT ${keyOf(group)} is ${toDecimal(found)} in taxItem, ${base}`];
    });
    const without = [...stated].filter(([key, tax]) => !known.has(key) && !isZero(tax));
    return [...wrong, ...without.map(([key, tax]) => `taxItem has ${toDecimal(tax)} VAT for ${key}, no line has it`)];
  },
};

/** EN 16931 BR-S-5 and BR-Z-5, BR-E-5, BR-AE-5, BR-IC-5, BR-G-5, BR-O-5. */
export const taxRateRule: Rule = {
  name: 'tax-rate',
  sentence: `Category S has a rate above 0, ${RATE_ZERO.join(', ')} have the rate 0`,
  broken: (bill) =>
    taxesOf(bill)
      .filter(({ category, rate }) => (rate === '0') !== RATE_ZERO.includes(category))
      .map(({ field, category, rate }) => `${field} has category ${category} at ${rate} %`),
};

/** EN 16931 BR-O-11 to BR-O-14. */
export const outsideScopeRule: Rule = {
  name: 'outside-scope',
  sentence: 'Category O excludes every other category',
  broken: (bill) => {
    const categories = [...new Set(taxesOf(bill).map(({ category }) => category))];
    return categories.includes('O') && categories.length > 1 ? [`the bill has the categories ${categories.join(', ')}`] : [];
  },
};

/** EN 16931 BR-AE-2 and BR-IC-2: the customer who owes the VAT has to be named by its VAT ID. */
export const vatIdRule: Rule = {
  name: 'vat-id',
  sentence: `Categories ${NEEDS_VAT_ID.join(' and ')} need the customer's VAT ID`,
  broken: (bill, { account }) => {
    if (account.vatId) return [];
    const categories = NEEDS_VAT_ID.filter((category) => taxesOf(bill).some((tax) => tax.category === category));
    return categories.map((category) => `the bill has lines of category ${category}, the account ${account.bcn} has no VAT ID`);
  },
};

/** The lines' bases by category and rate, in the order in which the bill has them. */
export function vatGroups(bill: Bill): VatGroup[] {
  const currency = bill.customerBill.taxExcludedAmount.unit;
  const lines = Map.groupBy(bill.appliedCustomerBillingRate, ({ appliedTax: [tax] }) =>
    tax ? keyOf({ category: tax.taxCategory, rate: plainRate(tax.taxRate) }) : '',
  );
  return [...lines.values()].map((group) => {
    const { taxCategory, taxRate } = group[0]?.appliedTax[0] ?? { taxCategory: 'O', taxRate: '0' };
    const amounts = group.map((line) => moneyOf(line.taxExcludedAmount));
    return { category: taxCategory, rate: plainRate(taxRate), base: sum(amounts, currency) };
  });
}

/** `19.00` and `19` are one rate. */
export function plainRate(rate: string): string {
  const plain = rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate;
  return plain.replace(/^0+(?=\d)/, '');
}

function statedVat(bill: Bill): Map<string, Money> {
  const stated = new Map<string, Money>();
  for (const item of bill.customerBill.taxItem) {
    const key = keyOf({ category: item.taxCategory, rate: plainRate(item.taxRate) });
    const tax = moneyOf(item.taxAmount);
    stated.set(key, { currency: tax.currency, minor: tax.minor + (stated.get(key)?.minor ?? 0n) });
  }
  return stated;
}

function taxesOf(bill: Bill): { field: string; category: TaxCategory; rate: string }[] {
  return [
    ...bill.customerBill.taxItem.map((item, i) => ({ field: `taxItem.${i}`, category: item.taxCategory, rate: plainRate(item.taxRate) })),
    ...bill.appliedCustomerBillingRate.flatMap((line) =>
      line.appliedTax.map((tax) => ({ field: `line ${line.id}`, category: tax.taxCategory, rate: plainRate(tax.taxRate) })),
    ),
  ];
}

function keyOf({ category, rate }: { category: string; rate: string }): string {
  return `${category} ${rate} %`;
}
