import { type Bill, moneyOf } from './bill.ts';
import type { InvoiceKind } from './portal-key.ts';

/**
 * What a bill becomes. Credits above charges make a credit note; a bill of nothing is an invoice all the same
 * (issued, published, mailed, "nothing to pay").
 */
export function documentKindOf(bill: Bill): InvoiceKind {
  switch (bill.customerBill.category) {
    case 'credit-note':
      return 'credit-note';
    case 'self-billed':
      return 'self-billed-invoice';
    case 'outpayment':
      return 'outpayment-statement';
    case 'normal':
      return owesTheCustomer(bill) ? 'credit-note' : 'invoice';
  }
}

/**
 * The number series that a document takes its number from: per legal entity, type and year of the issue date; self-billed
 * invoices belong to the supplier's numbering, so each supplier has a series of its own.
 */
export function seriesOf(kind: InvoiceKind, legalEntityId: string, ocn: string, issueDate: string): string {
  const supplier = kind === 'self-billed-invoice' ? `${ocn}-` : '';
  return `${legalEntityId}/${kind}-${supplier}${issueDate.slice(0, 4)}`;
}

/**
 * The bill with every amount's sign turned: a bill whose credits exceed its charges is printed as a credit note with
 * positive amounts (a charge on it is negative there). Quantities turn, prices stay.
 */
export function mirrored(bill: Bill): Bill {
  const { customerBill: header, appliedCustomerBillingRate: lines } = bill;
  return {
    customerBill: {
      ...header,
      taxExcludedAmount: turned(header.taxExcludedAmount),
      taxIncludedAmount: turned(header.taxIncludedAmount),
      taxItem: header.taxItem.map((item) => ({ ...item, taxAmount: turned(item.taxAmount) })),
    },
    appliedCustomerBillingRate: lines.map((line) => ({
      ...line,
      taxExcludedAmount: turned(line.taxExcludedAmount),
      ...(line.unitPrice !== undefined && { quantity: turnedText(line.quantity ?? '1') }),
    })),
  };
}

/** True for a normal bill that has to be printed as a credit note. */
export function owesTheCustomer({ customerBill: { category, taxExcludedAmount, taxIncludedAmount } }: Bill): boolean {
  const net = moneyOf(taxExcludedAmount).minor;
  return category === 'normal' && (net < 0n || (net === 0n && moneyOf(taxIncludedAmount).minor < 0n));
}

function turned(amount: { unit: string; value: string }): { unit: string; value: string } {
  return { unit: amount.unit, value: moneyOf(amount).minor === 0n ? amount.value.replace('-', '') : turnedText(amount.value) };
}

function turnedText(decimal: string): string {
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}
