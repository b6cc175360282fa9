import type { Override } from '../override.ts';

/** Hessian Feiertagsgesetz, section 1: agrees to the end of 2028. */
export const overrides: readonly Override[] = [];
