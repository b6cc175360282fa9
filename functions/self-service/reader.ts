import { localDate } from '../calendars/dates.ts';
import { billingContactsOf, looksAfterCircuits } from '../directory/contact-scope.ts';
import { accountsOfCustomer, contactsOf, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Contact, Customer, LegalEntity } from '../directory/records.ts';
import { type Language, languageOf } from '../money/format.ts';
import { defaultsOf, isAdministrator } from '../preferences/defaults.ts';
import { isActive } from '../preferences/invoice-readers.ts';
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
  /** The customer's other contacts of today, by name. */
  readonly colleagues: readonly Contact[];
  readonly preference: (bcn?: string) => Preference;
  readonly language: Language;
  /** Missing: it decides for nobody but itself. */
  readonly administers?: Administered | undefined;
}

/** What an administrator of a customer decides for all its contacts. */
export interface Administered {
  /** Every account of the customer, by number. */
  readonly accounts: readonly BillingAccount[];
  /** What holds for a contact who decided nothing. */
  readonly preference: (bcn?: string) => Preference;
}

/** Who a page is for; undefined when the contact is none any more, here or at all. */
export async function readerOf(ocn: string, contactId: string, now: Date): Promise<Reader | undefined> {
  const [contacts, customer] = await Promise.all([contactsOf(ocn), getCustomer(ocn)]);
  const contact = contacts.find((one) => one.contactId === contactId);
  if (!contact || !customer) return undefined;
  const today = localDate(now, contact.timeZone);
  if (!isActive(contact, today)) return undefined;
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
    colleagues: contacts.filter((one) => one !== contact && isActive(one, today)).sort((a, b) => a.name.localeCompare(b.name, 'en')),
    isToldOfWorks: looksAfterCircuits(contact, now),
    preference,
    language: languageOf(preference().language ?? contact.language),
    administers: isAdministrator(contact, now) ? { accounts: ofCustomer, preference: await defaultsOf(ocn) } : undefined,
  };
}
