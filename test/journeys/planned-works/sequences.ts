import fc from 'fast-check';
import type { AffectedService, Impact, WorksData, WorksState, WorksWindow } from './works-events.ts';
import { MOVED_NIGHT, NEXT_NIGHT, NIGHT } from './works-events.ts';

/*
 * What may happen to works and to their customers, as fast-check makes it up. Every sequence has its own customers x and y.
 */

/** Works as a revision describes them, without their names. */
export interface WorksDraft {
  readonly status: WorksState;
  readonly windows: readonly WorksWindow[];
  /** Impact of the circuits x/1, x/2 (account x-a), x/3 (x-b) and y/1; none is not affected. */
  readonly impacts: readonly (Impact | null)[];
  /** The first circuit is affected in this window only. */
  readonly only: string | null;
}

/**
 * The people: `noc` and `same` share a mailbox and look after all of x, as `late` does, who comes later; `ana` looks after some of it;
 * `yo` and `mate` after y. So somebody leaves a scope in which somebody else stays, and sometimes the last one goes.
 */
export type Who = 'noc' | 'same' | 'ana' | 'late' | 'yo' | 'mate';

export type Act =
  /** `swapped`: the revision after it arrives first; `late`: after everything of the next round. */
  | { readonly kind: 'revise'; readonly draft: WorksDraft; readonly next: WorksDraft; readonly arrives: 'now' | 'swapped' | 'late' }
  /** An event of before comes again. */
  | { readonly kind: 'again'; readonly back: number }
  | { readonly kind: 'leaves' | 'returns' | 'stale'; readonly who: Who }
  | { readonly kind: 'scope'; readonly bcns: readonly ('a' | 'b')[] | null }
  | { readonly kind: 'address' | 'sold' | 'bought back' }
  | { readonly kind: 'roles'; readonly roles: readonly string[] }
  | {
      readonly kind: 'wish';
      readonly who: 'ana' | 'late' | 'yo';
      readonly setting: 'works' | 'grouping' | 'other-works';
      readonly value: string;
    };

export interface Sequence {
  /** Who is there at all. */
  readonly people: readonly Who[];
  readonly first: WorksDraft;
  /** What happens between two moments at which everything comes to rest. */
  readonly rounds: readonly (readonly Act[])[];
}

const MOST_ACTS = 2;

const impact = fc.option(fc.constantFrom<Impact>('outage', 'degraded', 'reduced-redundancy', 'no-impact'), { freq: 3 });
const windows = fc.constantFrom<readonly WorksWindow[]>(
  [NIGHT],
  [MOVED_NIGHT],
  [NIGHT, NEXT_NIGHT],
  [NEXT_NIGHT],
  [NEXT_NIGHT, MOVED_NIGHT],
  [NIGHT, { ...NEXT_NIGHT, status: 'cancelled' }],
);
const draft: fc.Arbitrary<WorksDraft> = fc
  .record({
    status: fc.constantFrom<WorksState>('confirmed', 'confirmed', 'confirmed', 'tentative', 'in-process', 'cancelled'),
    windows,
    impacts: fc.tuple(impact, impact, impact, impact),
    narrow: fc.boolean(),
  })
  .map(({ narrow, ...rest }) => ({ ...rest, only: narrow ? (rest.windows[0]?.windowId ?? null) : null }));
const scope: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('scope' as const),
  bcns: fc.constantFrom<readonly ('a' | 'b')[] | null>(['a'], ['b'], ['a', 'b'], null),
});
const roles: fc.Arbitrary<Act> = fc.record({
  kind: fc.constant('roles' as const),
  roles: fc.constantFrom<readonly string[]>(['billing'], ['technical'], ['maintenance', 'billing']),
});
/** What a person may want, for those of the people who may want something. */
function wishOf(people: readonly Who[]): fc.Arbitrary<Act> {
  return fc
    .tuple(
      fc.constantFrom(...(['ana', 'ana', 'late', 'yo'] as const).filter((person) => people.includes(person))),
      fc.constantFrom<readonly ['works' | 'grouping' | 'other-works', string]>(
        ['works', 'data-only'],
        ['works', 'feed-only'],
        ['works', 'invitation'],
        ['grouping', 'per-account'],
        ['grouping', 'per-account'],
        ['other-works', 'off'],
        ['works', 'feed-only'],
        ['grouping', 'together'],
        ['other-works', 'off'],
        ['other-works', 'on'],
      ),
    )
    .map(([person, [setting, value]]) => ({ kind: 'wish', who: person, setting, value }));
}

/** A wish costs a command of its own, everything else is carried by files: so wishes are few, but few must be enough to matter. */
function actOf(people: readonly Who[]): fc.Arbitrary<Act> {
  const acts: fc.WeightedArbitrary<Act>[] = [
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('revise' as const),
        draft,
        next: draft,
        arrives: fc.constantFrom('now' as const, 'now' as const, 'swapped' as const, 'late' as const),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('again' as const), back: fc.nat(4) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('leaves' as const, 'returns' as const, 'returns' as const, 'stale' as const),
        who: fc.constantFrom(...people),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('sold' as const, 'bought back' as const) }) },
    { weight: 4, arbitrary: wishOf(people) },
  ];
  if (people.includes('ana')) acts.push({ weight: 4, arbitrary: fc.oneof(scope, fc.constant<Act>({ kind: 'address' })) });
  if (people.includes('yo')) acts.push({ weight: 2, arbitrary: roles });
  return fc.oneof(...acts);
}

/** Two at a time send a third of the emails of everybody, and meet in every way that two can. */
const EVERYBODY: readonly Who[] = ['noc', 'same', 'ana', 'late', 'yo', 'mate'];
const PAIRS: readonly (readonly Who[])[] = [
  ['noc', 'ana'],
  ['noc', 'yo'],
  ['ana', 'yo'],
];

/** How long sequences are, and who is in them. */
export interface Size {
  readonly rounds: readonly number[];
  readonly companies: readonly (readonly Who[])[];
}

export const SHORT: Size = { rounds: [1], companies: PAIRS };
export const ALL: Size = { rounds: [1, 2, 3, 4, 5], companies: [EVERYBODY, ...PAIRS] };

/** So many sequences; the same seed makes the same ones. */
export function sequencesOf(seed: number, count: number, { rounds, companies }: Size): Sequence[] {
  const sequence = fc.tuple(fc.constantFrom(...companies), fc.constantFrom(...rounds)).chain(([people, length]) => {
    const round = fc.array(actOf(people), { minLength: 1, maxLength: MOST_ACTS });
    return fc.record({ people: fc.constant(people), first: draft, rounds: fc.array(round, { minLength: length, maxLength: length }) });
  });
  return fc.sample(sequence, { seed, numRuns: count });
}

/** The works of a draft, under the names of a sequence. */
export function worksOf({ status, windows: nights, impacts, only }: WorksDraft, circuits: readonly string[]): Partial<WorksData> {
  const services = circuits.flatMap((serviceId, place): AffectedService[] => {
    const found = impacts[place];
    if (!found) return [];
    return [{ serviceId, impact: found, ...(place === 0 && only !== null ? { windowIds: [only] } : {}) }];
  });
  return { status, windows: nights, services };
}
