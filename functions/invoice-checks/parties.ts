import { addDays } from '../calendars/dates.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { addressLines } from '../documents/postal-address.ts';
import type { Check, Difference } from './check.ts';
import { VAT_IDS } from './vat-ids.ts';

/** A VAT ID that was checked longer ago than this is checked again. */
const CHECK_LASTS_DAYS = 365;

export const belongTogether: Check = {
  name: 'belong-together',
  sentence: 'Customer, billing account and legal entity belong together',
  severity: 'blocks',
  compare: ({ account, customer, legalEntity, invoice }) => [
    ...unequal(`customer of billing account ${account.bcn}`, account.ocn, customer.ocn),
    ...unequal(`legal entity of customer ${customer.ocn}`, customer.legalEntityId, legalEntity.legalEntityId),
    ...unequal('billing account on the document', invoice.bcn, account.bcn),
    ...unequal('customer on the document', invoice.ocn, customer.ocn),
    ...unequal('legal entity on the document', invoice.legalEntityId, legalEntity.legalEntityId),
  ],
};

export const vatIdForm: Check = {
  name: 'vat-id-form',
  sentence: "The customer's VAT ID has the form of its country",
  severity: 'asks',
  compare: ({ account: { vatId, address } }) => {
    const form = VAT_IDS[address.country];
    if (vatId === undefined || !form) return undefined;
    if (form.pattern.test(vatId.replaceAll(/[\s.-]/g, ''))) return [];
    return [{ what: `VAT ID of a customer in ${address.country}`, found: vatId, expected: form.words }];
  },
};

export const vatIdChecked: Check = {
  name: 'vat-id-checked',
  sentence: "The customer's VAT ID was checked within a year",
  severity: 'asks',
  compare: ({ account: { vatId, vatIdCheckedOn }, issueDate }) => {
    if (vatId === undefined) return undefined;
    const since = addDays(issueDate, -CHECK_LASTS_DAYS);
    if (vatIdCheckedOn !== undefined && vatIdCheckedOn >= since) return [];
    return [{ what: `check of VAT ID ${vatId}`, found: vatIdCheckedOn ?? 'never', expected: `${since} or later` }];
  },
};

export const nameAndAddress: Check = {
  name: 'name-and-address',
  sentence: 'The document is made out to the name and address of the contract, and the address is complete',
  severity: 'blocks',
  compare: ({ invoice: { recipient, language }, account, legalEntity }) => {
    const { name, address } = account;
    const lines = addressLines(address, legalEntity.address.country, language);
    const missing = (['street', 'city'] as const).filter((part) => address[part].trim() === '');
    return [
      ...unequal('name', recipient.name, name),
      ...unequal('address', recipient.address.join(', '), lines.join(', ')),
      ...missing.map((part) => ({ what: `${part} of billing account ${account.bcn}`, found: 'nothing', expected: `the ${part}` })),
    ];
  },
};

export const countries: Check = {
  name: 'countries',
  sentence: "The billing address lies in the customer's country",
  severity: 'notes',
  compare: ({ account, customer }) => unequal(`country of billing account ${account.bcn}`, account.address.country, customer.country),
};

export const reachableContact: Check = {
  name: 'billing-contact',
  sentence: 'A billing contact of the account can be reached',
  severity: 'blocks',
  compare: ({ contacts, account: { bcn }, issueDate }) => {
    const own = contacts.filter(({ contact }) => billingContactsOf([contact], bcn, issueDate).length > 0);
    if (own.some(({ reachable }) => reachable)) return [];
    const found = own.length === 0 ? 'none' : `${own.map(({ contact }) => contact.contactId).join(', ')}: mail to every one came back`;
    return [{ what: `billing contacts of ${bcn} on ${issueDate}`, found, expected: 'at least one whose mail arrives' }];
  },
};

/** A difference when two values are not the same. */
export function unequal(what: string, found: string, expected: string): Difference[] {
  return found === expected ? [] : [{ what, found, expected }];
}
