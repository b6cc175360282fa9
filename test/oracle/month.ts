/*
 * When a month is published: the third business day, 07:00 local, typed in from public holiday lists and set into UTC by hand.
 * (3 November 2026 is Culture Day in Japan; 1 November, All Saints, is a Sunday.)
 */

export interface Publication {
  readonly issueDate: string;
  readonly at: string;
}

export const PUBLICATIONS: Record<string, Record<string, Publication>> = {
  '2026-10': {
    'GB-ENG': { issueDate: '2026-11-04', at: '2026-11-04T07:00:00Z' },
    'GB-SCT': { issueDate: '2026-11-04', at: '2026-11-04T07:00:00Z' },
    DE: { issueDate: '2026-11-04', at: '2026-11-04T06:00:00Z' },
    FR: { issueDate: '2026-11-04', at: '2026-11-04T06:00:00Z' },
    JP: { issueDate: '2026-11-05', at: '2026-11-04T22:00:00Z' },
  },
};

interface Terms {
  readonly days: number;
  readonly endOfMonth?: boolean | undefined;
  readonly dayOfMonth?: number | undefined;
}

/** So many days, then perhaps the end of that month, then perhaps the next such day of a month. */
export function dueDateOf(issueDate: string, { days, endOfMonth, dayOfMonth }: Terms): string {
  let due = new Date(`${issueDate}T12:00:00Z`);
  due.setUTCDate(due.getUTCDate() + days);
  if (endOfMonth) due = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0, 12));
  while (dayOfMonth && due.getUTCDate() !== Math.min(dayOfMonth, lastDayOf(due))) due.setUTCDate(due.getUTCDate() + 1);
  return due.toISOString().slice(0, 10);
}

function lastDayOf(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
