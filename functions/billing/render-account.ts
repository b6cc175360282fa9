import { createHash } from 'node:crypto';
import { getBillingAccounts, getCustomers, getLegalEntity } from '../directory/read.ts';
import type { BillingAccount, Customer, LegalEntity } from '../directory/records.ts';
import { buildInvoice, type Invoice } from '../documents/invoice.ts';
import { issuedFacts } from '../documents/issued-facts.ts';
import { renderInvoice } from '../documents/pdf.ts';
import { documentIdOf } from '../documents/records.ts';
import { PermanentError } from '../events/failure.ts';
import type { MailFacts } from '../messages/outbox.ts';
import { type AccountBill, type AccountRecord, isShown } from './account.ts';
import type { AccountFile } from './account-files.ts';
import { servicesOn } from './bill-services.ts';
import type { Chunk } from './chunk.ts';
import { printedBill } from './correct-bills.ts';
import { parked, parkingReason, passes } from './parking.ts';
import { noteChanges } from './passes.ts';
import { pageFacts } from './prepare-account.ts';
import { ChangedFileError, readBill } from './read-bill.ts';
import type { Run } from './run.ts';
import { takeBack } from './take-back.ts';

export interface RenderedAccount {
  readonly record: AccountRecord;
  readonly files: readonly AccountFile[];
}

interface Sides {
  readonly account: BillingAccount;
  readonly customer: Customer;
  readonly legalEntity: LegalEntity;
}

/** Renders what a chunk's accounts need rendered; those that stand as they are come back unchanged or are left out. */
export async function renderAccounts(run: Run, chunk: Chunk, records: readonly AccountRecord[], now: Date): Promise<RenderedAccount[]> {
  const open = records.filter((record) => isShown(record) && !isRendered(run, record));
  if (open.length === 0) return [];
  const [legalEntity, accounts, customers] = await Promise.all([
    getLegalEntity(chunk.legalEntityId),
    getBillingAccounts(open.map(({ bcn }) => bcn)),
    getCustomers([...new Set(open.map(({ ocn }) => ocn))]),
  ]);
  const rendered: RenderedAccount[] = [];
  for (const record of open) {
    const account = accounts.find(({ bcn }) => bcn === record.bcn);
    const customer = customers.find(({ ocn }) => ocn === record.ocn);
    const sides = account && customer && legalEntity ? { account, customer, legalEntity } : undefined;
    rendered.push(...(await renderAccount(run, chunk, record, sides, now)));
  }
  return rendered;
}

/** It is, when every bill has its document with this number and issue date, and the manifest tells so. */
function isRendered(run: Run, { bills, documents }: AccountRecord): boolean {
  const bill = ({ facts, number }: AccountBill) => facts !== undefined && facts.number === number && facts.issueDate === run.issueDate;
  return documents.some(({ kind }) => kind === 'manifest') && bills.every(bill);
}

async function renderAccount(
  run: Run,
  chunk: Chunk,
  record: AccountRecord,
  sides: Sides | undefined,
  now: Date,
): Promise<RenderedAccount[]> {
  try {
    if (!sides) throw new PermanentError(`bcn is "${record.bcn}": the directory lost its account, customer or legal entity`, 'bcn');
    return [await renderRecord(run, record, sides)];
  } catch (error) {
    if (passes(error)) throw error;
    if (error instanceof ChangedFileError) {
      // The run may not publish before this account was prepared from the newer file.
      await noteChanges(run.runId, [record.bcn], `render ${chunk.pass}`, true);
      return [];
    }
    const after = parked(record, parkingReason(error));
    await takeBack(run, chunk, record, after, now);
    return [{ record: after, files: [] }];
  }
}

/** The numbered documents of an account, as they will be stored. */
export async function renderRecord(run: Run, record: AccountRecord, sides: Sides): Promise<RenderedAccount> {
  const files: AccountFile[] = [];
  const bills: AccountBill[] = [];
  for (const bill of record.bills) {
    const invoice = await invoiceOf(run, bill, sides);
    const body = await renderInvoice(invoice);
    const sha256 = createHash('sha256').update(body).digest('hex');
    const { kind, number } = invoice;
    const { ocn, bcn } = record;
    const draft = {
      ocn,
      bcn,
      period: run.period,
      kind,
      number,
      format: 'pdf',
      sha256,
      bytes: body.length,
      publicationId: run.runId,
    } as const;
    const facts = issuedFacts(invoice);
    files.push({ draft: { ...draft, facts: { ...facts } }, open: () => body, spooled: 0 });
    bills.push({ ...bill, kind, documentId: documentIdOf(draft), facts, mail: mailFacts(invoice, sides) });
  }
  return { record: { ...record, bills }, files };
}

async function invoiceOf(run: Run, bill: AccountBill, sides: Sides): Promise<Invoice> {
  const read = printedBill(await readBill(bill), bill.correction);
  if (!bill.number) throw new Error(`Bill ${bill.billId} of ${sides.account.bcn} reached rendering without a number`);
  return buildInvoice({ bill: read, ...sides, services: await servicesOn([read]), ...pageFacts(run, sides.account), number: bill.number });
}

/** What the email says is what the paper says. */
function mailFacts(invoice: Invoice, { account, customer, legalEntity }: Sides): MailFacts {
  const { type, number, period, gross, payable, currency, issueDate, dueDate } = issuedFacts(invoice);
  const { payment } = invoice;
  return {
    documentKind: type,
    number,
    customerName: customer.name,
    accountName: account.name,
    legalEntityId: legalEntity.legalEntityId,
    sellerName: legalEntity.name,
    period,
    gross,
    payable,
    currency,
    issueDate,
    // Where nothing is paid, nothing is due.
    dueDate: payment.method === 'nothing' ? undefined : dueDate,
    collection: payment.method === 'direct-debit' ? { on: payment.on, mandate: payment.mandate.reference } : undefined,
    nothingToPay: payment.method === 'nothing',
  };
}
