import { lastWithin, nextAfter, parseSchedule, type ScheduleExpression } from './schedule-expression.ts';
import type { SchedulePart } from './template/parts.ts';

/** A schedule of the template, ready to be asked. */
export interface Due {
  readonly part: SchedulePart;
  readonly at: number;
}

/** Where the clock stands, kept on disk: everything due until `done` has been fired. */
export interface ClockState {
  /** The instant shown; missing while the clock follows the machine. */
  readonly at?: number;
  readonly done: number;
}

export type Move =
  | { readonly kind: 'start'; readonly from: number }
  | { readonly kind: 'forward' }
  | { readonly kind: 'refused'; readonly reason: string };

const DAY = 24 * 3600 * 1000;

/**
 * What `at` may do. The first one may go anywhere and plays the 24 hours before; later ones only go forward.
 * @param target milliseconds
 */
export function moveTo(target: number, clock: ClockState | undefined): Move {
  if (Number.isNaN(target)) return { kind: 'refused', reason: 'The instant must be RFC 3339, for example 2026-11-04T07:00:00+01:00' };
  if (clock?.at === undefined) return { kind: 'start', from: target - DAY };
  if (target >= clock.at) return { kind: 'forward' };
  const [now, asked] = [new Date(clock.at), new Date(target)].map((date) => date.toISOString());
  return { kind: 'refused', reason: `The clock stands at ${now} and only goes forward: ${asked} has passed` };
}

interface Timed {
  readonly part: SchedulePart;
  readonly expression: ScheduleExpression;
}

/** The schedules of a cloud, in the order they fire. */
export class TimeLine {
  readonly #fixed: Timed[];
  readonly #rates: (Timed & { readonly expression: ScheduleExpression & { kind: 'rate' } })[];
  /** The next moment of each fixed schedule, as far as it is known. */
  readonly #next = new Map<Timed, { from: number; at: number | undefined }>();

  constructor(parts: readonly SchedulePart[]) {
    const timed = parts.map((part) => ({ part, expression: parseSchedule(part.expression, part.timeZone) }));
    this.#fixed = timed.filter(({ expression }) => expression.kind !== 'rate');
    this.#rates = timed.flatMap(({ part, expression }) => (expression.kind === 'rate' ? [{ part, expression }] : []));
  }

  /** The next moment after `after` when a cron or one-time schedule fires. */
  nextFixed(after: number): number | undefined {
    return least(this.#fixed.map((timed) => this.#nextOf(timed, after)));
  }

  /** The cron and one-time schedules that fire in `(after, until]`. */
  fixedWithin(after: number, until: number): Due[] {
    const due = this.#fixed.flatMap((timed) => {
      const at = this.#nextOf(timed, after);
      return at !== undefined && at <= until ? [{ part: timed.part, at }] : [];
    });
    return due.sort((a, b) => a.at - b.at);
  }

  /** Each rate schedule with a moment in `(after, until]`, once, at its last moment: a day of minutes is one call. */
  ratesWithin(after: number, until: number): Due[] {
    const due = this.#rates.flatMap(({ part, expression }) => {
      const at = lastWithin(expression, after, until);
      return at === undefined ? [] : [{ part, at }];
    });
    return due.sort((a, b) => a.at - b.at);
  }

  /** The next moment of each rate schedule after `after`, so that what has just happened is swept in time. */
  nextRates(after: number): number[] {
    return [...new Set(this.#rates.map(({ expression }) => nextAfter(expression, after) ?? after))].sort((a, b) => a - b);
  }

  #nextOf(timed: Timed, after: number): number | undefined {
    const known = this.#next.get(timed);
    if (known && after >= known.from && (known.at === undefined || after < known.at)) return known.at;
    const at = nextAfter(timed.expression, after);
    this.#next.set(timed, { from: after, at });
    return at;
  }
}

export function least(moments: readonly (number | undefined)[]): number | undefined {
  return moments.reduce<number | undefined>(
    (first, moment) => (moment !== undefined && (first === undefined || moment < first) ? moment : first),
    undefined,
  );
}

/** The input of a schedule with its context attributes filled in. */
export function scheduleInput({ input, name }: SchedulePart, at: number, account: string, region: string, executionId: string): string {
  return input
    .replaceAll('<aws.scheduler.scheduled-time>', new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'))
    .replaceAll('<aws.scheduler.schedule-arn>', `arn:aws:scheduler:${region}:${account}:schedule/default/${name}`)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}
