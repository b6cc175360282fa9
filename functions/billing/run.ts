import type { CalendarCode } from '../calendars/calendars.ts';

/** How far a bill run has come. What a person did to it (hold, stop) stands beside it, so that nothing is forgotten. */
const NEXT = {
  'waiting-for-input': ['planning'],
  planning: ['preparing'],
  /** Back to planning: a bill changed, or the issue date did. */
  preparing: ['planning', 'awaiting-release', 'ready'],
  'awaiting-release': ['planning', 'ready'],
  ready: ['planning', 'published'],
  published: ['delivering'],
  /** Back to published: a stopped delivery goes on, so what is not delivered is queued again. */
  delivering: ['published', 'delivered'],
  delivered: [],
} as const satisfies Record<string, readonly string[]>;

export type Stage = keyof typeof NEXT;
export type StageAfter<From extends Stage> = (typeof NEXT)[From][number];

/** What a run's line says: its stage, or what a person did to it. */
export type RunState = Stage | 'waiting-for-its-turn' | 'held' | 'stopped';

/** A person's brake. `hold` keeps the run from publishing; `stop` also halts preparation and delivery. */
export interface RunBrake {
  readonly kind: 'hold' | 'stop';
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** Why the accounts of a run are gone through: first, because bills changed, because the issue date did. */
export type PassKind = 'plan' | 'repair' | 'redate';

export interface Run {
  readonly runId: string;
  readonly period: string;
  readonly calendar: CalendarCode;
  /** 1 is the month; later ones are late batches that a rerun brought. */
  readonly sequence: number;
  readonly stage: Stage;
  /** Rises with every change; the condition of every change. */
  readonly revision: number;
  readonly pass: number;
  readonly passKind: PassKind;
  /** Local date of the third business day. */
  readonly dueOn: string;
  /** 02:00 local on that day. */
  readonly prepareFrom: string;
  /** 07:00 local on that day; for a late batch the moment it was asked for. */
  readonly publishFrom: string;
  /** Printed on every invoice: the local date of the publication. */
  readonly issueDate: string;
  readonly createdAt: string;
  readonly brake?: RunBrake | undefined;
  /** The control report's verdict, once there is one. */
  readonly control?: 'within' | 'beyond' | undefined;
  readonly released?: { readonly by: string; readonly reason: string; readonly at: string } | undefined;
  /** The morning when it was not ready at 07:00. */
  readonly lateSince?: string | undefined;
  readonly publishedAt?: string | undefined;
  readonly deliveriesQueuedAt?: string | undefined;
  readonly request?: RunRequest | undefined;
  /** Machine time at which the stage was entered, and what the stages took so far, in milliseconds. */
  readonly enteredAt: number;
  readonly took: Readonly<Partial<Record<Stage, number>>>;
}

/** What a rerun asked for. */
export interface RunRequest {
  /** `(source, id)` of the event: the occasion of every email it causes. */
  readonly eventId: string;
  readonly bcns?: readonly string[] | undefined;
  readonly reason: string;
  readonly requestedBy: string;
  readonly resend: 'never' | 'changed' | 'always';
  /** A person asked: it begins when what runs about the same accounts has handed its emails over. */
  readonly waits?: boolean | undefined;
  /** What was issued of the accounts is taken back and issued anew, where figures changed. */
  readonly correct?: boolean | undefined;
}

/** `2026-10.GB-ENG.1`: also the id of the run's publication. */
export function runIdOf(period: string, calendar: string, sequence: number): string {
  return `${period}.${calendar}.${sequence}`;
}

/** What a person reads. */
export function stateOf({ stage, brake, sequence }: Pick<Run, 'stage' | 'brake' | 'sequence'>): RunState {
  if (stage === 'delivered') return stage;
  if (brake?.kind === 'stop') return 'stopped';
  if (stage === 'waiting-for-input' && sequence > 1) return 'waiting-for-its-turn';
  return brake?.kind === 'hold' && !isPublished(stage) ? 'held' : stage;
}

/** True when two runs of a calendar may look at one account. */
export function mayMeet(one: Pick<Run, 'request'>, other: Pick<Run, 'request'>): boolean {
  const bcns = one.request?.bcns;
  return bcns === undefined || mayKnow(other, bcns);
}

/** A late batch only knows the accounts that it was asked for. */
export function mayKnow({ request }: Pick<Run, 'request'>, bcns: readonly string[]): boolean {
  return request?.bcns === undefined || request.bcns.some((bcn) => bcns.includes(bcn));
}

export function isPublished(stage: Stage): boolean {
  return stage === 'published' || stage === 'delivering' || stage === 'delivered';
}

/** Its chunks may be opened and worked on: from the plan until the control report is written. */
export function isBeingPrepared({ stage }: Pick<Run, 'stage'>): boolean {
  return stage === 'planning' || stage === 'preparing';
}

/**
 * The run in its next stage; a step that does not exist does not compile.
 * @param machine machine time, to tell how long the stage took
 */
export function enter<From extends Stage>(run: Run & { stage: From }, to: StageAfter<From>, machine: number): Run {
  const spent = (run.took[run.stage] ?? 0) + Math.max(0, machine - run.enteredAt);
  return { ...run, stage: to, took: { ...run.took, [run.stage]: Math.round(spent) }, enteredAt: machine };
}

/** True when the run is in that stage; narrows it for `enter`. */
export function isIn<S extends Stage>(run: Run, stage: S): run is Run & { stage: S } {
  return run.stage === stage;
}
