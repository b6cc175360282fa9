import { getItem, getItems, type Key, queryItems } from '../aws/tables.ts';
import {
  ACCOUNT,
  accountKey,
  CONTACT,
  contactKey,
  customerKey,
  ENTITIES,
  entityKey,
  NUMBER,
  SERVICE,
  type Stored,
  serviceKey,
} from './keys.ts';
import { withoutOverlaps } from './number-history.ts';
import type { BillingAccount, Contact, Customer, LegalEntity, NumberRange, Service } from './records.ts';

const BATCH = 100;

/** The legal entity; undefined when the directory has none of that id. Every read of this file is consistent. */
export async function getLegalEntity(legalEntityId: string): Promise<LegalEntity | undefined> {
  return (await getItem<Stored<LegalEntity>>('directory', entityKey(legalEntityId)))?.record;
}

/** Every legal entity, by id. */
export async function legalEntities(): Promise<LegalEntity[]> {
  const ids: string[] = [];
  for await (const { sk } of queryItems<{ sk: string }>('directory', { pk: ENTITIES })) ids.push(sk);
  const entities = await records<LegalEntity>(ids.map(entityKey));
  return entities.sort((a, b) => (a.legalEntityId < b.legalEntityId ? -1 : 1));
}

export async function getCustomer(ocn: string): Promise<Customer | undefined> {
  return (await getItem<Stored<Customer>>('directory', customerKey(ocn)))?.record;
}

/** Those of the customers that the directory knows, in no particular order. */
export function getCustomers(ocns: readonly string[]): Promise<Customer[]> {
  return records<Customer>(ocns.map(customerKey));
}

export async function getBillingAccount(bcn: string): Promise<BillingAccount | undefined> {
  return (await getItem<Stored<BillingAccount>>('directory', accountKey(bcn)))?.record;
}

/** Those of the accounts that the directory knows, in no particular order. */
export function getBillingAccounts(bcns: readonly string[]): Promise<BillingAccount[]> {
  return records<BillingAccount>(bcns.map(accountKey));
}

/** Every account of a customer, closed ones too, by BCN. */
export async function accountsOfCustomer(ocn: string): Promise<BillingAccount[]> {
  const bcns: string[] = [];
  for await (const { sk } of queryItems<{ sk: string }>('directory', { pk: customerKey(ocn).pk, beginsWith: ACCOUNT })) {
    bcns.push(sk.slice(ACCOUNT.length));
  }
  const accounts = await getBillingAccounts(bcns);
  return accounts.filter((account) => account.ocn === ocn).sort((a, b) => (a.bcn < b.bcn ? -1 : 1));
}

/** Every contact of a customer, those who left too, by contact id. */
export async function contactsOf(ocn: string): Promise<Contact[]> {
  const contacts: Contact[] = [];
  for await (const { record } of queryItems<Partial<Stored<Contact>>>('directory', { pk: customerKey(ocn).pk, beginsWith: CONTACT })) {
    // What is left of one who was erased has no record.
    if (record) contacts.push(record);
  }
  return contacts;
}

export async function getContact(ocn: string, contactId: string): Promise<Contact | undefined> {
  return (await getItem<Stored<Contact>>('directory', contactKey(ocn, contactId)))?.record;
}

/** Those of the services that the directory knows, in no particular order. */
export function getServices(serviceIds: readonly string[]): Promise<Service[]> {
  return records<Service>(serviceIds.map(serviceKey));
}

/** Every service that the account owns or ever owned, by service id; `ownerOn` says who has it on a date. */
export async function* servicesOf(bcn: string): AsyncGenerator<Service> {
  let ids: string[] = [];
  for await (const { sk } of queryItems<{ sk: string }>('directory', { pk: accountKey(bcn).pk, beginsWith: SERVICE })) {
    ids.push(sk.slice(SERVICE.length));
    if (ids.length < BATCH) continue;
    yield* await ownedServices(ids, bcn);
    ids = [];
  }
  yield* await ownedServices(ids, bcn);
}

/** Every range that the account holds or held, by number. */
export async function* numbersOf(bcn: string): AsyncGenerator<NumberRange> {
  yield* withoutOverlaps(queryItems<Stored<NumberRange>>('directory', { pk: accountKey(bcn).pk, beginsWith: NUMBER }));
}

async function ownedServices(ids: readonly string[], bcn: string): Promise<Service[]> {
  const services = await getServices(ids);
  return services
    .filter(({ ownership }) => ownership.some((owner) => owner.bcn === bcn))
    .sort((a, b) => (a.serviceId < b.serviceId ? -1 : 1));
}

async function records<T>(keys: readonly Key[]): Promise<T[]> {
  return (await getItems<Stored<T>>('directory', keys)).map(({ record }) => record);
}
