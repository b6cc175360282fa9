import { looksAfterCircuits } from '../directory/contact-scope.ts';
import { accountsOfCustomer, contactsOf, getBillingAccounts, getCustomer, getLegalEntity, getServices } from '../directory/read.ts';
import { preferencesOfContacts } from '../preferences/preferences.ts';
import { possibleOwners } from './affected.ts';
import type { CustomerView } from './customer-plan.ts';
import type { PlannedWorks } from './works.ts';

/** What the directory says of the works' services: who may own them, by customer, and which it does not know. */
export interface Affected {
  readonly byCustomer: ReadonlyMap<string, readonly string[]>;
  readonly unknownServices: readonly string[];
}

/** Finds the customers that the works may touch. */
export async function affectedBy(works: PlannedWorks): Promise<Affected> {
  const ids = works.services.map(({ serviceId }) => serviceId);
  const services = await getServices(ids);
  const owners = possibleOwners(works, services);
  const accounts = await getBillingAccounts([...new Set([...owners.values()].flat())]);
  const ocnOf = new Map(accounts.map(({ bcn, ocn }) => [bcn, ocn]));
  const pairs = [...owners].flatMap(([serviceId, bcns]) =>
    [...new Set(bcns.flatMap((bcn) => ocnOf.get(bcn) ?? []))].map((ocn) => ({ ocn, serviceId })),
  );
  const byCustomer = new Map([...Map.groupBy(pairs, ({ ocn }) => ocn)].map(([ocn, group]) => [ocn, group.map((pair) => pair.serviceId)]));
  const known = new Set(services.map(({ serviceId }) => serviceId));
  return { byCustomer, unknownServices: ids.filter((serviceId) => !known.has(serviceId)) };
}

/** Everything of the directory that decides what a customer is told; undefined when the directory has no such customer. */
export async function viewOf(ocn: string, serviceIds: readonly string[], now: Date): Promise<CustomerView | undefined> {
  const [customer, accounts, contacts, services] = await Promise.all([
    getCustomer(ocn),
    accountsOfCustomer(ocn),
    contactsOf(ocn),
    getServices(serviceIds),
  ]);
  const entity = customer && (await getLegalEntity(customer.legalEntityId));
  if (!customer || !entity) return undefined;
  const watching = contacts.filter((contact) => looksAfterCircuits(contact, now));
  const preferenceOf = await preferencesOfContacts(
    ocn,
    watching.map(({ contactId }) => contactId),
  );
  const watchers = watching.map((contact) => ({ contact, preference: preferenceOf(contact.contactId) }));
  return { customer, entity, accounts, watchers, services };
}
