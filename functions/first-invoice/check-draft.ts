import type { InvoiceDrafted } from '../billing/events.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { contactsOf } from '../directory/read.ts';
import type { AccountChecks } from '../invoice-checks/account-checks.ts';

/**
 * What stands against a draft: billing compared it with everything that is known of the customer when it prepared it.
 * A draft that was told before billing did so is held by what nobody could answer without: a billing contact.
 */
export async function checkDraft({ ocn, bcn, calendar, checks }: InvoiceDrafted, now: Date): Promise<AccountChecks> {
  if (checks) return checks;
  const today = localDate(now, CALENDARS[calendar].timeZone);
  const contacts = billingContactsOf(await contactsOf(ocn), bcn, today);
  return { counts: { blocks: contacts.length === 0 ? 1 : 0, asks: 0, notes: 0 }, results: [] };
}
