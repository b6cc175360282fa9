import { FIGURE_CHECKS, FORM_CHECKS } from './bill-rules.ts';
import { callsOfPeriod, lateCalls, noDuplicateCalls, numbersHeld } from './calls.ts';
import type { Check, CheckInput, Difference, Finding } from './check.ts';
import { dueDateRight, paymentRight, totalsPrinted, totalsRecomputed } from './paper.ts';
import { belongTogether, countries, nameAndAddress, reachableContact, vatIdChecked, vatIdForm } from './parties.ts';
import { discountsApplied, oneOffOnce, proration, recurringPrice, setupFee } from './prices.ts';
import { purchaseOrderThere, purchaseOrderValid } from './purchase-orders.ts';
import { aboveNothing, nearQuote } from './quote.ts';
import { billedOnce, contiguous, periodRight, servicesBilled, withinOwnership } from './services.ts';
import { taxCategory } from './tax-category.ts';

/** What is compared beyond the rules of the bill itself, in the order of the report. */
const DIRECTORY_CHECKS: readonly Check[] = [
  belongTogether,
  vatIdForm,
  vatIdChecked,
  taxCategory,
  nameAndAddress,
  countries,
  purchaseOrderThere,
  purchaseOrderValid,
  periodRight,
  contiguous,
  servicesBilled,
  billedOnce,
  withinOwnership,
  recurringPrice,
  proration,
  setupFee,
  oneOffOnce,
  discountsApplied,
  noDuplicateCalls,
  callsOfPeriod,
  lateCalls,
  numbersHeld,
  nearQuote,
  aboveNothing,
  totalsRecomputed,
  totalsPrinted,
  reachableContact,
  dueDateRight,
  paymentRight,
];

/** Every check, in the order of the report. */
export const CHECKS: readonly Check[] = [...FORM_CHECKS, ...FIGURE_CHECKS, ...DIRECTORY_CHECKS];

/** Most differences of one check that are told singly. */
const TOLD = 5;

/** What the checks of a document came to; checks that are in neither list found nothing wrong. */
export interface CheckResult {
  readonly billId: string;
  readonly findings: readonly Finding[];
  /** Names of checks that had nothing to compare with. */
  readonly notJudged: readonly string[];
}

/** Every finding about a document, in the order of the checks. */
export function checkDraft(input: CheckInput): Finding[] {
  return [...checkDocument(input).findings];
}

/**
 * Compares a document with everything that is known of the customer, and says what differs.
 * Without a sound form (account, currency, lines) nothing else can be told: the other checks are not judged.
 */
export function checkDocument(input: CheckInput): CheckResult {
  const form = judged(FORM_CHECKS, input);
  const rest = [...FIGURE_CHECKS, ...DIRECTORY_CHECKS];
  const billId = input.bill.customerBill.id;
  if (form.findings.length > 0) return { billId, findings: form.findings, notJudged: rest.map(({ name }) => name) };
  return { billId, ...judged(rest, input) };
}

function judged(checks: readonly Check[], input: CheckInput): Omit<CheckResult, 'billId'> {
  const findings: Finding[] = [];
  const notJudged: string[] = [];
  for (const check of checks) {
    const differences = compared(check, input);
    if (differences) findings.push(...told(differences).map((difference) => findingOf(check, difference)));
    else notJudged.push(check.name);
  }
  return { findings, notJudged };
}

/** A check that fails itself is something to look at, and no reason to stop the others. */
function compared(check: Check, input: CheckInput): readonly Difference[] | undefined {
  try {
    return check.compare(input);
  } catch (error) {
    return [{ what: 'the check itself', found: error instanceof Error ? error.message : String(error), expected: 'a comparison' }];
  }
}

function told(differences: readonly Difference[]): readonly Difference[] {
  const rest = differences.length - TOLD;
  if (rest <= 1) return differences;
  return [...differences.slice(0, TOLD), { what: 'and more like these', found: String(rest), expected: '0' }];
}

function findingOf({ name, severity, sentence }: Check, difference: Difference): Finding {
  return { check: name, severity, sentence, ...difference };
}
