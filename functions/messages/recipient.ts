import { domainToASCII } from 'node:url';
import { localDate } from '../calendars/dates.ts';
import { addressKey } from '../directory/address-key.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { getContact } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import type { Preference } from '../preferences/preference.ts';
import { preferenceOf } from '../preferences/preferences.ts';
import { suppressionOf } from '../preferences/suppression.ts';
import { isAllowed } from './allowlist.ts';
import { type Message, messageIdOf } from './message.ts';
import { getMessage } from './store.ts';

/** Who gets the message now: the contact as the directory knows it at this moment. */
export interface Recipient {
  readonly contact: Contact;
  readonly address: string;
  readonly preference: Preference;
}

/** Reads the recipient at the moment of sending, or says why nobody gets the message. */
export async function recipientOf(message: Message, allowlist: string, now: Date): Promise<Recipient | { readonly skip: string }> {
  const contact = await getContact(message.ocn, message.contactId);
  if (!contact) return { skip: 'the contact is no longer in the directory' };
  if (billingContactsOf([contact], message.bcn, localDate(now, contact.timeZone)).length === 0) {
    return { skip: 'the contact is no longer a billing contact of this account' };
  }
  const preference = await preferenceOf(message.ocn, message.contactId, message.bcn);
  if (preference.off.has(message.category)) return { skip: `the contact switched "${message.category}" off` };
  const suppression = await suppressionOf(contact.email);
  if (suppression) return { skip: `not delivered: the address is suppressed (${suppression.reason} on ${suppression.at.slice(0, 10)})` };
  if (!isAllowed(contact.email, allowlist)) return { skip: "not on this stage's allowlist" };
  if (await isServedByAnother(message, contact)) return { skip: 'another contact with the same mailbox gets it' };
  return { contact, address: deliverable(contact.email), preference };
}

/** The contact's address changed since, to one that has a message of the same business key. */
async function isServedByAnother(message: Message, { email }: Contact): Promise<boolean> {
  const address = addressKey(email);
  if (address === message.address) return false;
  return (await getMessage(messageIdOf({ ...message, address }))) !== undefined;
}

/** As SES takes it: an international domain in punycode, the local part as the contact wrote it. */
function deliverable(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}@${domainToASCII(email.slice(at + 1))}`;
}
