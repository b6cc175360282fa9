import { roundToMoney, sum, toDecimal } from '../../money/money.ts';
import { type Bill, type BillLine, moneyOf } from '../bill.ts';
import type { ClassUsage, Rule, UsageSums } from './rule.ts';

/** What the customer can recompute: the call records of a class, summed exactly and rounded once. */
export const usageRule: Rule = {
  name: 'usage',
  sentence: 'Usage lines equal the sum of their call records, rounded once per class',
  broken: (bill, { usage }) => {
    if (!usage || bill.customerBill.category !== 'normal') return [];
    const lines = Map.groupBy(usageLines(bill), ({ callClass = '' }) => callClass);
    const classes = new Set([...lines.keys(), ...Object.keys(usage.byClass)]);
    return [...classes].flatMap((callClass) => classBroken(callClass, lines.get(callClass) ?? [], usage, bill));
  },
};

function usageLines(bill: Bill): BillLine[] {
  return bill.appliedCustomerBillingRate.filter((line) => line.type === 'usage');
}

function classBroken(callClass: string, lines: readonly BillLine[], usage: UsageSums, bill: Bill): string[] {
  const currency = bill.customerBill.taxExcludedAmount.unit;
  const billed = sum(
    lines.map((line) => moneyOf(line.taxExcludedAmount)),
    currency,
  );
  const sums = Object.hasOwn(usage.byClass, callClass) ? usage.byClass[callClass] : undefined;
  const rated = roundToMoney(sums?.charge ?? '0', currency);
  if (billed.minor !== rated.minor) return [amountsDiffer(callClass, lines, toDecimal(billed), toDecimal(rated), sums?.calls ?? 0)];
  return [...told(callClass, 'calls', lines, [sums?.calls ?? 0]), ...told(callClass, 'seconds', lines, durationsOf(sums))];
}

function amountsDiffer(callClass: string, lines: readonly BillLine[], billed: string, rated: string, calls: number): string {
  if (lines.length === 0) return `class ${callClass} has ${calls} call records of ${rated}, no usage line bills them`;
  const names = `${lines.length > 1 ? 'lines' : 'line'} ${lines.map(({ id }) => id).join(', ')}`;
  if (calls === 0) return `${names} of class ${callClass} bills ${billed}, there is no call record of that class`;
  return `${names} of class ${callClass} bills ${billed}, its ${calls} call records sum to ${rated}`;
}

/** A line tells how long the calls were, or how long they were charged for: both are right. */
function durationsOf(sums: ClassUsage | undefined): number[] {
  const { seconds = 0, ratedSeconds = seconds } = sums ?? {};
  return [...new Set([seconds, ratedSeconds])];
}

/** Calls and seconds are told beside the amount; where every line of a class tells them they have to be right. */
function told(callClass: string, unit: 'calls' | 'seconds', lines: readonly BillLine[], right: readonly number[]): string[] {
  if (lines.length === 0 || lines.some((line) => line[unit] === undefined)) return [];
  const total = lines.reduce((count, line) => count + (line[unit] ?? 0), 0);
  return right.includes(total) ? [] : [`class ${callClass} tells ${total} ${unit}, its call records have ${right.join(' or, as rated, ')}`];
}
