import type { Override } from '../override.ts';

/** gov.uk/bank-holidays, England and Wales: agrees to the end of 2028. */
export const overrides: readonly Override[] = [];
