import { addDays, addMonths, daysIn, periodOf } from '../calendars/dates.ts';

/** An account's terms: so many days net, then perhaps the end of that month, then perhaps a fixed day. */
export interface PaymentTerms {
  readonly days: number;
  readonly endOfMonth?: boolean | undefined;
  readonly dayOfMonth?: number | undefined;
}

/**
 * Issue date plus terms, always: a hold moves the due date because it moves the issue date.
 * "45 days, end of month, the 10th" is the 10th after the end of the month in which the 45 days end. A 31st in a shorter month is its last day.
 */
export function dueDateOf(issueDate: string, terms: PaymentTerms): string {
  const net = addDays(issueDate, terms.days);
  const from = terms.endOfMonth ? endOfMonth(net) : net;
  if (terms.dayOfMonth === undefined) return from;
  const thisMonth = dayOf(periodOf(from), terms.dayOfMonth);
  return thisMonth >= from ? thisMonth : dayOf(addMonths(periodOf(from), 1), terms.dayOfMonth);
}

function endOfMonth(date: string): string {
  return dayOf(periodOf(date), 31);
}

function dayOf(period: string, day: number): string {
  return `${period}-${String(Math.min(day, daysIn(period))).padStart(2, '0')}`;
}
