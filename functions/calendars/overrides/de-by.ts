import type { Override } from '../override.ts';

/** Bavarian Feiertagsgesetz, art. 1: Assumption Day (15 August) rests only in mostly Catholic municipalities and is left out. */
export const overrides: readonly Override[] = [];
