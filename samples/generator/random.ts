import { createHash } from 'node:crypto';

/** The seed of the sample carrier: the same seed gives the same bytes. */
const SEED = 'northgate-2026';

export interface Random {
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  chance(probability: number): boolean;
}

/** A stream of numbers of its own for a topic, so that a change in one topic leaves the others as they were. */
export function randomOf(...topic: string[]): Random {
  let state = createHash('sha256')
    .update([SEED, ...topic].join('\n'))
    .digest()
    .readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    pick: <T>(from: readonly T[]): T => from[int(0, from.length - 1)] as T,
    chance: (probability) => next() < probability,
  };
}
