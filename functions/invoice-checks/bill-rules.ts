import type { Rule } from '../documents/bill-rules/rule.ts';
import { FIGURES, FORM } from '../documents/check-bill.ts';
import type { Check, CheckInput, Difference } from './check.ts';

/** Without these nothing else can be told. */
export const FORM_CHECKS: readonly Check[] = FORM.map(checkOf);

/** What every bill is held to before it is numbered: the same rules, told in the report. */
export const FIGURE_CHECKS: readonly Check[] = FIGURES.map(checkOf);

function checkOf({ name, sentence, broken }: Rule): Check {
  return {
    name,
    sentence,
    severity: 'blocks',
    compare: ({ bill, ...context }: CheckInput) => broken(bill, context).map((reason) => differenceOf(reason, sentence)),
  };
}

/** A rule says `the one is 1, the other is 2`. */
function differenceOf(reason: string, sentence: string): Difference {
  const comma = reason.indexOf(', ');
  if (comma < 0) return { what: 'the bill', found: reason, expected: sentence };
  return { what: 'the bill', found: reason.slice(0, comma), expected: reason.slice(comma + 2) };
}
