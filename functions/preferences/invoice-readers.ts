import { billingContactsOf } from '../directory/contact-scope.ts';
import type { Contact } from '../directory/records.ts';
import type { InvoicesChoice } from './setting.ts';

/** A contact of a customer, and what decides whether an account's invoices reach it. */
export interface Candidate {
  readonly contact: Contact;
  /** Who gets this contact's invoices of the account. */
  readonly choice: InvoicesChoice;
  /** False when its address is suppressed. */
  readonly reachable: boolean;
}

/**
 * Who gets an account's invoices on a day: its billing contacts, each itself or whom it named. Whoever is named gets them without a billing
 * role, and may have named somebody in turn. When nobody of those can be reached, they go to who left: better there than nowhere.
 * @param candidates every contact of the account's customer
 */
export function invoiceReaders(candidates: readonly Candidate[], bcn: string, onDate: string): Candidate[] {
  const readers = withoutThoseWhoLeft(candidates, bcn, onDate);
  if (readers.some(({ reachable }) => reachable)) return readers;
  const left = billing(candidates, bcn, onDate).filter((candidate) => !readers.includes(candidate));
  const within = left.filter(({ reachable }) => reachable);
  return within.length > 0 || readers.length > 0 ? [...readers, ...within] : left;
}

/** The same, without falling back on anybody who left. */
export function withoutThoseWhoLeft(candidates: readonly Candidate[], bcn: string, onDate: string): Candidate[] {
  const byId = new Map(candidates.map((candidate) => [candidate.contact.contactId, candidate]));
  const readers = billing(candidates, bcn, onDate).flatMap((candidate) => endOf(candidate, byId, onDate) ?? []);
  return [...new Set(readers)];
}

/** True for a contact whose last day has not passed. */
export function isActive({ activeTo }: Contact, onDate: string): boolean {
  return activeTo === undefined || onDate <= activeTo;
}

/** The contact id that a choice names. */
export function namedBy(choice: InvoicesChoice): string | undefined {
  return choice.startsWith('to:') ? choice.slice('to:'.length) : undefined;
}

function billing(candidates: readonly Candidate[], bcn: string, onDate: string): Candidate[] {
  return candidates.filter(({ contact }) => billingContactsOf([contact], bcn, onDate).length > 0);
}

/** Where a contact's invoices end up; undefined when it relies on the others, or names somebody who cannot get them. */
function endOf(from: Candidate, byId: ReadonlyMap<string, Candidate>, onDate: string): Candidate | undefined {
  const seen = new Set<Candidate>();
  let at: Candidate | undefined = from;
  while (at && !seen.has(at)) {
    seen.add(at);
    if (at.choice === 'here') return at === from || at.reachable ? at : undefined;
    const named = namedBy(at.choice);
    const next: Candidate | undefined = named === undefined ? undefined : byId.get(named);
    at = next && isActive(next.contact, onDate) ? next : undefined;
  }
  return undefined;
}
