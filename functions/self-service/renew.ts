import { enqueue } from '../messages/outbox.ts';
import type { Reader } from './reader.ts';

/**
 * Mails a contact a new link to its settings, to the address that the directory has and no other. Asked for twice within an hour it is one
 * email.
 */
export async function mailSettingsLink({ contact, customer }: Reader, now: Date): Promise<void> {
  const { ocn, contactId, email } = contact;
  const message = {
    kind: 'settings-link' as const,
    subject: `settings of ${ocn}/${contactId}`,
    occasion: now.toISOString().slice(0, 'yyyy-mm-ddThh'.length),
    group: 'settings links',
    ocn,
    bcn: contact.bcns?.[0] ?? '*',
    contactId,
    address: email,
    cause: `link asked for by contact ${contactId} on the page of an older one`,
    // The contact asked: the second of a day says the same, and is wanted.
    again: true,
    facts: { legalEntityId: customer.legalEntityId, customerName: customer.name },
  };
  await enqueue([message], now);
}
