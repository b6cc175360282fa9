import { readCalendar, valueNamed } from './content-lines.ts';
import { type MaintenanceNote, readNote } from './maintenance-note.ts';
import type { WorksMail } from './works-mail.ts';

/** Works as a customer's system knows them. Instants as iCalendar writes them, in UTC. */
export interface KnownWorks extends MaintenanceNote {
  readonly start: string;
  readonly end: string;
}

interface Kept extends KnownWorks {
  /** DTSTAMP: what an older message says about the same works is ignored. */
  readonly stamp: string;
}

/**
 * A customer's maintenance database. It reads the MAINTNOTE properties and nothing else, whatever the METHOD: works are known by
 * provider, maintenance id and account; a message without a status changes nothing; CANCELLED drops them.
 */
export class MaintenanceStore {
  readonly #works = new Map<string, Kept>();
  readonly #refused: string[] = [];

  receive({ file, from, calendar }: Pick<WorksMail, 'file' | 'from' | 'calendar'>): void {
    if (calendar === undefined) return;
    const [event, ...others] = readCalendar(Buffer.from(calendar)).components;
    if (!event || others.length > 0 || valueNamed(event, 'DTSTART') === undefined) {
      this.#refused.push(`${file}: one event with a time is right`);
      return;
    }
    const read = readNote(event, from.split('@')[1] ?? '');
    if ('faults' in read) this.#refused.push(`${file}: ${read.faults.join('; ')}`);
    else this.#take(read.note, valueNamed(event, 'DTSTART') ?? '', valueNamed(event, 'DTEND') ?? '', valueNamed(event, 'DTSTAMP') ?? '');
  }

  /** Live works, by maintenance id and account. */
  live(): KnownWorks[] {
    return [...this.#works.values()]
      .filter(({ status }) => status !== 'CANCELLED')
      .map(({ stamp: _, ...works }) => works)
      .sort((a, b) => (`${a.maintenanceId} ${a.account}` < `${b.maintenanceId} ${b.account}` ? -1 : 1));
  }

  /** Messages that the system could not use, with why. */
  refused(): readonly string[] {
    return this.#refused;
  }

  #take(note: MaintenanceNote, start: string, end: string, stamp: string): void {
    const key = JSON.stringify([note.provider, note.maintenanceId, note.account]);
    const known = this.#works.get(key);
    if (note.status === undefined || (known && stamp < known.stamp)) return;
    this.#works.set(key, { ...note, start, end, stamp });
  }
}

/** The store of a customer whose system reads these mailboxes. */
export function storeOf(addresses: readonly string[], mails: readonly WorksMail[]): MaintenanceStore {
  const store = new MaintenanceStore();
  for (const mail of mails.filter(({ to }) => addresses.includes(to))) store.receive(mail);
  return store;
}
