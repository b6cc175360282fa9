import Big from 'big.js';
import { firstDay } from '../calendars/dates.ts';
import type { Service } from '../directory/records.ts';
import { type BillLine, moneyOf } from '../documents/bill.ts';
import { toDecimal } from '../money/money.ts';
import type { Check, CheckInput, Difference } from './check.ts';
import { type CoveredLine, daysOf, isWholeMonths, ownedBy, recurringBy } from './owned-time.ts';
import { contracted, discountsFor } from './price.ts';
import { allLines, isNormal, subjectOf } from './services.ts';

export const recurringPrice: Check = {
  name: 'recurring-price',
  sentence: 'A whole month costs what the contract says',
  severity: 'blocks',
  compare: (input) => pricesCompared(input, isWholeMonths),
};

export const proration: Check = {
  name: 'proration',
  sentence: 'A part of a month costs its days of the contracted price, rounded once',
  severity: 'blocks',
  compare: (input) => pricesCompared(input, (line) => !isWholeMonths(line)),
};

export const discountsApplied: Check = {
  name: 'discounts',
  sentence: 'Every discount of the contract is applied',
  severity: 'blocks',
  compare: (input) => {
    if (!isNormal(input)) return undefined;
    const charges = contractLines(input.bill.appliedCustomerBillingRate, input).filter(
      ({ service, line }) => discountsFor(service, line, currencyOf(input)).length > 0,
    );
    return charges.length === 0 ? undefined : charges.flatMap((charge) => discountsMissing(charge, input));
  },
};

export const setupFee: Check = {
  name: 'setup-fee',
  sentence: 'The set-up of a service that began in the period is charged as contracted',
  severity: 'asks',
  compare: (input) => {
    const { services, account, period, first, leading } = input;
    const began = services.filter((service) => service.setupFee !== undefined && beganIn(service, account.bcn, period, first));
    if (!isNormal(input) || !leading || began.length === 0) return undefined;
    return began.flatMap(({ serviceId, setupFee: fee = '0' }) => {
      const charged = allLines(input).filter(({ type, product }) => type === 'one-off' && product?.id === serviceId);
      if (isNothing(fee) || charged.some((line) => sameAmount(line, fee))) return [];
      const found = charged.map((line) => `${line.name}: ${line.taxExcludedAmount.value}`).join(', ') || 'no one-off charge';
      return [{ what: `set-up of ${serviceId}`, found, expected: fee }];
    });
  },
};

export const oneOffOnce: Check = {
  name: 'one-off-once',
  sentence: 'A one-off charge is there once',
  severity: 'asks',
  compare: ({ bill }) => {
    const charges = bill.appliedCustomerBillingRate.filter(({ type }) => type === 'one-off');
    const same = Map.groupBy(charges, ({ product, name, periodCoverage, taxExcludedAmount: { value } }) =>
      [product?.id, name, periodCoverage?.startDateTime, value].join('\n'),
    );
    return [...same.values()]
      .filter((lines) => lines.length > 1)
      .map(([first, ...more]) => ({
        what: `${first?.name} of ${first?.product?.id ?? 'the account'}, ${first?.taxExcludedAmount.value}`,
        found: `lines ${[first, ...more].map((line) => line?.id).join(', ')}`,
        expected: 'one line',
      }));
  },
};

/** A recurring line that charges for the contract of its service; other lines of a service are extras, such as rented numbers. */
interface ContractLine {
  readonly service: Service;
  readonly line: CoveredLine;
}

/** Of some lines those that charge for contracts. */
export function contractLines(of: readonly BillLine[], { services, account: { currency } }: CheckInput): ContractLine[] {
  return [...recurringBy(of)].flatMap(([serviceId, lines]) => {
    const service = services.find((candidate) => candidate.serviceId === serviceId);
    return service ? mainLines(service, lines, currency).map((line) => ({ service, line })) : [];
  });
}

/** Lines of one subject: the one that has the contracted price somewhere, else the dearest. */
function mainLines(service: Service, lines: readonly CoveredLine[], currency: string): CoveredLine[] {
  const subjects = [...Map.groupBy(lines, subjectOf).values()];
  const dearest = (own: readonly CoveredLine[]): bigint =>
    own.reduce((total, { line }) => total + moneyOf(line.taxExcludedAmount).minor, 0n);
  const [first] = [...subjects].sort((a, b) => (dearest(a) > dearest(b) ? -1 : 1));
  return subjects.find((own) => own.some((line) => differenceOf(service, line, currency) === 'none')) ?? first ?? [];
}

function pricesCompared(input: CheckInput, chosen: (line: CoveredLine) => boolean): Difference[] | undefined {
  if (!isNormal(input)) return undefined;
  const lines = contractLines(input.bill.appliedCustomerBillingRate, input).filter(({ line }) => chosen(line));
  if (lines.length === 0) return undefined;
  return lines.flatMap(({ service, line }) => {
    const difference = differenceOf(service, line, currencyOf(input));
    return typeof difference === 'string' ? [] : [difference];
  });
}

/** A line may show the price before discounts, with a credit line beside it, or after them. */
function differenceOf(service: Service, line: CoveredLine, currency: string): Difference | 'none' | 'no price' {
  const price = contracted(service, line, currency);
  if (!price) return 'no price';
  const found = moneyOf(line.line.taxExcludedAmount);
  if (found.minor === price.minor || found.minor === afterDiscounts(service, line, currency)) return 'none';
  const what = `line ${line.line.id} (${line.line.name}), ${line.serviceId}, ${daysOf(line)}`;
  return { what, found: toDecimal(found), expected: toDecimal(price) };
}

function afterDiscounts(service: Service, line: CoveredLine, currency: string): bigint {
  const price = contracted(service, line, currency)?.minor ?? 0n;
  return discountsFor(service, line, currency).reduce((left, { amount }) => left - amount.minor, price);
}

function discountsMissing({ service, line }: ContractLine, input: CheckInput): Difference[] {
  const currency = currencyOf(input);
  if (moneyOf(line.line.taxExcludedAmount).minor === afterDiscounts(service, line, currency)) return [];
  const credits = allLines(input).filter(
    ({ type, product, periodCoverage }) =>
      type === 'credit' && product?.id === service.serviceId && periodCoverage?.startDateTime === line.start,
  );
  return discountsFor(service, line, currency)
    .filter(({ amount }) => !credits.some((credit) => -moneyOf(credit.taxExcludedAmount).minor === amount.minor))
    .map(({ percent, amount }) => ({
      what: `discount of ${percent} % on ${service.serviceId}, ${daysOf(line)}`,
      found: credits.map(({ taxExcludedAmount: { value } }) => value).join(', ') || 'no credit',
      expected: `-${toDecimal(amount)}`,
    }));
}

/** The service itself began, rather than moved here from another account. */
function beganIn(service: Service, bcn: string, period: string, first: boolean): boolean {
  const [began] = [...service.ownership].sort((a, b) => (a.from < b.from ? -1 : 1));
  const [owned] = ownedBy(service, bcn);
  if (!began || !owned || began.bcn !== bcn) return false;
  return began.from.slice(0, 7) === period || (first && began.from < firstDay(period));
}

function sameAmount({ taxExcludedAmount }: BillLine, fee: string): boolean {
  return new Big(toDecimal(moneyOf(taxExcludedAmount))).eq(fee);
}

function isNothing(amount: string): boolean {
  return Number(amount) === 0;
}

function currencyOf({ account: { currency } }: CheckInput): string {
  return currency;
}
