import type { Override } from '../override.ts';

/** Cabinet Office, 国民の祝日: agrees to the end of 2028; bank closures (31 December to 3 January) are no holidays. */
export const overrides: readonly Override[] = [];
