import { type CallRecord, fieldText } from './record.ts';

/** A number that calls were charged to, and when. */
export interface ChargedNumber {
  /** As the usage file writes it. */
  readonly number: string;
  readonly calls: number;
  /** `YYYY-MM-DD`, the local dates as written, in order. */
  readonly days: readonly string[];
}

interface Use {
  calls: number;
  /** YYYYMMDD as numbers. */
  readonly days: Set<number>;
  last: number;
}

/** An account with more numbers than this has its first ones told. */
const MOST = 50_000;

/** Which numbers were charged on which days; calls that name no number are not among them. */
export class ChargedNumbers implements Iterable<ChargedNumber> {
  readonly #uses = new Map<string, Use>();

  add(record: CallRecord): void {
    const number = fieldText(record, 'chargedNumber');
    if (number === '') return;
    const known = this.#uses.get(number);
    if (!known) {
      if (this.#uses.size < MOST) this.#uses.set(number, { calls: 1, days: new Set([record.day]), last: record.day });
      return;
    }
    known.calls++;
    // Files are mostly in the order of time: the set is asked once a day.
    if (known.last === record.day) return;
    known.last = record.day;
    known.days.add(record.day);
  }

  *[Symbol.iterator](): Generator<ChargedNumber> {
    for (const [number, { calls, days }] of this.#uses) {
      yield { number, calls, days: [...days].sort((a, b) => a - b).map(dateOf) };
    }
  }
}

function dateOf(day: number): string {
  const digits = String(day);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
