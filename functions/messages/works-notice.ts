import type { Impact } from '../icalendar/maintenance.ts';

/** What an email about works is for; its words follow. */
export type WorksVariant = 'new' | 'changed' | 'cancelled' | 'no-longer-affected' | 'starting' | 'completed' | 'reminder' | 'answer';

/** What the diary is told: put in or replaced, taken out, or (data only, reminders) left alone. */
export type DiaryAct = 'request' | 'cancel' | 'data' | 'none';

/** What an email about planned works says; the invitation itself is kept once for all its readers. */
export interface WorksNotice {
  readonly legalEntityId: string;
  readonly customerName: string;
  readonly uid: string;
  /** The SEQUENCE that the reader's diary is told. */
  readonly sequence: number;
  /** The number that the invitation's content is kept under: the sequence itself, but for who leaves what this reader had before. */
  readonly content: number;
  /** The content that this reader was told last: what changed is shown side by side. */
  readonly before?: number | undefined;
  readonly act: DiaryAct;
  readonly variant: WorksVariant;
  /** The reader leaves and the works go on: the CANCEL has no STATUS, so that no machine drops them. */
  readonly leaves?: boolean | undefined;
  readonly class: 'planned' | 'emergency';
  readonly impact: Impact;
  /** The reader as the directory knew it: a CANCEL is sent to who had the invitation, even when that contact is gone. */
  readonly reader: { readonly name: string; readonly email: string; readonly language: string; readonly timeZone: string };
  /** The first message of this invitation to this reader: mail programs show them together. */
  readonly thread?: string | undefined;
  /** Our answer to a proposal of another time: what was proposed, and the ticket it became. */
  readonly answer?: { readonly ticketId: string; readonly start?: string | undefined; readonly end?: string | undefined } | undefined;
}
