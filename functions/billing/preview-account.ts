import { type BillDifference, billDifference } from '../documents/bill-difference.ts';
import { type DocumentDraft, documentIdOf, newVersions } from '../documents/records.ts';
import type { AccountBill, AccountDocument, AccountRecord } from './account.ts';
import { type AfterIssue, afterIssue } from './after-issue.ts';
import { reasonOf } from './corrections.ts';
import { PLACEHOLDER, prepareAccount, type Subject } from './prepare-account.ts';
import { readBill } from './read-bill.ts';
import { renderRecord } from './render-account.ts';
import type { Run } from './run.ts';

/**
 * What a rerun would do with a bill or an account. `new`: it is issued; `changed`: it is not published yet, or no invoice, and says
 * something else now; `held`: a first invoice that waits for an answer; `refused`: its figures changed after it was issued, which asks for a
 * correction; `broken`: it cannot be billed.
 */
export type RerunOutcome = 'new' | 'changed' | 'unchanged' | 'held' | 'refused' | 'broken';

export interface BillPreview {
  readonly billId: string;
  readonly outcome: RerunOutcome;
  /** The number that it has. */
  readonly number?: string | undefined;
  readonly reason?: string | undefined;
  readonly difference?: BillDifference | undefined;
}

/** An account as a rerun would leave it; nothing of it is kept. */
export interface TriedAccount {
  /** With the documents that it would have, fresh where their bytes are new. */
  readonly record: AccountRecord;
  readonly bills: readonly BillPreview[];
}

/**
 * Prepares and renders an account as a run would, and keeps nothing of it.
 * @param run the month's own, or the late batch that would be made
 * @param before the account as that run has it already
 * @param spool a folder for what is too large for memory
 */
export async function tryAccount(run: Run, subject: Subject, before: AccountRecord | undefined, spool: string): Promise<TriedAccount> {
  const { record, files } = await prepareAccount(run, subject, spool);
  const { account, customer, legalEntity } = subject;
  const numbered = withNumbers(record, before);
  const rendered = account && customer && legalEntity && (await renderRecord(run, numbered, { account, customer, legalEntity }));
  const drafts = [...files, ...(rendered?.files ?? [])].map(({ draft }) => draft);
  const fresh = new Set((await newVersions(drafts)).map(({ documentId }) => documentId));
  const documents = drafts.map((draft) => documentOf(draft, fresh));
  const tried = { ...(rendered?.record ?? record), documents };
  const bills = run.sequence > 1 ? await afterPublication(run, tried) : await beforePublication(tried, before);
  return { record: tried, bills };
}

/** Numbers that are bound already; a bill without one is laid out with a placeholder. */
function withNumbers(record: AccountRecord, before: AccountRecord | undefined): AccountRecord {
  const bound = new Map((before?.bills ?? []).map(({ billId, number }) => [billId, number]));
  const bills = record.bills.map((bill, index) => ({ ...bill, number: bound.get(bill.billId) ?? placeholder(index) }));
  return { ...record, bills };
}

function placeholder(index: number): string {
  return `${index}`.padStart(PLACEHOLDER.length, '0');
}

function documentOf(draft: DocumentDraft, fresh: ReadonlySet<string>): AccountDocument {
  const { kind, format, number, sha256, bytes } = draft;
  const documentId = documentIdOf(draft);
  return { documentId, version: 1, kind, format, number, key: '', sha256, bytes, fresh: fresh.has(documentId) };
}

async function afterPublication({ period }: Run, { bcn, state, reason }: AccountRecord): Promise<BillPreview[]> {
  return (await afterIssue(period, bcn)).map((each): BillPreview => {
    const { billId } = each;
    if (each.kind === 'late') return notIssued(billId, state, reason);
    const { number } = each.standing.facts;
    return { billId, number, ...judged(each) };
  });
}

function judged(each: Exclude<AfterIssue, { kind: 'late' }>): Pick<BillPreview, 'outcome' | 'reason' | 'difference'> {
  switch (each.kind) {
    case 'same':
      return { outcome: 'unchanged' };
    case 'changed':
      return { outcome: 'refused', reason: reasonOf(each), difference: each.difference };
    case 'broken':
      return { outcome: 'broken', reason: reasonOf(each) };
  }
}

function notIssued(billId: string, state: AccountRecord['state'], reason: string | undefined): BillPreview {
  if (state === 'parked') return { billId, outcome: 'broken', reason };
  return { billId, outcome: state === 'held' ? 'held' : 'new' };
}

async function beforePublication({ bcn, state, reason, bills, documents }: AccountRecord, before: AccountRecord | undefined) {
  if (state === 'parked') return [notIssued(bcn, state, reason)];
  if (state === 'held') return [notIssued(bcn, state, undefined)];
  const fresh = new Set(documents.flatMap((document) => (document.fresh ? [document.documentId] : [])));
  return Promise.all(
    bills.map(async (bill): Promise<BillPreview> => {
      const known = before?.bills.find(({ billId }) => billId === bill.billId);
      if (!known?.number) return notIssued(bill.billId, state, reason);
      const outcome = fresh.has(bill.documentId ?? '') ? 'changed' : 'unchanged';
      return { billId: bill.billId, outcome, number: known.number, difference: await differenceOf(known, bill) };
    }),
  );
}

async function differenceOf(known: AccountBill, bill: AccountBill): Promise<BillDifference | undefined> {
  if (known.sha256 === bill.sha256) return undefined;
  const [was, is] = await Promise.all([readBill(known), readBill(bill)]);
  return billDifference(was, is);
}
