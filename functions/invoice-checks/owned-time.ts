import Big from 'big.js';
import { addDays, addMonths, daysBetween, daysIn, firstDay, periodOf } from '../calendars/dates.ts';
import { ownerOn, type Service } from '../directory/records.ts';
import type { Bill, BillLine } from '../documents/bill.ts';

/** From a day to the day before `end`, as TMF678 counts. */
export interface Stretch {
  readonly start: string;
  readonly end: string;
}

/** Later than any bill. */
const NEVER = '9999-12-31';

/** When a service belonged to an account, in order; an open end is the year 9999. */
export function ownedBy({ ownership }: Service, bcn: string): Stretch[] {
  return ownership
    .filter((owner) => owner.bcn === bcn)
    .map(({ from, to }) => ({ start: from, end: endOf(from, to, ownership) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

/** `to` is the last day, but a day that two owners share belongs to the one who began last (`ownerOn`). */
function endOf(from: string, to: string | undefined, ownership: Service['ownership']): string {
  const end = to === undefined ? NEVER : addDays(to, 1);
  const next = ownership.map((other) => other.from).filter((other) => other > from);
  return [end, ...next.filter((other) => other < end && ownerOn({ ownership }, other) !== ownerOn({ ownership }, from))].sort()[0] ?? end;
}

/** The lines of all bills together; credit notes and what the carrier pays out charge for nothing. */
export function chargedLines(bills: readonly Bill[]): BillLine[] {
  return bills.flatMap(({ customerBill, appliedCustomerBillingRate }) =>
    customerBill.category === 'normal' ? appliedCustomerBillingRate : [],
  );
}

/** Recurring lines, by the service that they are for, each with the time it covers. */
export function recurringBy(lines: readonly BillLine[]): Map<string, CoveredLine[]> {
  const covered = lines.flatMap((line) => coveredOf(line));
  return Map.groupBy(covered, ({ serviceId }) => serviceId);
}

export interface CoveredLine extends Stretch {
  readonly serviceId: string;
  readonly line: BillLine;
}

function coveredOf(line: BillLine): CoveredLine[] {
  const { type, product, periodCoverage } = line;
  if (type !== 'recurring' || !product || !periodCoverage) return [];
  return [{ serviceId: product.id, start: periodCoverage.startDateTime, end: periodCoverage.endDateTime, line }];
}

/** The parts of a stretch that none of the others covers. */
export function uncovered(wanted: Stretch, others: readonly Stretch[]): Stretch[] {
  const gaps: Stretch[] = [];
  let { start } = wanted;
  for (const other of [...others].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    if (other.start > start && start < wanted.end) gaps.push({ start, end: earlier(other.start, wanted.end) });
    if (other.end > start) start = other.end;
  }
  if (start < wanted.end) gaps.push({ start, end: wanted.end });
  return gaps.filter((gap) => gap.start < gap.end);
}

/** What two stretches share; undefined when they do not touch. */
export function shared(a: Stretch, b: Stretch): Stretch | undefined {
  const start = a.start > b.start ? a.start : b.start;
  const end = earlier(a.end, b.end);
  return start < end ? { start, end } : undefined;
}

/** A stretch by calendar months: how many of each month's days it has. */
export function monthParts({ start, end }: Stretch): { days: number; of: number }[] {
  const parts: { days: number; of: number }[] = [];
  for (let from = start; from < end; ) {
    const to = earlier(firstDay(addMonths(periodOf(from), 1)), end);
    parts.push({ days: daysBetween(from, to), of: daysIn(periodOf(from)) });
    from = to;
  }
  return parts;
}

/** How many months a stretch is: whole ones count one, a part by its days. */
export function monthsOf(stretch: Stretch): Big {
  return monthParts(stretch).reduce((months, { days, of }) => months.plus(new Big(days).div(of)), new Big(0));
}

/** True for a stretch that begins and ends with a month. */
export function isWholeMonths({ start, end }: Stretch): boolean {
  return start.endsWith('-01') && end.endsWith('-01');
}

/** First and last day, as people read them. */
export function daysOf({ start, end }: Stretch): string {
  return end === NEVER ? `from ${start}` : `${start} to ${addDays(end, -1)}`;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
