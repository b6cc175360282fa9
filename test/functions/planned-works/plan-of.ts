import type { BillingAccount, Contact, Service } from '../../../functions/directory/records.ts';
import {
  billingAccountSchema,
  contactSchema,
  customerSchema,
  type LegalEntity,
  serviceSchema,
} from '../../../functions/directory/records.ts';
import type { CustomerView } from '../../../functions/planned-works/customer-plan.ts';
import { type PlannedWorks, plannedWorks } from '../../../functions/planned-works/works.ts';
import { preferenceFrom, type StoredSetting } from '../../../functions/preferences/preference.ts';
import { SELLER } from '../messages/directory-of.ts';

export const OCN = '100234';

/** Works of one window and one circuit; a test names what matters to it. */
export function worksOf(changes: object = {}): PlannedWorks {
  return plannedWorks.parse({
    worksId: 'CRQ-1',
    revision: 0,
    status: 'confirmed',
    class: 'planned',
    title: 'Router software upgrade',
    description: 'A router gets new software.',
    windows: [windowOf('1')],
    services: [{ serviceId: 'FRA/FRA/LE-1', impact: 'outage' }],
    ...changes,
  });
}

export function windowOf(windowId: string, changes: object = {}) {
  return { windowId, start: '2026-11-18T00:00:00+01:00', end: '2026-11-18T04:00:00+01:00', ...changes };
}

/** The works on the next day. */
export const MOVED = { windows: [windowOf('1', { start: '2026-11-19T00:00:00+01:00', end: '2026-11-19T04:00:00+01:00' })] };
/** The works in two nights. */
export const TWO_WINDOWS = { windows: [windowOf('1'), windowOf('2', { start: '2026-11-20T00:00:00Z', end: '2026-11-20T04:00:00Z' })] };

/** The works on two circuits. */
export const TWO_CIRCUITS = { services: [...worksOf().services, { serviceId: 'FRA/FRA/LE-2', impact: 'degraded' }] };

export function contactOf(contactId: string, changes: Partial<Contact> = {}): Contact {
  const fields = { ocn: OCN, name: `Contact ${contactId}`, email: `${contactId}@acme.example`, language: 'en', timeZone: 'Europe/Berlin' };
  return contactSchema.parse({ contactId, ...fields, roles: ['maintenance'], ...changes });
}

export function accountOf(bcn: string): BillingAccount {
  return billingAccountSchema.parse({
    bcn,
    ocn: OCN,
    name: 'Acme GmbH',
    address: { street: 'Beispielstraße 12', postalCode: '10115', city: 'Berlin', country: 'DE' },
    currency: 'EUR',
    language: 'de',
    paymentTerms: { days: 30 },
    activeFrom: '2020-01-01',
    delivery: { attach: true, post: false },
  });
}

export function serviceOf(serviceId: string, bcn = 'B1', changes: object = {}): Service {
  const ends = { product: 'Ethernet Line 1 Gbit/s', aEnd: 'Frankfurt, Beispielweg 1', bEnd: 'Berlin, Musterallee 2' };
  return serviceSchema.parse({ serviceId, ownership: [{ bcn, from: '2024-01-01' }], ...ends, ...changes });
}

/** A setting that a contact made. */
export function set(setting: string, value: string): StoredSetting {
  return { setting, value, changeId: setting, at: '2026-11-01T00:00:00Z', by: 'contact', how: 'page' };
}

interface View {
  readonly contacts: readonly Contact[];
  readonly settings?: Readonly<Record<string, readonly StoredSetting[]>>;
  readonly services?: readonly Service[];
  readonly bcns?: readonly string[];
  readonly entity?: LegalEntity;
}

/** What the directory says of the customer. */
export function viewOf({
  contacts,
  settings = {},
  services = [serviceOf('FRA/FRA/LE-1')],
  bcns = ['B1', 'B2'],
  entity = SELLER,
}: View): CustomerView {
  return {
    customer: customerSchema.parse({ ocn: OCN, name: 'Acme GmbH', legalEntityId: 'NL-DE', country: 'DE', language: 'de' }),
    entity,
    accounts: bcns.map(accountOf),
    watchers: contacts.map((contact) => ({ contact, preference: (bcn) => preferenceFrom(settings[contact.contactId] ?? [], 1, bcn) })),
    services,
  };
}
