import type * as z from 'zod';
import type { Item, Key } from '../aws/tables.ts';
import {
  ACCOUNT,
  accountKey,
  accountsPartition,
  calendarsPartition,
  contactKey,
  customerKey,
  ENTITIES,
  ENTITY_CALENDAR,
  entityKey,
  mailboxKey,
  numberKey,
  SERVICE,
  serviceKey,
  shardOf,
} from './keys.ts';
import {
  type BillingAccount,
  billingAccountSchema,
  type Contact,
  type Customer,
  contactSchema,
  customerSchema,
  type LegalEntity,
  legalEntitySchema,
  type NumberRange,
  numberRangeSchema,
  type Service,
  serviceSchema,
} from './records.ts';

/** Another record that must be there before this one can go in. */
export interface Reference {
  readonly field: string;
  readonly value: string;
  readonly key: Key;
  readonly expected: string;
}

/** How one kind of record goes into the table. */
export interface Kind<T> {
  /** Inside a carrier's export. */
  readonly file: string;
  readonly schema: z.ZodType<T>;
  readonly idOf: (record: T) => string;
  readonly keyOf: (record: T) => Key;
  readonly refersTo: (record: T) => Reference[];
  /** Written before the record itself; see keys.ts. */
  readonly pointersOf: (record: T) => Item[];
  /** Keys of an index that leads to the record. */
  readonly indexedBy?: (record: T) => Readonly<Record<string, string>>;
}

export type KindName = 'legalEntities' | 'customers' | 'billingAccounts' | 'contacts' | 'services' | 'numbers';

const CUSTOMER_EXPECTED = 'the OCN of a customer that the directory knows is expected';
const ACCOUNT_EXPECTED = 'the BCN of a billing account that the directory knows is expected';

const legalEntities: Kind<LegalEntity> = {
  file: 'directory/legal-entities.json',
  schema: legalEntitySchema,
  idOf: ({ legalEntityId }) => legalEntityId,
  keyOf: ({ legalEntityId }) => entityKey(legalEntityId),
  refersTo: () => [],
  pointersOf: ({ legalEntityId }) => [{ pk: ENTITIES, sk: legalEntityId }],
};

const customers: Kind<Customer> = {
  file: 'directory/customers.jsonl',
  schema: customerSchema,
  idOf: ({ ocn }) => ocn,
  keyOf: ({ ocn }) => customerKey(ocn),
  refersTo: ({ legalEntityId }) => [
    {
      field: 'legalEntityId',
      value: legalEntityId,
      key: entityKey(legalEntityId),
      expected: 'the id of a legal entity that the directory knows is expected',
    },
  ],
  pointersOf: () => [],
};

const billingAccounts: Kind<BillingAccount> = {
  file: 'directory/billing-accounts.jsonl',
  schema: billingAccountSchema,
  idOf: ({ bcn }) => bcn,
  keyOf: ({ bcn }) => accountKey(bcn),
  refersTo: ({ ocn }) => [customerReference(ocn)],
  pointersOf: ({ ocn, bcn }) => [{ pk: customerKey(ocn).pk, sk: `${ACCOUNT}${bcn}` }],
};

const contacts: Kind<Contact> = {
  file: 'directory/contacts.jsonl',
  schema: contactSchema,
  idOf: ({ ocn, contactId }) => `${ocn} ${contactId}`,
  keyOf: ({ ocn, contactId }) => contactKey(ocn, contactId),
  refersTo: ({ ocn }) => [customerReference(ocn)],
  pointersOf: () => [],
  indexedBy: ({ ocn, contactId, email }) => ({ byMailboxPk: mailboxKey(email), byMailboxSk: `${ocn}#${contactId}` }),
};

const services: Kind<Service> = {
  file: 'directory/services.jsonl',
  schema: serviceSchema,
  idOf: (service) => service.serviceId,
  keyOf: (service) => serviceKey(service.serviceId),
  refersTo: ({ ownership }) => ownership.map(({ bcn }, index) => accountReference(`ownership.${index}.bcn`, bcn)),
  pointersOf: (service) => service.ownership.map(({ bcn }) => ({ pk: accountKey(bcn).pk, sk: `${SERVICE}${service.serviceId}` })),
};

const numbers: Kind<NumberRange> = {
  file: 'directory/numbers.jsonl',
  schema: numberRangeSchema,
  idOf: ({ bcn, from, assignedOn }) => `${bcn} ${from} ${assignedOn}`,
  keyOf: ({ bcn, from, assignedOn }) => numberKey(bcn, from, assignedOn),
  refersTo: ({ bcn }) => [accountReference('bcn', bcn)],
  pointersOf: () => [],
};

/** Every kind of record, in the order in which one refers to the other. */
export const KINDS = { legalEntities, customers, billingAccounts, contacts, services, numbers };

/** Where an account stands among those of its legal entity, and that one of them follows its calendar. */
export function entityPointers({ bcn, calendar }: BillingAccount, legalEntityId: string): Item[] {
  const choice = calendar ?? ENTITY_CALENDAR;
  return [
    { pk: calendarsPartition(legalEntityId), sk: choice },
    { pk: accountsPartition(legalEntityId, choice, shardOf(bcn)), sk: bcn },
  ];
}

function customerReference(ocn: string): Reference {
  return { field: 'ocn', value: ocn, key: customerKey(ocn), expected: CUSTOMER_EXPECTED };
}

function accountReference(field: string, bcn: string): Reference {
  return { field, value: bcn, key: accountKey(bcn), expected: ACCOUNT_EXPECTED };
}
