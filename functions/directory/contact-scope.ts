import { localDate } from '../calendars/dates.ts';
import type { Contact } from './records.ts';

export { addressKey } from './address-key.ts';

/** Who looks after circuits at a customer. */
const ROLES_OF_CIRCUITS: readonly Contact['roles'][number][] = ['maintenance', 'technical'];

/**
 * The contacts who get a billing account's documents on a date: role `billing`, the account in their scope (no `bcns`:
 * every account), `activeTo` not passed. Whether they want the email is the preference's matter.
 * @param contacts those of the account's own customer
 */
export function billingContactsOf(contacts: readonly Contact[], bcn: string, onDate: string): Contact[] {
  return contacts.filter(
    ({ roles, bcns, activeTo }) =>
      roles.includes('billing') && (bcns === undefined || bcns.includes(bcn)) && (activeTo === undefined || onDate <= activeTo),
  );
}

/** True for a contact of circuits whose last day has not passed where it lives. */
export function looksAfterCircuits({ roles, activeTo, timeZone }: Contact, now: Date): boolean {
  return ROLES_OF_CIRCUITS.some((role) => roles.includes(role)) && (activeTo === undefined || localDate(now, timeZone) <= activeTo);
}
