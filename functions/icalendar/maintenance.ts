/** What maintenance does to a circuit, from least to worst. */
export const IMPACTS = ['no-impact', 'reduced-redundancy', 'degraded', 'outage'] as const;

export type Impact = (typeof IMPACTS)[number];

export type MaintenanceStatus = 'tentative' | 'confirmed' | 'in-process' | 'completed' | 'cancelled';

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** One window of one maintenance, as one customer's diary and network tools hold it. */
export interface MaintenanceEvent {
  readonly uid: string;
  readonly sequence: number;
  /** When this is sent (DTSTAMP). */
  readonly stamp: Date;
  readonly start: Date;
  readonly end: Date;
  readonly summary: string;
  readonly description: string;
  readonly location?: string | undefined;
  readonly organizer: Mailbox;
  /** Missing in a feed. */
  readonly attendee?: Mailbox | undefined;
  /** Missing in the CANCEL for a contact who leaves: the maintenance itself goes on. */
  readonly status?: MaintenanceStatus | undefined;
  /** The carrier's domain. */
  readonly provider: string;
  readonly account: string;
  readonly maintenanceId: string;
  readonly objects: readonly { readonly id: string; readonly impact: Impact }[];
  /** `minutesBefore`: whole minutes before the start, at most four weeks. */
  readonly alarm?: { readonly minutesBefore: number; readonly text: string } | undefined;
  readonly url?: string | undefined;
}

/** The worst of some impacts; `no-impact` when there are none. */
export function worstOf(impacts: readonly Impact[]): Impact {
  return impacts.reduce<Impact>((worst, impact) => (IMPACTS.indexOf(impact) > IMPACTS.indexOf(worst) ? impact : worst), 'no-impact');
}
