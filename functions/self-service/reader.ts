import { localDate } from '../calendars/dates.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { accountsOfCustomer, getContact, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Contact, Customer, LegalEntity } from '../directory/records.ts';
import { type Language, languageOf } from '../money/format.ts';
import { looksAfterCircuits } from '../planned-works/scopes.ts';
import type { Preference } from '../preferences/preference.ts';
import { preferencesOf } from '../preferences/preferences.ts';

/** A contact at its own page: who it is, what it looks after, what it wants. */
export interface Reader {
  readonly contact: Contact;
  readonly customer: Customer;
  readonly legalEntity: LegalEntity;
  /** Those that the contact looks after, by number. */
  readonly accounts: readonly BillingAccount[];
  /** Of them those whose documents it gets. */
  readonly billed: ReadonlySet<string>;
  readonly isToldOfWorks: boolean;
  readonly preference: (bcn?: string) => Preference;
  readonly language: Language;
}

/** Who a page is for; undefined when the contact is none any more, here or at all. */
export async function readerOf(ocn: string, contactId: string, now: Date): Promise<Reader | undefined> {
  const [contact, customer] = await Promise.all([getContact(ocn, contactId), getCustomer(ocn)]);
  if (!contact || !customer) return undefined;
  const today = localDate(now, contact.timeZone);
  if (contact.activeTo !== undefined && today > contact.activeTo) return undefined;
  const [legalEntity, ofCustomer, preference] = await Promise.all([
    getLegalEntity(customer.legalEntityId),
    accountsOfCustomer(ocn),
    preferencesOf(ocn, contactId),
  ]);
  if (!legalEntity) return undefined;
  const accounts = ofCustomer.filter(({ bcn }) => contact.bcns?.includes(bcn) ?? true).sort((a, b) => (a.bcn < b.bcn ? -1 : 1));
  const billed = accounts.filter(({ bcn }) => billingContactsOf([contact], bcn, today).length > 0).map(({ bcn }) => bcn);
  return {
    contact,
    customer,
    legalEntity,
    accounts,
    billed: new Set(billed),
    isToldOfWorks: looksAfterCircuits(contact, now),
    preference,
    language: languageOf(preference().language ?? contact.language),
  };
}
