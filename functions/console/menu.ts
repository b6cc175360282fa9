/** The menu that stands on every page, in the order of a month's work. */
export const MENU: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Month'],
  ['/audit', 'Audit trail'],
  ['/rerun', 'Run again'],
  ['/approvals', 'Second person'],
];
