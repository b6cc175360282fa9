/** What `--chaos SEED` makes happen, and how often. */
const ODDS = {
  /** A message that was handled is delivered once more. */
  duplicate: 0.05,
  /** Messages of a standard queue come in another order. */
  reorder: 0.5,
  staleIndex: 0.2,
  conflict: 0.05,
  failBefore: 0.02,
  failAfter: 0.02,
} as const;

export type Mischief = keyof typeof ODDS;

export interface Chaos {
  /** Whether it happens this time. */
  strikes(kind: Mischief): boolean;
  /** A number from 0 up to, not including, `below`. */
  pick(below: number): number;
}

export const calm: Chaos = { strikes: () => false, pick: () => 0 };

/** Mischief from a seed: the same seed gives the same sequence of decisions (mulberry32). */
export function chaosFrom(seed: number | undefined): Chaos {
  if (seed === undefined) return calm;
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { strikes: (kind) => random() < ODDS[kind], pick: (below) => Math.floor(random() * below) };
}
