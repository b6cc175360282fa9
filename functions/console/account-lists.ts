import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { contactsPage } from '../directory/find.ts';
import { documentPage } from '../documents/find.ts';
import { paymentsOfNumbers } from '../documents/payment-statuses.ts';
import { accountMessages, type Sender } from '../messages/message-lists.ts';
import { type Html, html } from '../pages/html.ts';
import { type ReaderReason, readerReasonsOf } from '../preferences/reader-reasons.ts';
import type { AccountFile } from './account-page.ts';
import type { ConsoleRequest } from './console-page.ts';
import { documentTable } from './document-table.ts';
import { paths } from './links.ts';
import { messageTable } from './message-table.ts';
import { type Column, moves, table } from './table.ts';
import { link } from './words.ts';

/** Contacts that are looked at for one account; hardly any customer has more. */
const PEOPLE = 100;

/** Every document of an account, the newest month first. */
export async function accountDocuments({ account: { bcn } }: AccountFile, { query: { after }, now }: ConsoleRequest): Promise<Html> {
  const { rows, next } = await documentPage(bcn, after);
  const payments = await paymentsOfNumbers(bcn, [...new Set(rows.flatMap(({ number }) => number ?? []))]);
  const list = documentTable(rows, { payments, nothing: 'The account has no documents.' }, now);
  return html`<h2>Documents of all months</h2>${list}${moves((cursor) => paths.account(bcn, { show: 'documents', after: cursor }), after, next)}`;
}

/** Every email about an account, the newest first. */
export async function accountMails({ account: { bcn } }: AccountFile, { query: { after } }: ConsoleRequest, sender: Sender): Promise<Html> {
  const { rows, next } = await accountMessages(bcn, sender, after);
  const [title, show] = sender === 'billing' ? ['Emails of billing', 'emails'] : ['Emails about planned works', 'works'];
  const list = messageTable(rows, 'No email is known.');
  return html`<h2>${title}</h2>${list}${moves((cursor) => paths.account(bcn, { show, after: cursor }), after, next)}`;
}

/** Each contact of the customer: whether the account's invoices reach it, and why. */
export async function accountPeople({ account: { bcn, ocn }, calendar }: AccountFile, { now }: ConsoleRequest): Promise<Html> {
  const { rows, next } = await contactsPage(ocn, undefined, PEOPLE);
  const reasons = await readerReasonsOf(rows, bcn, localDate(now, CALENDARS[calendar].timeZone));
  const columns: Column<ReaderReason>[] = [
    {
      head: 'Contact',
      cell: ({ contact }) => link(paths.customer(ocn, { show: 'contacts', contact: contact.contactId }), contact.contactId),
    },
    { head: 'Name', cell: ({ contact }) => contact.name },
    { head: 'Address', cell: ({ contact }) => contact.email },
    { head: 'Gets the invoices', cell: ({ gets }) => (gets ? 'yes' : 'no') },
    { head: 'Because', cell: ({ why }) => why },
  ];
  const readers = [...reasons].sort((a, b) => Number(b.gets) - Number(a.gets));
  const more =
    next === undefined
      ? html``
      : html`<p class="quiet">Only the first ${String(PEOPLE)} contacts of the customer were looked at: who is named by one of the others is missing.</p>`;
  return html`<h2>Who gets the invoices today</h2>${table('Contacts', columns, readers, 'The customer has no contact.')}${more}`;
}
