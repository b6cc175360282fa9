import type { IssuedFacts } from '../documents/issued-facts.ts';
import { publishedInstants } from '../documents/publications.ts';
import type { AccountBill } from './account.ts';
import { accountRecords } from './chunk.ts';
import { numbersOfAccount } from './numbers.ts';

/** An issued document that nothing has corrected: it is what the customer owes, or is owed, for a bill. */
export interface StandingBill {
  /** The carrier's own id of the bill, also where the document replaced another one. */
  readonly billId: string;
  readonly bill: AccountBill;
  /** Its figures as they were issued. */
  readonly facts: IssuedFacts;
  readonly runId: string;
  /** How often it was corrected before. */
  readonly round: number;
}

/**
 * What is issued and stands for an account and period, by the carrier's bill id: the document itself, or the last one that replaced it.
 * Found by the bound numbers, so that an account which moved to another calendar keeps what was issued before.
 */
export async function standingBills(period: string, bcn: string): Promise<Map<string, StandingBill>> {
  const runIds = new Set((await numbersOfAccount(bcn, period)).map(({ runId }) => runId));
  const standing = new Map<string, StandingBill>();
  for (const runId of (await publishedInstants(runIds)).keys()) {
    const bills = (await accountRecords(runId, [bcn])).get(bcn)?.bills ?? [];
    for (const bill of bills) {
      const { correction, facts } = bill;
      const { billId, round, part } = correction ?? { billId: bill.billId, round: 0, part: 'replacement' };
      if (!facts || part === 'credit-note' || (standing.get(billId)?.round ?? -1) >= round) continue;
      standing.set(billId, { billId, bill, facts, runId, round });
    }
  }
  return standing;
}
