import type { MaintenanceStatus } from '../icalendar/maintenance.ts';
import type { Scope } from './scopes.ts';

/** How a reader was told last: put into the diary, taken out of it, or by email for machines alone. */
export type Told = 'REQUEST' | 'CANCEL' | 'DATA';

/** A number and what was said under it. */
interface Said {
  readonly sequence: number;
  /** Of the content, to tell a change without comparing field by field. */
  readonly hash: string;
}

/** One invitation of a customer: works x window x scope. Its numbers only rise, and none says two things. */
export interface Diary {
  readonly uid: string;
  readonly windowId: string;
  readonly scope: Scope;
  /** The highest number used: SEQUENCE. */
  readonly counter: number;
  /** What newcomers are told. */
  readonly said: Said;
  /** False when the scope has no circuit in the window any more: the readers were told to take it out. */
  readonly live: boolean;
  /** Numbers under which readers left, the works going on; the hash is of what they had. */
  readonly left: readonly Said[];
  /** Rises with every change: the condition of every write. */
  readonly version: number;
  /** When `said` changed: Last-Modified of the feed. */
  readonly changedAt: string;
}

/** The reader's answer, as its calendar gave it. */
export interface Answer {
  readonly partstat: 'accepted' | 'declined' | 'tentative';
  readonly at: string;
  readonly sequence: number;
}

/** One reader of an invitation, by folded address, and what it was told last. */
export interface Holder {
  readonly uid: string;
  readonly address: string;
  readonly contactId: string;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly timeZone: string;
  readonly told: Told;
  /** The SEQUENCE it was told. */
  readonly sequence: number;
  /** The number its content is kept under, its hash, and the status it told. */
  readonly content: Said & { readonly status: MaintenanceStatus };
  readonly messageId: string;
  /** The first message to it: later ones are replies to that. */
  readonly thread: string;
  readonly toldAt: string;
  readonly answer?: Answer | undefined;
  /** Rises with every change: the condition of every write. */
  readonly version: number;
}
