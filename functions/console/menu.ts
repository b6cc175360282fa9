/** The menu that stands on every page, in the order of a month's work. */
export const MENU: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Month'],
  ['/rerun', 'Run again'],
  ['/correct', 'Correct'],
  ['/approvals', 'Second person'],
  ['/audit', 'Audit trail'],
];
