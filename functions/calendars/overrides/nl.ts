import type { Override } from '../override.ts';

/** rijksoverheid.nl: Good Friday is no day off by agreement; Liberation Day is one every fifth year (2030 next). */
export const overrides: readonly Override[] = [];
