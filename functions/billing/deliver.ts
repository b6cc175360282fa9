import { queueUrlOf } from '../aws/environment.ts';
import { expression } from '../aws/expression.ts';
import { count } from '../aws/log.ts';
import { sendEvent } from '../aws/queues.ts';
import { transact } from '../aws/tables.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { localDate } from '../calendars/dates.ts';
import { billingContactsOf } from '../directory/contact-scope.ts';
import { contactsOf, getBillingAccounts, getCustomers, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Contact } from '../directory/records.ts';
import { ownEvent } from '../events/cloud-event.ts';
import { enqueue, type MailFacts, type NewMessage } from '../messages/outbox.ts';
import { invoiceReadersOf } from '../preferences/hand-over.ts';
import { preferenceOf } from '../preferences/preferences.ts';
import { type AccountRecord, isShown } from './account.ts';
import { accountRecords, accountWrites, chunkKey, getChunk } from './chunk.ts';
import { settleCorrection } from './corrections.ts';
import type { ChunkWork } from './events.ts';
import { documentsMails, invoiceMails, type Mailing } from './invoice-mail.ts';
import { issuedBefore } from './issued-before.ts';
import { delivered, tallyOf } from './passes.ts';
import { isPublished, type Run } from './run.ts';
import { getRun } from './run-store.ts';
import { tellFirst } from './tell-first.ts';

/**
 * Hands the emails of a published chunk to the outbox; there the business key of each sees to it that it goes once.
 * A stopped run's chunk is left alone: when the run goes on, it is queued again.
 */
export async function deliverChunk({ runId, chunk: number }: ChunkWork, cause: string, now: Date): Promise<void> {
  const run = await getRun(runId);
  if (run.brake?.kind === 'stop' || !isPublished(run.stage)) return;
  const chunk = await getChunk(runId, number);
  if (!chunk.deliveredAt) {
    const bcns = chunk.accounts.map(({ bcn }) => bcn);
    const records = [...(await accountRecords(runId, bcns)).values()];
    await tellFirst(run, records, now);
    const mailings = await mailingsOf(run, chunk.legalEntityId, records, cause);
    const mails = new Map(mailings.map((each) => [each.record.bcn, mailsOf(run, each)]));
    await enqueue([...mails.values()].flat(), now);
    const after = mailings.map((each) => ({ ...each.record, delivery: outcomeOf(each, mails.get(each.record.bcn) ?? []) }));
    await transact([
      {
        table: 'billing',
        update: chunkKey(runId, number),
        change: expression`SET #deliveredAt = ${now.toISOString()}`,
        when: expression`attribute_not_exists(#deliveredAt)`,
      },
      delivered(runId),
      ...after.flatMap((record) => accountWrites(runId, record, record)),
    ]);
    if (run.sequence > 1) await settleCorrections(run, after);
    const unreachable = after.filter(({ delivery }) => delivery.skipped === NO_CONTACT).length;
    if (unreachable > 0) count('NoReachableContact', unreachable);
  }
  const { chunks, delivered: done } = await tallyOf(runId);
  if (done < chunks) return;
  await sendEvent(queueUrlOf('billing'), { event: ownEvent('billing.run.settle', `${runId}/delivered`, { runId, cause }, now) });
}

const NO_CONTACT = 'no reachable billing contact';

interface AccountMailing {
  readonly record: AccountRecord;
  readonly mailing: Mailing;
  readonly names: Pick<MailFacts, 'customerName' | 'accountName' | 'legalEntityId' | 'sellerName' | 'period'>;
  /** What earlier publications of the period issued for the account. */
  readonly before: readonly AccountRecord[];
}

async function mailingsOf(run: Run, legalEntityId: string, records: readonly AccountRecord[], cause: string): Promise<AccountMailing[]> {
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

async function settleCorrections({ period, calendar }: Run, records: readonly AccountRecord[]): Promise<void> {
  for (const { bcn, bills } of records) for (const { billId } of bills) await settleCorrection(period, calendar, bcn, billId);
}

/**
 * What is published for the first time is mailed: invoices, or, without a bill, that call records and number lists are
 * there. A rerun also mails what else its request wants to be sent.
 */
function mailsOf(run: Run, { record, mailing, names, before }: AccountMailing): NewMessage[] {
  if (!isShown(record)) return [];
  const { resend, eventId: occasion } = run.request ?? { resend: 'never', eventId: 'issue' };
  if (before.length === 0) return record.bills.length > 0 ? invoiceMails(mailing) : documentsMails(mailing, names);
  if (resend === 'always') return [...invoiceMails(mailing), ...mailsAgain({ ...mailing, occasion }, before, names)];
  if (resend === 'never' || record.bills.length > 0) return invoiceMails(mailing);
  return documentsMails({ ...mailing, occasion }, names);
}

/** Everything that stands for the account, as if for the first time. */
function mailsAgain(mailing: Mailing, before: readonly AccountRecord[], names: AccountMailing['names']): NewMessage[] {
  const bills = before.flatMap((record) => record.bills);
  const all = [...before.flatMap((record) => record.documents), ...mailing.documents];
  const documents = [...new Map(all.map((document) => [document.documentId, { ...document, fresh: true }])).values()];
  return bills.length > 0 ? invoiceMails({ ...mailing, bills, documents }) : documentsMails({ ...mailing, documents }, names);
}

function outcomeOf({ record, mailing }: AccountMailing, mails: readonly NewMessage[]): { messages: number; skipped?: string } {
  if (mails.length > 0) return { messages: mails.length };
  if (!isShown(record)) return { messages: 0, skipped: record.state };
  if (billingContactsOf(mailing.contacts, record.bcn, mailing.onDate).length === 0) return { messages: 0, skipped: NO_CONTACT };
  return { messages: 0, skipped: 'nothing to write about: the account has no new document' };
}
