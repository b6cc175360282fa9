import type { Override } from '../override.ts';

/** Ruhetags- und Ladenöffnungsgesetz ZH (LS 822.4), section 1: Berchtoldstag, Sechseläuten and Knabenschiessen are no public rest days. */
export const overrides: readonly Override[] = [];
