import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { contactsOf, getBillingAccounts, getCustomers, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Contact } from '../directory/records.ts';
import type { MailFacts, NewMessage } from '../messages/outbox.ts';
import { invoiceReadersOf } from '../preferences/hand-over.ts';
import { preferenceOf } from '../preferences/preferences.ts';
import { type AccountBill, type AccountRecord, isShown } from './account.ts';
import { documentsMails, invoiceMails, type Mailing } from './invoice-mail.ts';
import { issuedBefore } from './issued-before.ts';
import type { Run } from './run.ts';

/** An account's emails of one publication, and what they say. */
export interface AccountMailing {
  readonly record: AccountRecord;
  readonly mailing: Mailing;
  readonly names: Pick<MailFacts, 'customerName' | 'accountName' | 'legalEntityId' | 'sellerName' | 'period'>;
  /** What earlier publications of the period issued for the account. */
  readonly before: readonly AccountRecord[];
}

/** Who is to be written to about these accounts, and about what. */
export async function mailingsOf(
  run: Run,
  legalEntityId: string,
  records: readonly AccountRecord[],
  cause: string,
): Promise<AccountMailing[]> {
  const bcns = records.map(({ bcn }) => bcn);
  const accounts = new Map((await getBillingAccounts(bcns)).map((account) => [account.bcn, account]));
  const ocns = [...new Set(records.map(({ ocn }) => ocn))];
  const customers = new Map((await getCustomers(ocns)).map((customer) => [customer.ocn, customer]));
  const contacts = new Map(await Promise.all(ocns.map(async (ocn) => [ocn, await contactsOf(ocn)] as const)));
  const entity = await getLegalEntity(legalEntityId);
  const sellerName = entity?.name ?? legalEntityId;
  const keptMonths = entity?.retentionMonths?.invoice;
  const before = await issuedBefore(run, bcns);
  const onDate = localDate(new Date(run.publishedAt ?? run.publishFrom), CALENDARS[run.calendar].timeZone);
  return Promise.all(
    records.flatMap((record) => {
      const account = accounts.get(record.bcn);
      if (!account) return [];
      const ofCustomer = contacts.get(record.ocn) ?? [];
      const names = {
        customerName: customers.get(record.ocn)?.name ?? account.name,
        accountName: account.name,
        legalEntityId,
        sellerName,
        period: run.period,
      };
      return [accountMailing(run, record, account, ofCustomer, { names, onDate, cause, keptMonths, before: before.get(record.bcn) ?? [] })];
    }),
  );
}

async function accountMailing(
  run: Run,
  record: AccountRecord,
  account: BillingAccount,
  contacts: readonly Contact[],
  { names, onDate, cause, keptMonths, before }: Pick<AccountMailing, 'names' | 'before'> & Pick<Mailing, 'onDate' | 'cause' | 'keptMonths'>,
): Promise<AccountMailing> {
  const { bills, documents } = record;
  const readers = await invoiceReadersOf(contacts, account.bcn, onDate);
  const linksOnly = await thoseWhoWantLinks(account, readers);
  const mailing: Mailing = {
    account,
    contacts,
    onDate,
    readers,
    bills,
    documents,
    linksOnly,
    occasion: 'issue',
    publicationId: run.runId,
    cause,
    keptMonths,
  };
  return { record, mailing, names, before };
}

async function thoseWhoWantLinks(account: BillingAccount, readers: readonly Contact[]): Promise<ReadonlySet<string>> {
  if (!account.delivery.attach) return new Set();
  const preferences = await Promise.all(readers.map(({ ocn, contactId }) => preferenceOf(ocn, contactId, account.bcn)));
  return new Set(readers.filter((_, index) => preferences[index]?.format === 'links-only').map(({ contactId }) => contactId));
}

/**
 * What is published for the first time is mailed: invoices, or, without a bill, that call records and number lists are
 * there. A rerun also mails what else its request wants to be sent.
 */
export function mailsOf(run: Run, { record, mailing, names, before }: AccountMailing): NewMessage[] {
  if (!isShown(record)) return [];
  const { resend, eventId: occasion } = run.request ?? { resend: 'never', eventId: 'issue' };
  if (before.length === 0) return record.bills.length > 0 ? invoiceMails(mailing) : documentsMails(mailing, names);
  if (resend === 'always') return [...invoiceMails(mailing), ...mailsAgain({ ...mailing, occasion }, before, names)];
  if (resend === 'never' || record.bills.length > 0) return invoiceMails(mailing);
  return documentsMails({ ...mailing, occasion }, names);
}

/** What was corrected is over: neither it nor an earlier correction's half goes out again. */
function standingOf(bills: readonly AccountBill[]): AccountBill[] {
  const corrected = bills.flatMap(({ correction }) => correction?.corrects.number ?? []);
  const over = ({ number = '', correction }: AccountBill) =>
    corrected.includes(number) ||
    bills.some((bill) => correction && bill.correction?.billId === correction.billId && bill.correction.round > correction.round);
  return bills.filter((bill) => !over(bill));
}

/** Everything that stands for the account, as if for the first time. */
function mailsAgain(mailing: Mailing, before: readonly AccountRecord[], names: AccountMailing['names']): NewMessage[] {
  const bills = standingOf(before.flatMap((record) => record.bills));
  const all = [...before.flatMap((record) => record.documents), ...mailing.documents];
  const documents = [...new Map(all.map((document) => [document.documentId, { ...document, fresh: true }])).values()];
  return bills.length > 0 ? invoiceMails({ ...mailing, bills, documents }) : documentsMails({ ...mailing, documents }, names);
}
