import { putItem } from '../../../functions/aws/tables.ts';
import { ACCOUNT, accountKey, contactKey, customerKey, entityKey } from '../../../functions/directory/keys.ts';
import {
  billingAccountSchema,
  type Contact,
  contactSchema,
  customerSchema,
  type LegalEntity,
  legalEntitySchema,
} from '../../../functions/directory/records.ts';

const ADDRESS = { street: 'Beispielstraße 12', postalCode: '10115', city: 'Berlin', country: 'DE' };

export const SELLER: LegalEntity = legalEntitySchema.parse({
  legalEntityId: 'NL-DE',
  name: 'Northline Carrier GmbH',
  country: 'DE',
  address: ADDRESS,
  vatId: 'DE999999999',
  registration: 'HRB 000000 B',
  legalFooter: { court: 'Amtsgericht Berlin', directors: 'Erika Muster' },
  bank: { name: 'Musterbank' },
  currency: 'EUR',
  calendar: 'DE',
  contact: { email: 'rechnung@northline.example', phone: '+49 30 23125 100' },
});

export function contactOf(changes: Partial<Contact> & Pick<Contact, 'contactId' | 'email'>): Contact {
  return contactSchema.parse({
    ocn: '100234',
    name: 'Anna Beispiel',
    language: 'en',
    timeZone: 'Europe/Berlin',
    roles: ['billing'],
    ...changes,
  });
}

/** Puts the seller, a customer with one account and these contacts into the directory. */
export async function putDirectory(...contacts: readonly Contact[]): Promise<void> {
  const customer = customerSchema.parse({ ocn: '100234', name: 'Acme GmbH', legalEntityId: 'NL-DE', country: 'DE', language: 'de' });
  const account = billingAccountSchema.parse({
    bcn: 'B4711',
    ocn: '100234',
    name: 'Acme GmbH, Werk Süd',
    address: ADDRESS,
    currency: 'EUR',
    language: 'de',
    paymentTerms: { days: 30 },
    activeFrom: '2020-01-01',
    delivery: { attach: true, post: false },
  });
  await putItem('directory', { ...entityKey('NL-DE'), record: SELLER });
  await putItem('directory', { ...customerKey('100234'), record: customer });
  await putItem('directory', { ...accountKey('B4711'), record: account });
  await putItem('directory', { pk: customerKey('100234').pk, sk: `${ACCOUNT}B4711` });
  for (const contact of contacts) await putItem('directory', { ...contactKey(contact.ocn, contact.contactId), record: contact });
}
