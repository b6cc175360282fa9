import type { Override } from '../override.ts';

/** Lag 1989:253: the eves (Midsummer, Christmas, New Year) are no public holidays. */
export const overrides: readonly Override[] = [];
