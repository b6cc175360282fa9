import { cursorText, type Listed, ROWS, readCursor } from '../aws/page-cursor.ts';
import { getItems, queryPage } from '../aws/tables.ts';
import { addressKey } from './address-key.ts';
import { ACCOUNT, CONTACT, customerKey, mailboxKey, type Stored } from './keys.ts';
import { getBillingAccounts } from './read.ts';
import type { BillingAccount, Contact } from './records.ts';

/** The contacts who have an email address now, however it is spelt, fifty at most. Asks an index: who came a moment ago may be missing. */
export async function contactsAt(email: string): Promise<Contact[]> {
  const { items } = await queryPage<{ pk: string; sk: string }>('directory', {
    pk: mailboxKey(email),
    index: 'byMailbox',
    pageSize: ROWS,
  });
  const found = await getItems<Partial<Stored<Contact>>>('directory', items);
  const address = addressKey(email.trim());
  return found.flatMap(({ record }) => (record && addressKey(record.email) === address ? [record] : []));
}

/** A page of a customer's accounts, closed ones too, by BCN. */
export async function accountsPage(ocn: string, after: string | undefined): Promise<Listed<BillingAccount>> {
  const { pk } = customerKey(ocn);
  const page = await queryPage<{ sk: string }>('directory', { pk, beginsWith: ACCOUNT, pageSize: ROWS }, readCursor(after, pk));
  const accounts = await getBillingAccounts(page.items.map(({ sk }) => sk.slice(ACCOUNT.length)));
  // A pointer stays behind when an account goes to another customer.
  const rows = accounts.filter((account) => account.ocn === ocn).sort((a, b) => (a.bcn < b.bcn ? -1 : 1));
  return { rows, next: cursorText(page.cursor) };
}

/** A page of a customer's contacts, those who left too, by contact id. */
export async function contactsPage(ocn: string, after: string | undefined, pageSize: number = ROWS): Promise<Listed<Contact>> {
  const { pk } = customerKey(ocn);
  const page = await queryPage<Partial<Stored<Contact>>>('directory', { pk, beginsWith: CONTACT, pageSize }, readCursor(after, pk));
  return { rows: page.items.flatMap(({ record }) => (record ? [record] : [])), next: cursorText(page.cursor) };
}
