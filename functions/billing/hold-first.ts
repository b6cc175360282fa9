import type { BillingAccount, LegalEntity } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';
import type { Invoice } from '../documents/invoice.ts';
import { documentKindOf } from '../documents/invoice-kind.ts';
import { draftFingerprint, type FoundDraft, inputHash, isCustomersInvoice, isIntraEu } from './draft.ts';
import { heldDraft, isApproved, type Release, wasInvoiced } from './held-drafts.ts';
import type { ReceivedBill, ReceivedInput } from './received.ts';

/** What is known of an account whose bills are good. */
export interface GoodBills {
  readonly account: BillingAccount;
  readonly legalEntity: LegalEntity;
  readonly period: string;
  readonly input: ReceivedInput;
  readonly read: readonly { readonly received: ReceivedBill; readonly bill: Bill }[];
  /** As they would be printed, whatever the issue date. */
  readonly invoices: readonly Invoice[];
}

/** Held with its draft, or free to be issued: as a later invoice, or because somebody answered for exactly this draft. */
export type FirstInvoice =
  | { readonly draft: FoundDraft }
  | { readonly release?: Release | undefined; readonly waited?: Release | undefined };

/**
 * An account without an issued invoice is held until somebody answers for its draft. What comes after its first invoice, or
 * was invoiced in an earlier system, is not; but what has a review of its own is issued by its own answer alone.
 */
export async function holdFirst({ account, legalEntity, period, input, read, invoices }: GoodBills): Promise<FirstInvoice> {
  if (account.invoicedBefore || !read.some(({ bill }) => isCustomersInvoice(documentKindOf(bill)))) return {};
  const known = await heldDraft(account.bcn, period);
  if (known?.state === 'issued') return {};
  const terms = account.paymentTerms;
  if (!known?.told && (await wasInvoiced(account.bcn))) return { waited: known && { version: known.version, terms } };
  const fingerprint = draftFingerprint(inputHash(input), invoices);
  if (isApproved(known, fingerprint)) return { release: { version: known.version, terms } };
  const bills = read.map(({ received: { billId, revision, bucket, key, sha256 } }) => ({ billId, revision, bucket, key, sha256 }));
  const intraEu = isIntraEu(
    read.map(({ bill }) => bill),
    account,
    legalEntity,
  );
  return { draft: { fingerprint, input: inputHash(input), bills, intraEu } };
}

/** What a parked account says about a draft that is with the customer: it stands no longer. */
export async function faultOfDraft(bcn: string, period: string, input: ReceivedInput, fault: string): Promise<FoundDraft | undefined> {
  const known = await heldDraft(bcn, period);
  if (!known || known.state === 'issued') return undefined;
  const hash = inputHash(input);
  return { fingerprint: draftFingerprint(hash, []), input: hash, bills: known.bills, intraEu: known.intraEu, fault };
}

/** The sentence for an account whose draft changed while its answer was on the way. */
export function draftVoid(bcn: string): string {
  return `The draft of ${bcn} changed after it was approved: the newest version needs an answer of its own`;
}
