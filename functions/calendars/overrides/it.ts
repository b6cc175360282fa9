import type { Override } from '../override.ts';

/** Law 260/1949 with law 151/2025 (4 October from 2026): agrees to the end of 2028. */
export const overrides: readonly Override[] = [];
