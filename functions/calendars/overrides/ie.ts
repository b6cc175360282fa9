import type { Override } from '../override.ts';

/** Organisation of Working Time Act 1997, second schedule: a holiday on a weekend moves to no fixed day. */
export const overrides: readonly Override[] = [];
