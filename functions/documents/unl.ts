import { addDays, firstDay, lastDay } from '../calendars/dates.ts';
import { type BillingAccount, type NumberRange, sizeOf } from '../directory/records.ts';
import { csvLine, neutralised, numberCell } from '../spreadsheets/cells.ts';

type Status = NumberRange['status'];

/** A number or a range of numbers, as the list shows it. */
export interface UnlRow {
  /** E.164; the single number, or the first of the range. */
  readonly from: string;
  /** The last number of a range; missing for a single number. */
  readonly to?: string | undefined;
  /** How many numbers the row stands for. */
  readonly size: number;
  readonly country: string;
  readonly type: NumberRange['type'];
  readonly status: Status;
  readonly serviceId?: string | undefined;
  readonly assignedOn: string;
  /** The day on which it ceased or was ported out. */
  readonly endedOn?: string | undefined;
  /** The day of porting in, `yes` where only the fact is known. */
  readonly portedIn?: string | undefined;
  readonly address?: string | undefined;
}

export interface UnlTotals {
  /** Rows of the list; a single number counts as one. */
  readonly ranges: number;
  readonly numbers: number;
}

/** A fault of the carrier's number records, told as a sentence. */
export interface UnlProblem {
  readonly rule: 'overlap' | 'order' | 'length';
  readonly reason: string;
}

/** The universal number list of an account: every number it held at some time of the period, as of the period's last day. */
export interface Unl {
  readonly ocn: string;
  readonly bcn: string;
  readonly accountName: string;
  readonly period: string;
  readonly asOf: string;
  /** In the order of the numbers. */
  readonly rows: readonly UnlRow[];
  readonly totals: UnlTotals;
  readonly byStatus: Readonly<Partial<Record<Status, UnlTotals>>>;
  readonly problems: readonly UnlProblem[];
}

const COLUMNS = ['from', 'to', 'size', 'country', 'type', 'status', 'serviceId', 'assignedOn', 'endedOn', 'portedIn', 'address'] as const;
const MAX_PROBLEMS = 20;

/**
 * Lists the numbers that an account held in a period. What ended before the period is gone, what was assigned after it is not there yet.
 * @param ranges number records; those of other accounts may be among them
 * @param ownerOf whose a range is on a date; without it the range's own account's. A number follows its service to a new owner
 */
export function buildUnl(
  account: Pick<BillingAccount, 'ocn' | 'bcn' | 'name'>,
  ranges: readonly NumberRange[],
  period: string,
  ownerOf: (range: NumberRange, date: string) => string = ({ bcn }) => bcn,
): Unl {
  const asOf = lastDay(period);
  const held = ranges.filter((range) => heldIn(range, period) && ownerOf(range, lastHeld(range, asOf)) === account.bcn);
  const { sound, problems } = sift(held);
  const rows = sound.map(rowOf).sort(inOrder);
  return {
    ocn: account.ocn,
    bcn: account.bcn,
    accountName: account.name,
    period,
    asOf,
    rows,
    totals: totalsOf(rows),
    byStatus: Object.fromEntries([...Map.groupBy(rows, ({ status }) => status)].map(([status, of]) => [status, totalsOf(of)])),
    problems: [...problems, ...overlaps(rows)].slice(0, MAX_PROBLEMS),
  };
}

/** The list as CSV for machines and spreadsheets: UTF-8, header row; numbers stay as they are, free text is neutralised. */
export function unlCsv(unl: Unl): Buffer {
  const lines = unl.rows.map((row) =>
    csvLine([
      numberCell(row.from),
      numberCell(row.to ?? ''),
      String(row.size),
      row.country,
      row.type,
      row.status,
      neutralised(row.serviceId ?? ''),
      row.assignedOn,
      row.endedOn ?? '',
      row.portedIn ?? '',
      neutralised(row.address ?? ''),
    ]),
  );
  return Buffer.from(csvLine(COLUMNS) + lines.join(''));
}

function heldIn({ assignedOn, endedOn }: NumberRange, period: string): boolean {
  return assignedOn <= lastDay(period) && (endedOn === undefined || endedOn >= firstDay(period));
}

/** The last day of the period on which the range was held. */
function lastHeld({ endedOn }: NumberRange, asOf: string): string {
  return endedOn !== undefined && endedOn <= asOf ? addDays(endedOn, -1) : asOf;
}

/** Ranges whose size cannot be told are problems, not rows. */
function sift(ranges: readonly NumberRange[]): { sound: NumberRange[]; problems: UnlProblem[] } {
  const sound: NumberRange[] = [];
  const problems: UnlProblem[] = [];
  for (const range of ranges) {
    const { from, to } = range;
    if (to !== undefined && to.length !== from.length) {
      problems.push({ rule: 'length', reason: `The range ${from} to ${to} has ends of different length: both must have as many digits` });
    } else if (to !== undefined && to < from) {
      problems.push({ rule: 'order', reason: `The range ${from} to ${to} ends before it starts: its end must not be below its start` });
    } else {
      sound.push(range);
    }
  }
  return { sound, problems };
}

function rowOf(range: NumberRange): UnlRow {
  const { from, to, country, type, status, serviceId, assignedOn, endedOn, portedIn, address } = range;
  return {
    from,
    to: to === from ? undefined : to,
    size: sizeOf(range),
    country,
    type,
    status,
    serviceId,
    assignedOn,
    endedOn,
    portedIn: portedIn === true ? 'yes' : portedIn || undefined,
    address,
  };
}

/** Rows that stand for the same number on the same day; of each row the first such neighbour is told. */
function overlaps(rows: readonly UnlRow[]): UnlProblem[] {
  const problems: UnlProblem[] = [];
  let open: UnlRow[] = [];
  for (const row of rows) {
    open = open.filter((earlier) => earlier.from.length === row.from.length && lastOf(earlier) >= row.from);
    const other = open.find((earlier) => heldTogether(earlier, row));
    if (other)
      problems.push({ rule: 'overlap', reason: `${shown(row)} and ${shown(other)} share numbers: each number must stand in one row only` });
    open.push(row);
  }
  return problems;
}

function heldTogether(a: UnlRow, b: UnlRow): boolean {
  return a.assignedOn < (b.endedOn ?? '9999-12-31') && b.assignedOn < (a.endedOn ?? '9999-12-31');
}

function lastOf({ from, to }: UnlRow): string {
  return to ?? from;
}

function shown({ from, to }: UnlRow): string {
  return to === undefined ? from : `${from} to ${to}`;
}

function inOrder(a: UnlRow, b: UnlRow): number {
  return a.from.length - b.from.length || compare(a.from, b.from) || compare(a.assignedOn, b.assignedOn);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function totalsOf(rows: readonly UnlRow[]): UnlTotals {
  return { ranges: rows.length, numbers: rows.reduce((sum, { size }) => sum + size, 0) };
}
