import type { Override } from '../override.ts';

/** gov.uk/bank-holidays, Scotland. */
export const overrides: readonly Override[] = [
  {
    change: 'add',
    date: '2026-06-15',
    name: 'World Cup bank holiday',
    source: 'Royal Proclamation of 3 February 2026; gov.uk/bank-holidays#scotland',
  },
];
