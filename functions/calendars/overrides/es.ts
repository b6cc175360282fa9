import type { Override } from '../override.ts';

/** BOE, nationwide days of the yearly resolution; what regions move or add does not count. */
export const overrides: readonly Override[] = [];
