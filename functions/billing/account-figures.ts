import type { BillingAccount } from '../directory/records.ts';
import { type Bill, moneyOf } from '../documents/bill.ts';
import { negate, toDecimal } from '../money/money.ts';
import type { KeptState } from './account.ts';
import { type AccountFigures, total, type VatSum } from './control-figures.ts';
import type { ReceivedBill } from './received.ts';

/** What else the figures of an account depend on. */
interface Circumstances {
  readonly state: KeptState;
  readonly before: Readonly<Record<string, string>> | undefined;
  readonly period: string;
  readonly received: readonly Pick<ReceivedBill, 'receivedAt'>[];
  /** When the export's control totals came. */
  readonly completedAt: string | undefined;
}

/** What an account's bills contribute to the control report of a period. */
export function accountFigures(
  bcn: string,
  account: BillingAccount | undefined,
  bills: readonly Bill[],
  circumstances: Circumstances,
): AccountFigures {
  const { state, before, period, received, completedAt = '' } = circumstances;
  const currency = account?.currency ?? bills[0]?.customerBill.taxExcludedAmount.unit ?? 'EUR';
  const billed = state === 'drafted';
  const own = bills.filter(({ customerBill }) => customerBill.taxExcludedAmount.unit === currency);
  return {
    bcn,
    currency,
    active:
      account !== undefined &&
      account.activeFrom < `${period}-32` &&
      (account.closedOn === undefined || account.closedOn >= `${period}-01`),
    billed,
    parked: state === 'parked',
    held: state === 'held',
    net: billed ? netByClass(own, currency) : {},
    // What is held counts in no net, so nothing is held against it.
    before: state === 'held' ? undefined : before,
    vat: billed ? own.flatMap(vatOf) : [],
    delivered: {
      net: total(
        own.map(({ customerBill }) => customerBill.taxExcludedAmount.value),
        currency,
      ),
      gross: total(
        own.map(({ customerBill }) => customerBill.taxIncludedAmount.value),
        currency,
      ),
    },
    bills: received.length,
    doubtful: state === 'parked' || received.length !== own.length || received.some(({ receivedAt }) => receivedAt > completedAt),
  };
}

/** Net by type of line; what the carrier owes the customer counts against it. */
export function netByClass(bills: readonly Bill[], currency: string): Record<string, string> {
  const amounts = bills.flatMap((bill) => {
    return bill.appliedCustomerBillingRate.map(
      ({ type, taxExcludedAmount }) => [type, signed(bill, taxExcludedAmount.value, currency)] as const,
    );
  });
  const byClass = Map.groupBy(amounts, ([lineClass]) => lineClass);
  return Object.fromEntries(
    [...byClass].map(([lineClass, of]) => [
      lineClass,
      total(
        of.map(([, amount]) => amount),
        currency,
      ),
    ]),
  );
}

function vatOf(bill: Bill): VatSum[] {
  const { taxItem, taxExcludedAmount } = bill.customerBill;
  const currency = taxExcludedAmount.unit;
  return taxItem.map(({ taxCategory, taxRate, taxAmount }) => {
    const lines = bill.appliedCustomerBillingRate.filter(
      ({ appliedTax: [tax] }) => tax?.taxCategory === taxCategory && tax.taxRate === taxRate,
    );
    const base = total(
      lines.map(({ taxExcludedAmount: { value } }) => value),
      currency,
    );
    return { category: taxCategory, rate: taxRate, base: signed(bill, base, currency), amount: signed(bill, taxAmount.value, currency) };
  });
}

function signed({ customerBill: { category } }: Bill, value: string, currency: string): string {
  const amount = moneyOf({ unit: currency, value });
  return toDecimal(category === 'normal' ? amount : negate(amount));
}
