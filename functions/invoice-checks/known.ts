import { billingContactsOf } from '../directory/contact-scope.ts';
import { contactsOf, getServices, servicesOf } from '../directory/read.ts';
import type { BillingAccount, Contact } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';
import { suppressionOf } from '../preferences/suppression.ts';
import type { CheckInput, KnownContact } from './check.ts';

/** What the checks need to know beside the bill and its parties, read for one account. */
export async function knownOf(
  account: BillingAccount,
  bills: readonly Bill[],
  onDate: string,
): Promise<Pick<CheckInput, 'services' | 'contacts'>> {
  const [own, contacts] = await Promise.all([Array.fromAsync(servicesOf(account.bcn)), contactsOf(account.ocn)]);
  const ids = new Set(bills.flatMap((bill) => bill.appliedCustomerBillingRate.flatMap(({ product }) => product?.id ?? [])));
  const others = [...ids].filter((id) => !own.some(({ serviceId }) => serviceId === id));
  const [further, known] = await Promise.all([
    others.length > 0 ? getServices(others) : [],
    Promise.all(billingContactsOf(contacts, account.bcn, onDate).map(reached)),
  ]);
  return { services: [...own, ...further], contacts: known };
}

async function reached(contact: Contact): Promise<KnownContact> {
  return { contact, reachable: (await suppressionOf(contact.email)) === undefined };
}
