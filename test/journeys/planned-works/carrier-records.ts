import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The smallest carrier that planned works need: customers with accounts, circuits and contacts, as the carrier's export writes them.
 */

export interface ContactRecord {
  readonly contactId: string;
  readonly ocn: string;
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly timeZone: string;
  readonly roles: readonly string[];
  readonly bcns?: readonly string[] | null;
  readonly serviceIds?: readonly string[] | null;
  readonly kind?: 'person' | 'mailbox';
  readonly activeTo?: string | null;
  /** An older record never replaces a newer one. */
  readonly updatedAt?: string;
}

export interface ServiceRecord {
  readonly serviceId: string;
  readonly ownership: readonly { readonly bcn: string; readonly from: string; readonly to?: string }[];
  readonly product: string;
  readonly aEnd: string;
  readonly bEnd: string;
}

export interface Records {
  readonly customers?: readonly { readonly ocn: string; readonly name: string }[];
  readonly accounts?: readonly { readonly bcn: string; readonly ocn: string; readonly name: string }[];
  readonly contacts?: readonly ContactRecord[];
  readonly services?: readonly ServiceRecord[];
}

const LEGAL_ENTITY = {
  legalEntityId: 'NG-GB',
  name: 'Northgate Carrier Ltd',
  country: 'GB',
  address: { street: '14 Signal Yard', postalCode: 'EC2A 4XX', city: 'London', country: 'GB' },
  registration: 'Registered in England and Wales, no. 00000417',
  bank: { name: 'Example Bank plc' },
  currency: 'GBP',
  calendar: 'GB-ENG',
  contact: { email: 'billing@northgate.example', phone: '+44 20 7946 0100' },
};
const ACCOUNT = {
  address: { street: '20 Station Road', postalCode: 'IP1 1XX', city: 'Ipswich', country: 'GB' },
  currency: 'GBP',
  language: 'en',
  paymentTerms: { days: 30 },
  activeFrom: '2025-01-01',
  delivery: { attach: true, post: false },
};

/** A customer with its own accounts: `<ocn>-a`, `<ocn>-b`, ... */
export function customer(
  ocn: string,
  parts: {
    readonly name?: string;
    readonly accounts?: readonly string[];
    readonly contacts?: readonly ContactRecord[];
    readonly services?: readonly ServiceRecord[];
  },
): Records {
  const { name = `Customer ${ocn} Ltd`, accounts = ['a'], contacts = [], services = [] } = parts;
  return {
    customers: [{ ocn, name }],
    accounts: accounts.map((letter) => ({ bcn: `${ocn}-${letter}`, ocn, name: `${ocn} ${letter}` })),
    contacts,
    services,
  };
}

/** A person or mailbox `<who>@<ocn>.example` who looks after everything of the customer. */
export function contact(ocn: string, who: string, more: Partial<ContactRecord> = {}): ContactRecord {
  return {
    contactId: `${ocn}-${who}`,
    ocn,
    email: `${who}@${ocn}.example`,
    name: `Contact ${who}`,
    language: 'en',
    timeZone: 'Europe/Berlin',
    roles: ['maintenance'],
    ...more,
  };
}

/** The circuit `<ocn>/<n>` of an account of the customer, the first one unless told otherwise. */
export function circuit(ocn: string, n: number, letter = 'a'): ServiceRecord {
  return {
    serviceId: `${ocn}/${n}`,
    ownership: [{ bcn: `${ocn}-${letter}`, from: '2025-01-01' }],
    product: 'Ethernet Line 1 Gbit/s',
    aEnd: `PoP Slough, rack ${n}`,
    bEnd: `${n} Station Road, Ipswich`,
  };
}

/** The circuit as it is when it goes to another account on a day. */
export function handedOver(service: ServiceRecord, bcn: string, from: string, lastDay: string): ServiceRecord {
  const [owner] = service.ownership;
  return owner
    ? {
        ...service,
        ownership: [
          { ...owner, to: lastDay },
          { bcn, from },
        ],
      }
    : service;
}

/** Several customers, or what is to be said about them anew, as one export. */
export function together(parts: readonly Records[]): Records {
  return {
    customers: parts.flatMap(({ customers = [] }) => customers),
    accounts: parts.flatMap(({ accounts = [] }) => accounts),
    contacts: parts.flatMap(({ contacts = [] }) => contacts),
    services: parts.flatMap(({ services = [] }) => services),
  };
}

/** True when there is nothing to load. */
export function isEmpty(records: Records): boolean {
  return Object.values(records).every((list: readonly unknown[]) => list.length === 0);
}

/** Writes an export's directory folder. */
export function writeExport(folder: string, { customers = [], accounts = [], contacts = [], services = [] }: Records): string {
  const directory = join(folder, 'directory');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'legal-entities.json'), JSON.stringify([LEGAL_ENTITY]));
  const full = customers.map((one) => ({ ...one, legalEntityId: LEGAL_ENTITY.legalEntityId, country: 'GB', language: 'en' }));
  writeLines(join(directory, 'customers.jsonl'), full);
  writeLines(
    join(directory, 'billing-accounts.jsonl'),
    accounts.map((one) => ({ ...one, ...ACCOUNT })),
  );
  writeLines(join(directory, 'contacts.jsonl'), contacts);
  writeLines(join(directory, 'services.jsonl'), services);
  return folder;
}

function writeLines(file: string, records: readonly object[]): void {
  if (records.length > 0) writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
