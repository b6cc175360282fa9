import { FIELD } from './layout.ts';
import { type CallRecord, fieldText } from './record.ts';

/** A number that calls were charged to, and when. */
export interface ChargedNumber {
  /** As the usage file writes it. */
  readonly number: string;
  readonly calls: number;
  /** `YYYY-MM-DD`, the local dates as written, in order. */
  readonly days: readonly string[];
}

/** An account with more numbers than this has its first ones told. */
const MOST = 100_000;
const START = 1 << 10;
const MAX_LOAD = 0.6;
const PLUS = 43;
const ZERO = 48;
/** So many digits are exact as a number. */
const MAX_DIGITS = 15;

/**
 * Which numbers were charged on which days of a period; calls that name no number are not among them. A number is kept as a number, its
 * days as bits: nothing is made per call.
 */
export class ChargedNumbers implements Iterable<ChargedNumber> {
  readonly #month: number;
  /** 0 is a free slot; negative for a number that is written without a plus. */
  #keys = new Float64Array(START);
  #calls = new Uint32Array(START);
  #days = new Uint32Array(START);
  #count = 0;
  #last = 0;
  /** Days outside of the period, and numbers that are written otherwise: both are rare. */
  readonly #late = new Map<number, Set<number>>();
  readonly #others = new Map<string, { calls: number; readonly days: Set<number> }>();

  /** @param period `YYYY-MM` */
  constructor(period: string) {
    this.#month = Number(period.replace('-', ''));
  }

  add(record: CallRecord): void {
    const place = record.at[FIELD.chargedNumber] as number;
    if (place < 0) return;
    const { bytes, starts, ends } = record.row;
    const key = numberIn(bytes, starts[place] as number, ends[place] as number);
    if (key === 0) {
      this.#addOther(record);
      return;
    }
    const slot = this.#slotOf(key);
    if (slot < 0) return;
    this.#calls[slot] = (this.#calls[slot] as number) + 1;
    const day = record.day % 100;
    if (record.day === this.#month * 100 + day) this.#days[slot] = (this.#days[slot] as number) | (1 << (day - 1));
    else daysOf(this.#late, key).add(record.day);
  }

  *[Symbol.iterator](): Generator<ChargedNumber> {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const key = this.#keys[slot] as number;
      if (key === 0) continue;
      const days = [...(this.#late.get(key) ?? []), ...bitsOf(this.#days[slot] as number).map((day) => this.#month * 100 + day)];
      yield { number: key > 0 ? `+${key}` : String(-key), calls: this.#calls[slot] as number, days: datesOf(days) };
    }
    for (const [number, { calls, days }] of this.#others) yield { number, calls, days: datesOf([...days]) };
  }

  /** The slot of a number, taken for it when it is new; -1 when there are too many. Neighbouring calls often have the same one. */
  #slotOf(key: number): number {
    if (this.#keys[this.#last] === key) return this.#last;
    if (this.#count > this.#keys.length * MAX_LOAD) this.#grow();
    const slot = freeOrOwn(this.#keys, key);
    if (this.#keys[slot] === 0) {
      if (this.#count >= MOST) return -1;
      this.#keys[slot] = key;
      this.#count++;
    }
    this.#last = slot;
    return slot;
  }

  #grow(): void {
    const [keys, calls, days] = [this.#keys, this.#calls, this.#days];
    this.#keys = new Float64Array(keys.length * 2);
    this.#calls = new Uint32Array(keys.length * 2);
    this.#days = new Uint32Array(keys.length * 2);
    keys.forEach((key, from) => {
      if (key === 0) return;
      const to = freeOrOwn(this.#keys, key);
      this.#keys[to] = key;
      this.#calls[to] = calls[from] as number;
      this.#days[to] = days[from] as number;
    });
  }

  #addOther(record: CallRecord): void {
    const number = fieldText(record, 'chargedNumber');
    const known = this.#others.get(number);
    if (known) {
      known.calls++;
      known.days.add(record.day);
    } else if (this.#others.size < MOST) this.#others.set(number, { calls: 1, days: new Set([record.day]) });
  }
}

/** The field as a number, negative without a plus; 0 when it is none, or its zeros at the front would be lost. */
function numberIn(bytes: Buffer, start: number, end: number): number {
  const plus = bytes[start] === PLUS;
  const first = plus ? start + 1 : start;
  if (end - first < 1 || end - first > MAX_DIGITS || bytes[first] === ZERO) return 0;
  let value = 0;
  for (let at = first; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return 0;
    value = value * 10 + digit;
  }
  return plus ? value : -value;
}

/** Where a number stands in the table, or would. */
function freeOrOwn(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  const high = Math.trunc(key / 0x1_0000_0000);
  let slot = (Math.imul(key | 0, 2_654_435_761) ^ Math.imul(high, 1_597_334_677)) >>> 7;
  for (slot &= mask; keys[slot] !== 0 && keys[slot] !== key; slot = (slot + 1) & mask);
  return slot;
}

function daysOf(late: Map<number, Set<number>>, key: number): Set<number> {
  const known = late.get(key);
  if (known) return known;
  const days = new Set<number>();
  late.set(key, days);
  return days;
}

function bitsOf(mask: number): number[] {
  return Array.from({ length: 31 }, (_, bit) => bit + 1).filter((day) => mask & (1 << (day - 1)));
}

/** YYYYMMDD as numbers into dates, in order. */
function datesOf(days: readonly number[]): string[] {
  return [...days]
    .sort((a, b) => a - b)
    .map((day) => {
      const digits = String(day);
      return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
    });
}
