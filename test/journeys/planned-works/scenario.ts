import { type DiaryEntry, diaryOf } from '../../oracle/planned-works/diary.ts';
import { type KnownWorks, storeOf } from '../../oracle/planned-works/maintenance-store.ts';
import type { WorksMail } from '../../oracle/planned-works/works-mail.ts';
import { folded } from '../../oracle/recipients.ts';
import type { LocalCloud } from '../local-cloud.ts';
import type { Records } from './carrier-records.ts';
import type { WorksEvent } from './works-events.ts';

/** What one customer's works go through, with records and ids that no other scenario has, so that all are played beside each other. */
export interface Scenario {
  readonly title: string;
  /** Loaded before anything happens. */
  readonly directory: Records;
  readonly steps: readonly Step[];
  /** Throws when something else came of it. */
  readonly check: (seen: Seen) => void;
}

/** What happens at an instant, in this order: directory, commands, works, and whatever else it takes. */
export interface Step {
  readonly at: string;
  readonly load?: Records;
  /** `carrierpost` commands. */
  readonly commands?: readonly (readonly string[])[];
  readonly publish?: readonly WorksEvent[];
  readonly act?: (stage: Stage) => Promise<void>;
}

/** What an act of a scenario can do. */
export interface Stage {
  readonly cloud: LocalCloud;
  /** An empty folder of its own. */
  readonly folder: string;
  /** The scenario's emails so far, as this instant began to act. */
  readonly mails: () => Promise<readonly WorksMail[]>;
  readonly publish: (...events: WorksEvent[]) => Promise<void>;
  /** Puts something aside for the check. */
  readonly keep: (name: string, value: unknown) => void;
}

/** `carrierpost works status WORKS --json`. */
export interface WorksStatus {
  readonly worksId: string;
  readonly revision: number;
  readonly status: string;
  readonly class: string;
  readonly hold: { readonly reason: string; readonly since: string; readonly customers: number; readonly recipients: number } | null;
  readonly unknownServices: readonly string[];
  readonly invitations: readonly {
    readonly uid: string;
    readonly windowId: string;
    readonly maintenanceId: string;
    readonly ocn: string;
    readonly account: string;
    readonly sequence: number;
    readonly method: string;
    readonly recipients: readonly {
      readonly contactId: string;
      readonly address: string;
      readonly sequence: number;
      readonly method: 'REQUEST' | 'CANCEL' | 'DATA';
      readonly state: string;
      readonly answer: 'accepted' | 'declined' | 'tentative' | null;
    }[];
  }[];
  readonly tickets: readonly {
    readonly kind: string;
    readonly ocn: string;
    readonly address: string;
    readonly at: string;
    readonly reason: string;
  }[];
}

/** What came of a scenario. */
export class Seen {
  /** The emails to its addresses, in the order of sending. */
  readonly mails: readonly WorksMail[];
  readonly #kept: ReadonlyMap<string, unknown>;

  constructor(mails: readonly WorksMail[], kept: ReadonlyMap<string, unknown>) {
    this.mails = mails;
    this.#kept = kept;
  }

  to(address: string): readonly WorksMail[] {
    return this.mails.filter(({ to }) => to === folded(address));
  }

  diary(address: string): DiaryEntry[] {
    return diaryOf(address, this.mails);
  }

  /** Live works of a customer whose system reads these mailboxes; one that refused a message fails. */
  live(...addresses: string[]): KnownWorks[] {
    const store = storeOf(addresses, this.mails);
    if (store.refused().length > 0) throw new Error(`the customer's system refused ${store.refused().join('\n')}`);
    return store.live();
  }

  /** What an act has put aside. */
  kept<T>(name: string): T {
    if (!this.#kept.has(name)) throw new Error(`nothing was kept as ${name}`);
    return this.#kept.get(name) as T;
  }
}

/** `REQUEST 0`, `CANCEL 1`, `DATA 0`, or `no event`: what somebody heard, in order. */
export function heard(mails: readonly WorksMail[]): string[] {
  return mails.map(({ event }) => (event ? `${event.method ?? 'DATA'} ${event.sequence}` : 'no event'));
}

/** The same without the numbers. */
export function methods(mails: readonly WorksMail[]): string[] {
  return heard(mails).map((one) => one.replace(/ \d+$/, ''));
}

/** The addresses of a directory's contacts. */
export function addressesOf({ contacts = [] }: Records): string[] {
  return contacts.map(({ email }) => folded(email));
}

/** Keeps what `works status` says at that instant. */
export function statusAs(name: string, worksId: string): (stage: Stage) => Promise<void> {
  return async ({ cloud, keep }) => keep(name, await cloud.json<WorksStatus>('works', 'status', worksId));
}

/** Who acts, and why, for commands that ask. */
export const PERSON = ['--by', 'Jane Planner', '--reason', 'asked for on the phone'] as const;

/** `carrierpost preferences set` for a contact. */
export function wish(ocn: string, who: string, setting: string, value: string): string[] {
  return ['preferences', 'set', ocn, `${ocn}-${who}`, setting, value, ...PERSON];
}

/** The instants that scenarios share: the fewer, the faster. All are in the working day of Berlin and London. */
export const FIRST = '2026-11-02T10:00:00Z';
export const SECOND = '2026-11-02T10:30:00Z';
export const THIRD = '2026-11-02T11:00:00Z';
export const FOURTH = '2026-11-02T11:30:00Z';
export const FIFTH = '2026-11-02T12:00:00Z';
