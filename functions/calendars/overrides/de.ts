import type { Override } from '../override.ts';

/** Nationwide holidays only (holidays of the states); Christmas Eve and New Year's Eve are bank days, no holidays. */
export const overrides: readonly Override[] = [];
