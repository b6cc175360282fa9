import type { Contact } from './records.ts';

export { addressKey } from './address-key.ts';

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
