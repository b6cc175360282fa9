import type { BillingAccount, Customer, LegalEntity } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';
import { checkBill } from '../documents/check-bill.ts';
import { buildInvoice, type Invoice } from '../documents/invoice.ts';
import { PermanentError } from '../events/failure.ts';
import type { AccountRecord } from './account.ts';
import { checkAccount } from './account-checks.ts';
import { accountFigures } from './account-figures.ts';
import { type AccountFile, accountFiles } from './account-files.ts';
import { servicesOn } from './bill-services.ts';
import { accountBill, correctedBills, faultOfCreditNote, type ReadBill } from './correct-bills.ts';
import { faultOfDraft, holdFirst } from './hold-first.ts';
import { ElsewhereError, numberedElsewhere } from './numbered-elsewhere.ts';
import { parkingReason, passes } from './parking.ts';
import { readBill } from './read-bill.ts';
import { fingerprintOf, inputOf, type ReceivedInput } from './received.ts';
import type { Run } from './run.ts';

/** As long as the longest number, so that what fits with it fits with any. */
export const PLACEHOLDER = '0000000000000000';

/** Everything about an account that its preparation needs, read for the whole chunk at once. */
export interface Subject {
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
  readonly chunk: number;
  readonly account: BillingAccount | undefined;
  readonly customer: Customer | undefined;
  readonly legalEntity: LegalEntity | undefined;
  /** Net by line class of the period before; undefined when nothing is known of it. */
  readonly before: Readonly<Record<string, string>> | undefined;
  /** When the carrier said last that the period is complete, with its control totals. */
  readonly completedAt: string | undefined;
}

export interface PreparedAccount {
  readonly record: AccountRecord;
  readonly files: readonly AccountFile[];
}

/**
 * Validates and lays out everything of one account.
 * @param spool a folder for what is too large for memory
 * @returns what became of it: an account with something wrong is parked with its reason
 * @throws only what passes by itself
 */
export async function prepareAccount(run: Run, subject: Subject, spool: string): Promise<PreparedAccount> {
  const input = await inputOf(run.period, subject.bcn);
  const read: ReadBill[] = [];
  try {
    return await prepared(run, subject, input, read, spool);
  } catch (error) {
    if (passes(error)) throw error;
    const reason = parkingReason(error);
    // Whoever issues the bill, or gives its number up for newer data, says what becomes of its draft.
    const isHeld = !subject.account?.invoicedBefore && !(error instanceof ElsewhereError);
    const draft = isHeld ? await faultOfDraft(subject.bcn, run.period, input, reason) : undefined;
    return { record: recordOf(run.period, subject, input, read, { state: 'parked', reason, bills: [], draft }), files: [] };
  }
}

async function prepared(run: Run, subject: Subject, input: ReceivedInput, read: ReadBill[], spool: string): Promise<PreparedAccount> {
  const { account, customer, legalEntity } = known(subject);
  const faults = await readOpenBills(run, subject.bcn, input, read);
  const { files, manifest, ...found } = await accountFiles(run, account, legalEntity, input.usage, spool);
  for (const { bill, received, takesBack } of read) {
    if (takesBack) continue;
    const problems = checkBill(bill, { account, legalEntity, period: run.period, usage: found.usage });
    faults.push(...problems.map(({ reason }) => `${received.billId}: ${reason}`));
  }
  if (faults.length > 0) throw new PermanentError(faults.join(' '));
  const bills = read.map(({ bill }) => bill);
  const services = await servicesOn(bills);
  const sides = { account, customer, legalEntity, services, number: PLACEHOLDER };
  const dated = bills.map((bill) => buildInvoice({ bill, ...sides, ...pageFacts(run, account) }));
  const untrue = read.flatMap((each, index) => faultOfCreditNote(each, dated[index] as Invoice) ?? []);
  if (untrue.length > 0) throw new PermanentError(untrue.join(' '));
  const undated = { ...pageFacts(run, account), issueDate: run.dueOn };
  const invoices = bills.map((bill) => buildInvoice({ bill, ...sides, ...undated }));
  const first = run.request?.correct ? {} : await holdFirst({ account, legalEntity, period: run.period, input, read, invoices });
  // Laying a document out is a check of its own: what has no place on its pages throws here.
  const checks = await checkAccount(run, { ...sides, bills, issued: await issuedBills(input, read), invoices: dated, found, first });
  // Nothing of a held account may be seen, so nothing of it is stored.
  if ('draft' in first)
    return { record: recordOf(run.period, subject, input, read, { state: 'held', bills: [], draft: first.draft, checks }), files: [] };
  const state = bills.length > 0 ? 'drafted' : 'without-bill';
  const outcome = { state, bills: read.map(accountBill), manifest, release: first.release, waited: first.waited, checks } as const;
  return { record: recordOf(run.period, subject, input, read, outcome), files };
}

/**
 * Reads what the run is to issue for an account: what no other run issues, or the two halves of a correction.
 * @returns what could not be read, in sentences
 */
async function readOpenBills(run: Run, bcn: string, input: ReceivedInput, read: ReadBill[]): Promise<string[]> {
  if (run.request?.correct) {
    read.push(...(await correctedBills(run.period, bcn, run.request.reason)));
    return [];
  }
  const elsewhere = await numberedElsewhere(run.runId, input.bills);
  const pending = elsewhere.find(({ issued }) => !issued);
  if (pending) throw new ElsewhereError(pending);
  const faults: string[] = [];
  for (const received of input.bills.filter(({ billId }) => !elsewhere.some((other) => other.billId === billId))) {
    try {
      read.push({ received, bill: await readBill(received) });
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      faults.push(error.message);
    }
  }
  return faults;
}

/** What the run and the account say on every document. */
export function pageFacts({ period, issueDate }: Run, { language }: BillingAccount) {
  return { period, issueDate, language };
}

/** Bills of the period that an earlier publication issued, as far as they can still be read: the checks count them in. */
async function issuedBills({ bills }: ReceivedInput, open: readonly ReadBill[]): Promise<Bill[]> {
  const issued = bills.filter(({ billId }) => !open.some(({ received, correction }) => (correction ?? received).billId === billId));
  const read: Bill[] = [];
  for (const received of issued) {
    try {
      read.push(await readBill(received));
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
    }
  }
  return read;
}

function known({ bcn, ocn, legalEntityId, account, customer, legalEntity }: Subject) {
  if (!account) throw new PermanentError(`bcn is "${bcn}": the directory has no such billing account`, 'bcn');
  if (!customer) throw new PermanentError(`ocn is "${ocn}": the directory has no such customer`, 'ocn');
  if (!legalEntity)
    throw new PermanentError(`legalEntityId is "${legalEntityId}": the directory has no such legal entity`, 'legalEntityId');
  return { account, customer, legalEntity };
}

function recordOf(
  period: string,
  { bcn, ocn, legalEntityId, chunk, account, before, completedAt }: Subject,
  input: ReceivedInput,
  read: readonly ReadBill[],
  outcome: Pick<AccountRecord, 'state' | 'reason' | 'bills' | 'manifest' | 'draft' | 'release' | 'waited' | 'checks'>,
): AccountRecord {
  const bills = read.map(({ bill }) => bill);
  const figures = accountFigures(bcn, account, bills, { state: outcome.state, before, period, received: input.bills, completedAt });
  return { bcn, ocn, legalEntityId, chunk, ...outcome, fingerprint: fingerprintOf(input), documents: [], figures };
}
