/** The menu that stands on every page, in the order of a month's work. */
export const MENU: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Month'],
  ['/search', 'Search'],
  ['/rerun', 'Run again'],
  ['/correct', 'Correct'],
  ['/reviews', 'First invoices'],
  ['/holds', 'Held emails'],
  ['/works', 'Planned works'],
  ['/tasks', 'Tasks'],
  ['/approvals', 'Second person'],
  ['/audit', 'Audit trail'],
];
