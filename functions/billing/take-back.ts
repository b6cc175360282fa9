import { GuardError, withdrawDocument } from '../documents/records.ts';
import type { AccountDocument, AccountRecord } from './account.ts';
import { type Chunk, stillThere } from './chunk.ts';
import { causeOfWork } from './hand-chunks.ts';
import { giveUpNumber } from './numbers.ts';
import type { Run } from './run.ts';

/** Work on a chunk that has moved on meanwhile is over: whoever moved it also did the work. */
export async function whileThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GuardError) return undefined;
    throw error;
  }
}

/** What this run made of the account before, and does not any more: numbers into the void register, documents withdrawn. */
export async function takeBack(run: Run, chunk: Chunk, before: AccountRecord | undefined, record: AccountRecord, now: Date): Promise<void> {
  if (!before) return;
  const guard = stillThere(run.runId, chunk);
  const word = { reason: record.reason ?? 'The bill is no longer there', cause: causeOfWork(run.runId, chunk) };
  const { period } = run;
  for (const { billId } of before.bills) {
    if (!record.bills.some((bill) => bill.billId === billId))
      await giveUpNumber({ bcn: record.bcn, period, billId }, run.runId, word, guard, now);
  }
  for (const document of before.documents) {
    if (document.fresh && !isKept(document, before, record))
      await withdrawDocument(document.documentId, run.runId, { ...word, at: now.toISOString() }, guard);
  }
}

/** Numbered documents are rendered later; they stay as long as their bill does. */
function isKept({ documentId, kind }: AccountDocument, before: AccountRecord, record: AccountRecord): boolean {
  if (record.state === 'parked') return false;
  const bill = before.bills.find((each) => each.documentId === documentId);
  if (bill) return record.bills.some(({ billId }) => billId === bill.billId);
  return kind === 'manifest' || record.documents.some((document) => document.documentId === documentId);
}
