/** Paths of the console. Numbers and ids may stand in them; names and addresses never. */
export const paths = {
  account: (bcn: string, query: Query = {}) => `/accounts/${segment(bcn)}${asked(query)}`,
  customer: (ocn: string, query: Query = {}) => `/customers/${segment(ocn)}${asked(query)}`,
  message: (messageId: string) => `/messages/${segment(messageId)}`,
  held: (messageId: string) => `/holds/${segment(messageId)}`,
  review: (bcn: string, period: string) => `/reviews/${segment(bcn)}/${segment(period)}`,
  month: (query: Query) => `/${asked(query)}`,
  run: (period: string, calendar: string, query: Query = {}) => `/runs/${segment(period)}/${segment(calendar)}${asked(query)}`,
  parked: (period: string, calendar: string, query: Query = {}) => `/parked/${segment(period)}/${segment(calendar)}${asked(query)}`,
  rerun: (query: Query) => `/rerun${asked(query)}`,
  correct: (query: Query) => `/correct${asked(query)}`,
  works: (worksId: string, query: Query = {}) => `/works/${segment(worksId)}${asked(query)}`,
  task: (taskId: string) => `/tasks/${segment(taskId)}`,
  /** What people did about something. */
  acts: (subject: string) => `/audit${asked({ subject })}`,
} as const;

export type Query = Readonly<Record<string, string | undefined>>;

/** Which run of a calendar's month is meant: the month's own needs no word. */
export function batchOf(sequence: number | undefined): Query {
  return { batch: sequence !== undefined && sequence > 1 ? String(sequence) : undefined };
}

/** What stands behind the question mark; nothing where nothing is asked. */
export function asked(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

function segment(id: string): string {
  return encodeURIComponent(id);
}
