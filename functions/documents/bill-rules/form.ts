import { addMonths } from '../../calendars/dates.ts';
import { toDecimal } from '../../money/money.ts';
import { type Bill, moneyOf } from '../bill.ts';
import type { Rule } from './rule.ts';

export const accountRule: Rule = {
  name: 'account',
  sentence: 'A bill names the account that it was delivered for',
  broken: ({ customerBill: { billingAccount } }, { account }) =>
    billingAccount.id === account.bcn ? [] : [`billingAccount is ${billingAccount.id}, the bill was delivered for ${account.bcn}`],
};

export const envelopeRule: Rule = {
  name: 'billing-period',
  sentence: "The header's period is the envelope of its lines' periods",
  broken: ({ customerBill: { billingPeriod }, appliedCustomerBillingRate: lines }) => {
    const periods = lines.flatMap((line) => line.periodCoverage ?? []);
    if (periods.length === 0) return [];
    const start = periods.map((period) => period.startDateTime).sort()[0];
    const end = periods
      .map((period) => period.endDateTime)
      .sort()
      .at(-1);
    if (billingPeriod.startDateTime === start && billingPeriod.endDateTime === end) return [];
    return [`billingPeriod is ${billingPeriod.startDateTime} to ${billingPeriod.endDateTime}, the lines reach from ${start} to ${end}`];
  },
};

export const arrearsRule: Rule = {
  name: 'arrears',
  sentence: 'Usage is billed in arrears',
  broken: ({ appliedCustomerBillingRate: lines }, { period }) => {
    const end = `${addMonths(period, 1)}-01`;
    return lines.flatMap(({ id, type, periodCoverage }) =>
      type === 'usage' && periodCoverage && periodCoverage.endDateTime > end
        ? [`usage line ${id} reaches to ${periodCoverage.endDateTime}, the billing period ${period} ends on ${end}`]
        : [],
    );
  },
};

export const creditRule: Rule = {
  name: 'credit',
  sentence: 'A credit line on a bill is negative',
  broken: ({ customerBill: { category }, appliedCustomerBillingRate: lines }) =>
    lines
      .filter((line) => category === 'normal' && line.type === 'credit' && moneyOf(line.taxExcludedAmount).minor > 0n)
      .map((line) => `credit line ${line.id} is ${toDecimal(moneyOf(line.taxExcludedAmount))}`),
};

export const creditNoteRule: Rule = {
  name: 'credit-note',
  sentence: 'A credit note has positive amounts',
  broken: (bill) => (bill.customerBill.category === 'credit-note' ? negativeAmounts(bill) : []),
};

/** Directive 2006/112/EC art. 219, EN 16931 BT-25 and BT-26. */
export const correctionRule: Rule = {
  name: 'correction',
  sentence: 'A credit note names the invoice or period it corrects and what changes',
  broken: ({ customerBill: header }) => {
    if (header.category !== 'credit-note') return [];
    const names = (header.correctsInvoices?.length ?? 0) > 0 || header.correctsPeriod !== undefined;
    return [
      ...(names ? [] : ['correctsInvoices and correctsPeriod are both missing']),
      ...(header.correctionReason ? [] : ['correctionReason is missing']),
    ];
  },
};

/** Directive 2006/112/EC art. 224: no self-billing without a prior agreement. */
export const selfBillingRule: Rule = {
  name: 'self-billing',
  sentence: 'A self-billed invoice needs a self-billing agreement that is in force',
  broken: ({ customerBill: { category, billingPeriod } }, { account }) => {
    if (category !== 'self-billed') return [];
    if (!account.selfBilling) return [`the account ${account.bcn} has no self-billing agreement`];
    const { agreement, validTo } = account.selfBilling;
    return validTo < billingPeriod.startDateTime ? [`agreement ${agreement} ended on ${validTo}`] : [];
  },
};

function negativeAmounts({ customerBill: header, appliedCustomerBillingRate: lines }: Bill): string[] {
  const amounts = [
    { field: 'taxExcludedAmount', amount: moneyOf(header.taxExcludedAmount) },
    { field: 'taxIncludedAmount', amount: moneyOf(header.taxIncludedAmount) },
    ...lines.map((line) => ({ field: `line ${line.id}`, amount: moneyOf(line.taxExcludedAmount) })),
  ];
  return amounts.filter(({ amount }) => amount.minor < 0n).map(({ field, amount }) => `${field} is ${toDecimal(amount)}`);
}
