import { folded } from '../recipients.ts';
import type { DiaryEntry } from './diary.ts';

/*
 * What should stand in every diary when everything has settled, from the newest state alone: works, directory, wishes. It knows nothing
 * of how things came about.
 */

export interface Contact {
  readonly contactId: string;
  readonly ocn: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly bcns?: readonly string[] | null;
  readonly activeTo?: string | null;
}

export interface Service {
  readonly serviceId: string;
  readonly ownership: readonly { readonly bcn: string; readonly from: string; readonly to?: string }[];
}

export interface Works {
  readonly status: string;
  readonly windows: readonly { readonly windowId: string; readonly start: string; readonly end: string; readonly status?: string }[];
  readonly services: readonly { readonly serviceId: string; readonly impact: string; readonly windowIds?: readonly string[] }[];
}

/** What a contact has asked for; missing is what everybody gets. */
export interface Wish {
  readonly works?: string;
  readonly grouping?: string;
  readonly 'other-works'?: string;
}

export interface State {
  readonly works: Works;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly contacts: readonly Contact[];
  readonly services: readonly Service[];
  /** Account to customer. */
  readonly accounts: ReadonlyMap<string, string>;
  /** By contact id. */
  readonly wishes: ReadonlyMap<string, Wish>;
}

/** An entry as a person would compare it. */
export interface WantedEntry {
  readonly account: string;
  readonly start: number;
  readonly end: number;
  readonly status: string;
  readonly objects: Readonly<Record<string, string>>;
  /** Declined works: they may still stand there, rightly, or be crossed out already. */
  readonly optional: boolean;
}

interface Affected {
  readonly serviceId: string;
  readonly impact: string;
  readonly bcn: string;
  readonly ocn: string;
}

/** The entries that each mailbox should have. Mailboxes that should have none are missing. */
export function wantedDiaries(state: State): Map<string, WantedEntry[]> {
  const diaries = new Map<string, WantedEntry[]>();
  if (state.works.status === 'cancelled') return diaries;
  for (const window of state.works.windows.filter(({ status }) => status !== 'cancelled')) {
    const affected = affectedIn(state, window);
    for (const contact of state.contacts.filter((one) => isToldOfWorks(one, state.today))) {
      const address = folded(contact.email);
      const wanted = entriesOf(state, contact, window, affected);
      const known = diaries.get(address) ?? [];
      const fresh = wanted.filter((entry) => !known.some((other) => textOf(other) === textOf(entry)));
      if (known.length + fresh.length > 0) diaries.set(address, [...known, ...fresh]);
    }
  }
  return diaries;
}

/** How a diary differs from what it should be. */
export function diaryFaults(address: string, wanted: readonly WantedEntry[], found: readonly DiaryEntry[]): string[] {
  const has = found.map(({ account = '', start = 0, end = 0, status = '', objects }) => textOf({ account, start, end, status, objects }));
  const may = wanted.map(textOf);
  const missing = wanted.filter((entry) => !entry.optional && !has.includes(textOf(entry))).map((entry) => `lacks ${textOf(entry)}`);
  const unasked = has.filter((text) => !may.includes(text)).map((text) => `has ${text}`);
  const twice = has.filter((text, place) => has.indexOf(text) < place).map((text) => `has twice ${text}`);
  return [...missing, ...unasked, ...twice].map((fault) => `${address} ${fault}`);
}

function affectedIn({ works, services, accounts }: State, window: Works['windows'][number]): Affected[] {
  const day = window.start.slice(0, 10);
  return works.services
    .filter(({ windowIds }) => windowIds === undefined || windowIds.includes(window.windowId))
    .flatMap(({ serviceId, impact }) => {
      const owner = services
        .find((service) => service.serviceId === serviceId)
        ?.ownership.findLast(({ from, to }) => from <= day && (to === undefined || day <= to));
      const ocn = accounts.get(owner?.bcn ?? '');
      return owner && ocn ? [{ serviceId, impact, bcn: owner.bcn, ocn }] : [];
    });
}

function isToldOfWorks({ roles, activeTo }: Contact, today: string): boolean {
  return roles.some((role) => role === 'maintenance' || role === 'technical') && (!activeTo || activeTo >= today);
}

function entriesOf(state: State, contact: Contact, window: Works['windows'][number], affected: readonly Affected[]): WantedEntry[] {
  const wish = state.wishes.get(contact.contactId) ?? {};
  if ((wish.works ?? 'invitation') !== 'invitation') return [];
  const own = affected.filter(({ ocn, bcn }) => ocn === contact.ocn && (!contact.bcns || contact.bcns.includes(bcn)));
  const groups = Map.groupBy(own, ({ ocn, bcn }) => (wish.grouping === 'per-account' ? bcn : ocn));
  return [...groups].map(([account, circuits]) => ({
    account,
    start: Date.parse(window.start),
    end: Date.parse(window.end),
    status: state.works.status === 'tentative' ? 'TENTATIVE' : 'CONFIRMED',
    objects: Object.fromEntries(
      circuits.map(({ serviceId, impact }) => [serviceId, impact.toUpperCase()] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    optional: wish['other-works'] === 'off' && circuits.every(({ impact }) => impact === 'no-impact'),
  }));
}

function textOf({ account, start, end, status, objects }: Omit<WantedEntry, 'optional'>): string {
  return JSON.stringify([account, new Date(start).toISOString(), new Date(end).toISOString(), status, objects]);
}
