import { domainToASCII } from 'node:url';
import { localDate } from '../calendars/dates.ts';
import { addressKey } from '../directory/address-key.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { contactsOf, getContact } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import { invoiceReadersOf } from '../preferences/hand-over.ts';
import type { Preference } from '../preferences/preference.ts';
import { preferenceOf } from '../preferences/preferences.ts';
import { suppressionOf } from '../preferences/suppression.ts';
import { isAllowed } from './allowlist.ts';
import { clearsDiary, isAboutWorks, type Message, messageIdOf } from './message.ts';
import { getMessage } from './store.ts';

/** Who reads an email: the contact as the directory knows it at this moment; of one who is gone, as it was known. */
export type Reader = Pick<Contact, 'contactId' | 'name' | 'email' | 'language' | 'timeZone'> & Partial<Pick<Contact, 'ocn' | 'activeTo'>>;

/** Who gets the message now. */
export interface Recipient {
  readonly contact: Reader;
  readonly address: string;
  readonly preference: Preference;
  /** The zone of the contact's clock. */
  readonly timeZone: string;
}

interface Skipped {
  readonly skip: string;
  /** Who reads the account's invoices now, and may not have the message yet. */
  readonly instead?: readonly Contact[];
}

const NO_BILLING_CONTACT = 'the contact is no longer a billing contact of this account';

/** Reads the recipient at the moment of sending, or says why nobody gets the message. */
export async function recipientOf(message: Message, allowlist: string, now: Date): Promise<Recipient | Skipped> {
  if (message.erased) return { skip: 'the contact was erased' };
  const preference = await preferenceOf(message.ocn, message.contactId, message.bcn);
  const contact = await readerOf(message, preference, now);
  if ('skip' in contact) return contact;
  if (preference.off.has(message.category) && !clearsDiary(message)) return { skip: `the contact switched "${message.category}" off` };
  const suppression = await suppressionOf(contact.email);
  if (suppression) {
    const skip = `not delivered: the address is suppressed (${suppression.reason} on ${suppression.at.slice(0, 10)})`;
    return followsReaders(message) ? { skip, instead: await readersNow(message, localDate(now, contact.timeZone)) } : { skip };
  }
  if (!isAllowed(contact.email, allowlist)) return { skip: "not on this stage's allowlist" };
  return { contact, address: deliverable(contact.email), preference, timeZone: preference.timeZone ?? contact.timeZone };
}

/** What goes to whoever reads the account's invoices, who may be somebody else by now. */
function followsReaders({ category }: Message): boolean {
  return category === 'invoices' || category === 'first-invoice-reviews';
}

async function readerOf(message: Message, preference: Preference, now: Date): Promise<Reader | Skipped> {
  const contact = await getContact(message.ocn, message.contactId);
  if (isAboutWorks(message)) return readerOfWorks(message, contact, now);
  if (!contact) return { skip: 'the contact is no longer in the directory' };
  if (message.kind === 'settings-link') return isGone(contact, now) ? { skip: `the contact was one until ${contact.activeTo}` } : contact;
  const onDate = localDate(now, contact.timeZone);
  const isBilling = billingContactsOf([contact], message.bcn, onDate).length > 0;
  const mayBeReplaced = followsReaders(message) && (!isBilling || preference.invoices !== 'here');
  const skipped = mayBeReplaced ? await replacedBy(message, onDate, isBilling) : isBilling ? undefined : { skip: NO_BILLING_CONTACT };
  if (skipped) return skipped;
  if (await isServedByAnother(message, contact)) return { skip: 'another contact with the same mailbox gets it' };
  return contact;
}

/**
 * Whoever was named gets the invoices without a billing role; who handed them over gets them only while nobody else can. Who is no reader any
 * more leaves the message to those who are: perhaps nothing was written to them, because they became readers since.
 */
async function replacedBy(message: Message, onDate: string, isBilling: boolean): Promise<Skipped | undefined> {
  const readers = await readersNow(message, onDate);
  if (readers.some(({ contactId }) => contactId === message.contactId)) return undefined;
  return { skip: isBilling ? 'the contact handed the invoices of this account over' : NO_BILLING_CONTACT, instead: readers };
}

async function readersNow({ ocn, bcn }: Message, onDate: string): Promise<Contact[]> {
  return invoiceReadersOf(await contactsOf(ocn), bcn, onDate);
}

/**
 * An invitation belongs to the address whose diary holds it. Who left, or has another address now, still gets the CANCEL there, and nothing
 * else; the new address gets an invitation of its own.
 */
function readerOfWorks(message: Extract<Message, { kind: `works${string}` }>, contact: Contact | undefined, now: Date): Reader | Skipped {
  const { reader } = message.facts;
  const known: Reader = { ...reader, contactId: message.contactId };
  const isSame = contact !== undefined && addressKey(contact.email) === message.address;
  if (clearsDiary(message) || message.kind === 'works-answer') return isSame ? contact : known;
  if (!isSame) return { skip: 'the contact has left, or reads another mailbox now' };
  return isGone(contact, now) ? { skip: `the contact was one until ${contact.activeTo}` } : contact;
}

function isGone({ activeTo, timeZone }: Contact, now: Date): boolean {
  return activeTo !== undefined && localDate(now, timeZone) > activeTo;
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
