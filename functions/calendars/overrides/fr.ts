import type { Override } from '../override.ts';

/** Code du travail, art. L3133-1: agrees to the end of 2028 (Alsace and Moselle have two more). */
export const overrides: readonly Override[] = [];
