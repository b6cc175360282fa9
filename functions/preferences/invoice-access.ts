import { localDate } from '../calendars/dates.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { contactsOf } from '../directory/read.ts';
import type { Contact } from '../directory/records.ts';
import { invoiceReadersOf } from './hand-over.ts';

/**
 * True for a contact who may see an account's invoices now: one of its billing contacts, also who handed them over, or whoever was named for
 * them. Who left, or looks after other accounts now, may not any more.
 */
export async function maySeeInvoices(contact: Contact, bcn: string, now: Date): Promise<boolean> {
  const onDate = localDate(now, contact.timeZone);
  if (billingContactsOf([contact], bcn, onDate).length > 0) return true;
  const readers = await invoiceReadersOf(await contactsOf(contact.ocn), bcn, onDate);
  return readers.some(({ contactId }) => contactId === contact.contactId);
}
