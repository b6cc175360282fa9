/** The states of a message. What SES tells (from `submitted` on) only moves forward. */
export const STATES = [
  'queued',
  'deferred',
  'held',
  'claimed',
  'unknown',
  'skipped',
  'submitted',
  'delayed',
  'delivered',
  'bounced',
  'complained',
] as const;

export type MessageState = (typeof STATES)[number];

/** What the outbox itself does to a message. */
export type Act = 'claim' | 'hold' | 'skip' | 'defer' | 'release' | 'give-back' | 'accept' | 'refuse' | 'doubt' | 'try-again' | 'drop';

/** What SES tells about a message that it has, or had. */
export type Evidence = 'sent' | 'delay' | 'delivery' | 'bounce' | 'complaint' | 'reject';

export type Trigger = Act | Evidence;

const ACTS: Readonly<Record<Act, Partial<Record<MessageState, MessageState>>>> = {
  claim: { queued: 'claimed' },
  hold: { queued: 'held' },
  skip: { queued: 'skipped', deferred: 'skipped', held: 'skipped' },
  defer: { queued: 'deferred' },
  release: { deferred: 'queued', held: 'queued' },
  /** SES or our own rate said "later": nothing left the house. */
  'give-back': { claimed: 'queued' },
  accept: { claimed: 'submitted', unknown: 'submitted' },
  /** SES will never take it: a person looks. */
  refuse: { claimed: 'held' },
  doubt: { claimed: 'unknown' },
  /** Only for mandatory mail, only once, only after the waiting time: the caller decides that. */
  'try-again': { unknown: 'queued' },
  /** A person decided that it never leaves. */
  drop: { held: 'skipped' },
};

/** Later states win over earlier ones; everything before SES took the message is 0. */
const RANK: Readonly<Record<MessageState, number>> = {
  queued: 0,
  deferred: 0,
  held: 0,
  claimed: 0,
  unknown: 0,
  skipped: 0,
  submitted: 1,
  delayed: 2,
  delivered: 3,
  bounced: 4,
  complained: 5,
};

const PROVES: Readonly<Record<Evidence, MessageState>> = {
  sent: 'submitted',
  delay: 'delayed',
  delivery: 'delivered',
  bounce: 'bounced',
  reject: 'bounced',
  complaint: 'complained',
};

/**
 * The state after a trigger, or undefined when nothing changes: the act is not allowed there, or SES told something older than we know.
 * SES's word counts from every earlier state: a message that was claimed, lost and queued again has left after all.
 */
export function transition(state: MessageState, trigger: Trigger): MessageState | undefined {
  if (isEvidence(trigger)) return RANK[PROVES[trigger]] > RANK[state] ? PROVES[trigger] : undefined;
  return ACTS[trigger][state];
}

/** True once SES has taken the message: no second send, ever. */
export function hasLeft(state: MessageState): boolean {
  return RANK[state] > 0;
}

function isEvidence(trigger: Trigger): trigger is Evidence {
  return trigger in PROVES;
}
