import type { Bill } from './bill.ts';
import { currencyRule, grossRule, lineAmountRule, linesRule, netRule, taxCurrencyRule } from './bill-rules/amounts.ts';
import { accountRule, arrearsRule, correctionRule, creditNoteRule, creditRule, envelopeRule, selfBillingRule } from './bill-rules/form.ts';
import type { BillContext, Rule } from './bill-rules/rule.ts';
import { usageRule } from './bill-rules/usage.ts';
import { outsideScopeRule, taxRateRule, vatIdRule, vatRule } from './bill-rules/vat.ts';

export interface Problem {
  /** The rule's name, such as `vat`. */
  readonly rule: string;
  /** The rule's sentence, then what was found and what would be right. */
  readonly reason: string;
}

/** Where one of these is broken, sums are not judged: they would only repeat it. */
export const FORM: readonly Rule[] = [accountRule, currencyRule, linesRule];

export const FIGURES: readonly Rule[] = [
  lineAmountRule,
  netRule,
  vatRule,
  grossRule,
  taxRateRule,
  outsideScopeRule,
  vatIdRule,
  taxCurrencyRule,
  usageRule,
  envelopeRule,
  arrearsRule,
  creditRule,
  creditNoteRule,
  correctionRule,
  selfBillingRule,
];

/** Most of the same kind that are told singly; a bill of 3,000 wrong lines does not make a reason of 3,000 sentences. */
const TOLD = 5;

/**
 * Checks a bill against the rules of billing. Without a problem it may be laid out, numbered and printed as it is.
 * Sums are not judged when account, currency or lines are wrong already: they would only repeat it.
 */
export function checkBill(bill: Bill, context: BillContext): Problem[] {
  const problems = FORM.flatMap((rule) => problemsOf(rule, bill, context));
  return problems.length > 0 ? problems : FIGURES.flatMap((rule) => problemsOf(rule, bill, context));
}

function problemsOf(rule: Rule, bill: Bill, context: BillContext): Problem[] {
  const broken = rule.broken(bill, context);
  const rest = broken.length - TOLD;
  const told = rest > 1 ? [...broken.slice(0, TOLD), `and ${rest} more like these`] : broken;
  return told.map((reason) => ({ rule: rule.name, reason: `${rule.sentence}: ${reason}.` }));
}
