import { billingContactsOf } from '../directory/contact-scope.ts';
import type { Contact } from '../directory/records.ts';
import { allDecisionsOf } from './decisions.ts';
import { type Candidate, invoiceReaders, isActive, namedBy } from './invoice-readers.ts';
import { invoicesFrom } from './preference.ts';
import { contactPartition } from './preferences.ts';
import { suppressionsOf } from './suppression.ts';

/** A contact, whether it gets an account's invoices, and why. */
export interface ReaderReason {
  readonly contact: Contact;
  readonly gets: boolean;
  readonly why: string;
}

/**
 * Says of each contact of an account's customer whether the account's invoices reach it on a day, and why.
 * @param contacts of one customer, a hundred at most: whom one of them names has to be among them
 */
export async function readerReasonsOf(contacts: readonly Contact[], bcn: string, onDate: string): Promise<ReaderReason[]> {
  const decisionsOf = await allDecisionsOf(contacts.map(({ ocn, contactId }) => contactPartition(ocn, contactId)));
  const suppressionOf = await suppressionsOf(contacts.map(({ email }) => email));
  const candidates = contacts.map((contact) => {
    const { settings } = decisionsOf(contactPartition(contact.ocn, contact.contactId));
    return { contact, choice: invoicesFrom(Object.values(settings), bcn), reachable: suppressionOf(contact.email) === undefined };
  });
  return readerReasons(candidates, bcn, onDate);
}

/** The same as a rule; see `invoiceReaders`, which decides. */
export function readerReasons(candidates: readonly Candidate[], bcn: string, onDate: string): ReaderReason[] {
  const readers = new Set(invoiceReaders(candidates, bcn, onDate));
  return candidates.map((candidate) => {
    const { contact, reachable } = candidate;
    if (!readers.has(candidate)) return { contact, gets: false, why: whyNot(candidate, bcn, onDate) };
    const why = whyReader(candidate, candidates, bcn, onDate);
    return { contact, gets: reachable, why: reachable ? why : `${why}, but nothing is mailed to its address any more` };
  });
}

function whyReader(reader: Candidate, candidates: readonly Candidate[], bcn: string, onDate: string): string {
  const { contact, choice } = reader;
  const isBilling = billingContactsOf([contact], bcn, onDate).length > 0;
  if (isBilling && choice === 'here') return 'a billing contact of this account';
  if (isBilling) return 'handed its invoices over, but nobody else can be reached';
  const givers = candidates.filter((other) => namedBy(other.choice) === contact.contactId).map((other) => other.contact.contactId);
  return `named by ${givers.join(', ')}`;
}

function whyNot({ contact, choice }: Candidate, bcn: string, onDate: string): string {
  const { roles, bcns, activeTo } = contact;
  const named = namedBy(choice);
  if (!isActive(contact, onDate)) return `was a contact until ${activeTo ?? ''}`;
  if (!roles.includes('billing')) return roles.length > 0 ? `no billing role, but ${roles.join(', ')}` : 'no billing role';
  if (bcns !== undefined && !bcns.includes(bcn)) return 'looks after other accounts';
  return named === undefined ? 'leaves them to the other billing contacts' : `has them sent to ${named} instead`;
}
