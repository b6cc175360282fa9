import type { Override } from '../override.ts';

export const overrides: readonly Override[] = [];
