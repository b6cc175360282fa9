/**
 * The way of a first invoice, from its draft until it is issued: what may happen in each state, and what becomes of it.
 * What is missing here cannot be said in code, and is refused with a sentence where it comes from outside.
 */
const STEPS = {
  /** The customer has the draft and has not answered. */
  'awaiting-customer': {
    draft: 'awaiting-customer',
    block: 'blocked',
    approve: 'approved',
    query: 'queried',
    remind: 'awaiting-customer',
    warn: 'awaiting-customer',
    expire: 'expired',
    'release-silently': 'approved',
    release: 'approved',
    extend: 'awaiting-customer',
    reject: 'rejected',
  },
  /** A check found something that must not be issued, or the newest data cannot be billed: the customer has not seen it. */
  blocked: { draft: 'awaiting-customer', block: 'blocked', warn: 'blocked', reject: 'rejected' },
  /** The customer asked about lines: a corrected bill, or a word of a person, goes on from here. */
  queried: {
    draft: 'awaiting-customer',
    block: 'blocked',
    approve: 'approved',
    query: 'queried',
    warn: 'queried',
    release: 'approved',
    extend: 'awaiting-customer',
    reject: 'rejected',
  },
  /** The deadline passed in silence: a named person decides, and the customer may still answer. */
  expired: {
    draft: 'awaiting-customer',
    block: 'blocked',
    approve: 'approved',
    query: 'queried',
    warn: 'expired',
    release: 'approved',
    extend: 'awaiting-customer',
    reject: 'rejected',
  },
  /** A person said that this draft is not issued: only new data goes on. */
  rejected: { draft: 'awaiting-customer', block: 'blocked', warn: 'rejected' },
  /** Somebody answered for it: billing issues it. New data before that voids the answer. */
  approved: { draft: 'awaiting-customer', block: 'blocked', issue: 'issued' },
  /** It has its number; from here on it is an invoice like any other. */
  issued: {},
} as const satisfies Record<string, Partial<Record<Trigger, string>>>;

/** What may happen to a first invoice, and who does it. */
export const TRIGGERS = {
  /** A new version of the draft passed the checks that block. */
  draft: { actor: 'billing', words: 'a new draft' },
  /** A new version of the draft did not pass them, or could not be made. */
  block: { actor: 'billing', words: 'a draft that a check blocks' },
  approve: { actor: 'customer', words: 'an approval' },
  query: { actor: 'customer', words: 'a query' },
  remind: { actor: 'schedule', words: 'a reminder' },
  /** The legal limit comes near. */
  warn: { actor: 'schedule', words: 'a warning' },
  expire: { actor: 'schedule', words: 'the deadline' },
  /** The legal entity's policy: all checks passed and the customer is silent. */
  'release-silently': { actor: 'schedule', words: 'a release by policy' },
  release: { actor: 'person', words: 'a release' },
  extend: { actor: 'person', words: 'an extension' },
  reject: { actor: 'person', words: 'a rejection' },
  issue: { actor: 'billing', words: 'its issue' },
} as const satisfies Record<string, { actor: ActorKind; words: string }>;

export type ActorKind = 'billing' | 'customer' | 'schedule' | 'person';
export type ReviewState = keyof typeof STEPS;
export type Trigger =
  | 'draft'
  | 'block'
  | 'approve'
  | 'query'
  | 'remind'
  | 'warn'
  | 'expire'
  | 'release-silently'
  | 'release'
  | 'extend'
  | 'reject'
  | 'issue';

/** What may happen in a state. */
export type TriggerIn<State extends ReviewState> = keyof (typeof STEPS)[State] & Trigger;
/** The state after it. */
export type StateAfter<State extends ReviewState, T extends TriggerIn<State>> = (typeof STEPS)[State][T] & ReviewState;

/** The state after something that may happen; what may not does not compile. */
export function enter<State extends ReviewState, T extends TriggerIn<State>>(state: State, trigger: T): StateAfter<State, T> {
  return STEPS[state][trigger] as StateAfter<State, T>;
}

/** The same for a trigger from outside: the state after it, or undefined when it may not happen. */
export function stateAfter(state: ReviewState, trigger: Trigger): ReviewState | undefined {
  return (STEPS[state] as Partial<Record<Trigger, ReviewState>>)[trigger];
}

/** Why something may not happen now, and what may. */
export function refusal(state: ReviewState, trigger: Trigger): string {
  const { actor, words } = TRIGGERS[trigger];
  const possible = (Object.keys(TRIGGERS) as Trigger[]).filter((each) => TRIGGERS[each].actor === actor && stateAfter(state, each));
  const instead = possible.length > 0 ? `possible is ${possible.map((each) => TRIGGERS[each].words).join(', ')}` : WAITS_FOR[state];
  return `The first invoice is ${state}, so ${words} changes nothing: ${instead}`;
}

/** True while nothing is decided: it stands in the list of open reviews. */
export function isOpen(state: ReviewState): boolean {
  return state !== 'issued';
}

const WAITS_FOR: Readonly<Record<ReviewState, string>> = {
  'awaiting-customer': 'it waits for the customer',
  blocked: 'it waits for corrected data, which make a new draft',
  queried: 'it waits for the billing team',
  expired: 'it waits for a named person',
  rejected: 'it waits for corrected data, which make a new draft',
  approved: 'it is being issued',
  issued: 'it has its number, and what is wrong with it takes a credit note and a new invoice',
};
