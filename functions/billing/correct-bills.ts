import type { Bill } from '../documents/bill.ts';
import { type Invoice, issuedFacts } from '../documents/invoice.ts';
import { documentKindOf } from '../documents/invoice-kind.ts';
import type { IssuedFacts } from '../documents/issued-facts.ts';
import { PermanentError } from '../events/failure.ts';
import type { AccountBill, CorrectionPart } from './account.ts';
import { type AfterIssue, afterIssue } from './after-issue.ts';
import { reasonOf } from './corrections.ts';
import { readBill } from './read-bill.ts';
import type { ReceivedBill } from './received.ts';

/** A bill to be issued, with what it was read from. */
export interface ReadBill {
  readonly received: ReceivedBill;
  readonly bill: Bill;
  readonly correction?: CorrectionPart | undefined;
  /** What a credit note takes back, to the cent. */
  readonly takesBack?: IssuedFacts | undefined;
}

type Changed = Extract<AfterIssue, { kind: 'changed' }>;

/**
 * The issued bills of an account that changed since, as far as a credit note and a new document can correct them.
 * @throws PermanentError when there is none, or one cannot be corrected so, with the reason
 */
export async function correctable(period: string, bcn: string): Promise<Changed[]> {
  const found = await afterIssue(period, bcn);
  const broken = found.find((each) => each.kind === 'broken');
  if (broken?.kind === 'broken') throw new PermanentError(reasonOf(broken));
  const changed = found.filter((each) => each.kind === 'changed');
  if (changed.length === 0)
    throw new PermanentError(`bcn is "${bcn}": no bill of ${period} differs from what was issued of it; deliver the corrected bill first`);
  for (const { billId, standing, difference } of changed) {
    const { number, type } = standing.facts;
    if (type !== 'invoice')
      throw new PermanentError(`Bill ${billId} was issued as ${type} ${number}: an invoice is expected; deliver a bill that sets it right`);
    if (!difference)
      throw new PermanentError(`The file that ${number} was made from is no longer there: have the credit note delivered as a bill`);
  }
  return changed;
}

/** Of each changed bill of an account the credit note that takes the issued document back, and the document that replaces it. */
export async function correctedBills(period: string, bcn: string, reason: string): Promise<ReadBill[]> {
  const changed = await correctable(period, bcn);
  return (await Promise.all(changed.map((each) => pairOf(each, reason)))).flat();
}

async function pairOf({ billId, standing, received, bill }: Changed, reason: string): Promise<ReadBill[]> {
  const { number, issueDate } = standing.facts;
  const shared = { billId, round: standing.round + 1, corrects: { number, issueDate }, reason };
  const note: CorrectionPart = { ...shared, part: 'credit-note' };
  const replacement: CorrectionPart = { ...shared, part: 'replacement' };
  const { bucket, key, sha256, revision } = standing.bill;
  const issued = { ...received, bucket, key, sha256, revision, billId: partId(note) };
  return [
    { received: issued, bill: printedBill(await readBill(issued), note), correction: note, takesBack: standing.facts },
    { received: { ...received, billId: partId(replacement) }, bill: printedBill(bill, replacement), correction: replacement },
  ];
}

/** No carrier's bill has an id with `~`. */
function partId({ billId, round, part }: CorrectionPart): string {
  return `${billId}~${round}.${part}`;
}

/** A bill as it is printed: half of a correction names what it corrects and what changes. */
export function printedBill(bill: Bill, correction: CorrectionPart | undefined): Bill {
  if (!correction) return bill;
  const { corrects, reason, part } = correction;
  const header = { ...bill.customerBill, correctsInvoices: [corrects], correctsPeriod: undefined, correctionReason: reason };
  return { ...bill, customerBill: part === 'credit-note' ? { ...header, category: 'credit-note' } : header };
}

/** What a bill becomes in a run. */
export function accountBill({ received: { billId, revision, bucket, key, sha256 }, bill, correction }: ReadBill): AccountBill {
  return { billId, revision, bucket, key, sha256, kind: documentKindOf(bill), ...(correction && { correction }) };
}

/** A credit note takes back what was issued, neither more nor less: rounding or currency may have changed in the directory since. */
export function faultOfCreditNote({ takesBack }: ReadBill, invoice: Invoice): string | undefined {
  if (!takesBack) return undefined;
  const { net, gross, currency, vat } = issuedFacts(invoice);
  const [was, is] = [takesBack, { net, gross, currency, vat }].map((facts) =>
    JSON.stringify([facts.currency, facts.net, facts.gross, facts.vat]),
  );
  if (was === is) return undefined;
  return `The credit note for ${takesBack.number} would come to ${gross} ${currency}: ${takesBack.gross} ${takesBack.currency} as issued, with the same VAT, is expected`;
}
