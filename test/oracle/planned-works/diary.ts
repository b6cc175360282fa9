import { folded } from '../recipients.ts';
import type { DiaryEvent, WorksMail } from './works-mail.ts';

/** What stands in a person's diary for one UID. */
export interface DiaryEntry extends DiaryEvent {
  readonly cancelled: boolean;
}

/**
 * The diary behind one mailbox, kept as RFC 5546 has it: a REQUEST makes or changes the entry of its UID, a CANCEL ends it; an
 * older SEQUENCE, or the same with a DTSTAMP that is not newer, is ignored; whatever has no METHOD is not for diaries.
 */
export class Diary {
  readonly #address: string;
  readonly #entries = new Map<string, DiaryEntry>();

  constructor(address: string) {
    this.#address = folded(address);
  }

  /** Opens an email; those to somebody else are none of its business. */
  receive({ to, event }: Pick<WorksMail, 'to' | 'event'>): void {
    if (to !== this.#address || !event) return;
    const known = this.#entries.get(event.uid);
    if (event.method === 'CANCEL' && !known) return;
    if ((event.method !== 'REQUEST' && event.method !== 'CANCEL') || (known && !isNewer(event, known))) return;
    // A cancel says what is cancelled; a diary keeps what it had and crosses it out.
    const entry = event.method === 'CANCEL' ? { ...known, ...event, cancelled: true } : { ...event, cancelled: false };
    this.#entries.set(event.uid, entry);
  }

  /** What the person sees, by start. */
  entries(): DiaryEntry[] {
    return [...this.#entries.values()].filter(({ cancelled }) => !cancelled).sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  }
}

/** The diary of an address after it has opened its emails in the order of sending. */
export function diaryOf(address: string, mails: readonly WorksMail[]): DiaryEntry[] {
  const diary = new Diary(address);
  for (const mail of mails) diary.receive(mail);
  return diary.entries();
}

function isNewer(event: DiaryEvent, known: DiaryEvent): boolean {
  return event.sequence > known.sequence || (event.sequence === known.sequence && event.stamp > known.stamp);
}
