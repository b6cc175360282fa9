import type { BillingAccount, Customer, LegalEntity } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';
import type { Invoice } from '../documents/invoice.ts';
import { layoutInvoice } from '../documents/layout/invoice-pages.ts';
import { type AccountChecks, checksOf } from '../invoice-checks/account-checks.ts';
import { checkDocument } from '../invoice-checks/check-document.ts';
import { knownOf } from '../invoice-checks/known.ts';
import { printedTexts } from '../invoice-checks/printed.ts';
import type { AccountFiles } from './account-files.ts';
import { draftsOf } from './held-drafts.ts';
import type { FirstInvoice } from './hold-first.ts';
import type { Run } from './run.ts';

/** What an account's bills are checked with. */
export interface CheckedAccount {
  readonly account: BillingAccount;
  readonly customer: Customer;
  readonly legalEntity: LegalEntity;
  readonly bills: readonly Bill[];
  /** What is issued of the period already. */
  readonly issued: readonly Bill[];
  /** The documents of the bills, one each. */
  readonly invoices: readonly Invoice[];
  readonly found: Pick<AccountFiles, 'usage' | 'numbers'>;
  readonly first: FirstInvoice;
}

/**
 * What a careful billing team would say about an account's bills. On a first invoice its review decides what follows, on later ones it is a warning.
 * Nothing is stopped by it here.
 */
export async function checkAccount({ period, issueDate }: Run, checked: CheckedAccount): Promise<AccountChecks | undefined> {
  const { account, customer, legalEntity, bills, issued, invoices, found } = checked;
  if (bills.length === 0) return undefined;
  const known = await knownOf(account, bills, issueDate);
  const first = await isFirst(checked, period);
  const leading = bills.find(({ customerBill }) => customerBill.category === 'normal');
  const together = countedTogether(bills, issued);
  const results = bills.flatMap((bill, i) => {
    const invoice = invoices[i];
    if (!invoice) return [];
    const printed = printedTexts(layoutInvoice(invoice));
    const others = together.filter((other) => other !== bill);
    const facts = { period, issueDate, first, bill, others, leading: bill === leading, invoice, printed, account, customer, legalEntity };
    return [checkDocument({ ...facts, ...known, ...found })];
  });
  return checksOf(results);
}

/** Where a credit note takes back what was issued, the new bill charges for the same again, and rightly. */
function countedTogether(bills: readonly Bill[], issued: readonly Bill[]): readonly Bill[] {
  const isCreditNote = ({ customerBill: { category } }: Bill): boolean => category === 'credit-note';
  return [...bills, ...issued].some(isCreditNote) ? bills : [...issued, ...bills];
}

/** What waits behind a first invoice charges for its own month only. */
async function isFirst({ first, account: { bcn } }: CheckedAccount, period: string): Promise<boolean> {
  if (!('draft' in first) && first.release === undefined) return false;
  return !(await draftsOf(bcn)).some((draft) => draft.period < period);
}
