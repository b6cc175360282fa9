import type { Override } from '../override.ts';

/** opm.gov, federal holidays with their observed days: agrees to the end of 2028. */
export const overrides: readonly Override[] = [];
