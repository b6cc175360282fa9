import type { Override } from '../override.ts';

/** gov.hk, general holidays (banks and offices): agrees to the end of 2028. */
export const overrides: readonly Override[] = [];
