import { getBillingAccount, getCustomer, getLegalEntity } from '../directory/read.ts';
import type { Bill } from '../documents/bill.ts';
import { type BillDifference, billDifference } from '../documents/bill-difference.ts';
import { checkBill } from '../documents/check-bill.ts';
import { PermanentError } from '../events/failure.ts';
import { readBill } from './read-bill.ts';
import { inputOf, type ReceivedBill } from './received.ts';
import { type StandingBill, standingBills } from './standing-bills.ts';

/**
 * What a bill that was delivered means beside what is issued of it: nothing new (`same`, also where only the file differs), not issued
 * yet (`late`), other figures than the issued ones (`changed`), or other figures that cannot be billed (`broken`).
 */
export type AfterIssue = { readonly billId: string; readonly received: ReceivedBill } & (
  | { readonly kind: 'late' }
  | { readonly kind: 'same'; readonly standing: StandingBill }
  | {
      readonly kind: 'changed';
      readonly standing: StandingBill;
      readonly bill: Bill;
      /** Missing where the issued file is no longer there to compare with. */
      readonly difference?: BillDifference | undefined;
    }
  | { readonly kind: 'broken'; readonly standing: StandingBill; readonly reason: string }
);

/** Usage is compared with the calls where they are read: when the correction is prepared. */
const CHECKED_LATER = 'usage';

/** Compares everything that was delivered for an account and a period with what is issued and stands. Reads, and changes nothing. */
export async function afterIssue(period: string, bcn: string): Promise<AfterIssue[]> {
  const [{ bills }, standing] = await Promise.all([inputOf(period, bcn), standingBills(period, bcn)]);
  return Promise.all(
    bills.map(async (received): Promise<AfterIssue> => {
      const { billId, sha256 } = received;
      const issued = standing.get(billId);
      if (!issued) return { kind: 'late', billId, received };
      if (issued.bill.sha256 === sha256) return { kind: 'same', billId, received, standing: issued };
      return compared(period, received, issued);
    }),
  );
}

async function compared(period: string, received: ReceivedBill, standing: StandingBill): Promise<AfterIssue> {
  const { billId } = received;
  try {
    const bill = await readBill(received);
    const before = await issuedBill(standing);
    const difference = before && billDifference(before, bill);
    if (before && !difference) return { kind: 'same', billId, received, standing };
    const faults = await faultsOf(period, received.bcn, bill);
    if (faults.length > 0) return { kind: 'broken', billId, received, standing, reason: faults.join(' ') };
    return { kind: 'changed', billId, received, standing, bill, difference };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { kind: 'broken', billId, received, standing, reason: error.message };
  }
}

/** The bill as it was issued; undefined when its file was overwritten or is gone. */
async function issuedBill({ bill }: StandingBill): Promise<Bill | undefined> {
  try {
    return await readBill(bill);
  } catch (error) {
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}

async function faultsOf(period: string, bcn: string, bill: Bill): Promise<string[]> {
  const account = await getBillingAccount(bcn);
  const customer = account && (await getCustomer(account.ocn));
  const legalEntity = customer && (await getLegalEntity(customer.legalEntityId));
  if (!account || !legalEntity) return [`bcn is "${bcn}": the directory has no such billing account, customer or legal entity`];
  return checkBill(bill, { account, legalEntity, period })
    .filter(({ rule }) => rule !== CHECKED_LATER)
    .map(({ reason }) => reason);
}
