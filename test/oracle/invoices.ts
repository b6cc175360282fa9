import { type Account, accountsOf, type Bill, billsOf, type Carrier, entityOf, type LegalEntity } from './carrier.ts';
import { amountText, exact, minorOf, rounded, taxOn } from './decimal.ts';
import { dueDateOf } from './month.ts';
import { usageOf } from './usage.ts';

/** What an issued document must say, as decimal strings. */
export interface Expected {
  readonly type: 'invoice' | 'credit-note' | 'self-billed-invoice' | 'outpayment-statement';
  readonly billId: string;
  readonly bcn: string;
  readonly ocn: string;
  readonly legalEntityId: string;
  readonly period: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly currency: string;
  readonly net: string;
  readonly vat: readonly { readonly category: string; readonly rate: string; readonly base: string; readonly amount: string }[];
  readonly gross: string;
}

export interface Judgement {
  readonly issued: readonly Expected[];
  /** Accounts whose bills must not be printed, with what is wrong. */
  readonly parked: ReadonlyMap<string, readonly string[]>;
  /** What the first invoices of new accounts say if they are issued on that date: until somebody answers for them they are not. */
  readonly first: readonly Expected[];
}

/** Judges a calendar's month from the export alone. */
export function judge(carrier: Carrier, period: string, calendar: string, issueDate: string): Judgement {
  const bills = billsOf(carrier, period);
  const issued: Expected[] = [];
  const parked = new Map<string, readonly string[]>();
  const first: Expected[] = [];
  for (const account of accountsOf(carrier, calendar)) {
    const own = bills.get(account.bcn) ?? [];
    const faults = own.flatMap((bill) => faultsOf(carrier, account, period, bill));
    if (faults.length > 0) parked.set(account.bcn, faults);
    else {
      const documents = own.map((bill) => expectedOf(account, entityOf(carrier, account), period, issueDate, bill));
      (account.invoicedBefore ? issued : first).push(...documents);
    }
  }
  return { issued, parked, first };
}

/** Every way in which a bill does not add up. */
function faultsOf(carrier: Carrier, account: Account, period: string, bill: Bill): string[] {
  const { customerBill: header, appliedCustomerBillingRate: lines } = bill;
  const { currency } = account;
  const units = [header.taxExcludedAmount, header.taxIncludedAmount, ...lines.map((line) => line.taxExcludedAmount)].map(
    ({ unit }) => unit,
  );
  if (units.some((unit) => unit !== currency)) return ['currency'];
  const faults: string[] = [];
  const { net, vat } = totalsOf(bill, currency, entityOf(carrier, account));
  if (minorOf(header.taxExcludedAmount.value, currency) !== net) faults.push('net');
  for (const group of vat) {
    const told = header.taxItem
      .filter((item) => keyOf(item) === group.key)
      .reduce((sum, item) => sum + minorOf(item.taxAmount.value, currency), 0n);
    if (told !== group.amount) faults.push('vat');
  }
  const told = header.taxItem.reduce((sum, item) => sum + minorOf(item.taxAmount.value, currency), 0n);
  if (minorOf(header.taxIncludedAmount.value, currency) !== net + told) faults.push('gross');
  if (header.category === 'normal') faults.push(...usageFaults(carrier, account, period, bill));
  return faults;
}

function usageFaults(carrier: Carrier, { bcn, currency }: Account, period: string, bill: Bill): string[] {
  const { byClass } = usageOf(carrier, period, bcn);
  const lines = bill.appliedCustomerBillingRate.filter(({ type }) => type === 'usage');
  const classes = new Set([...byClass.keys(), ...lines.map(({ callClass = '' }) => callClass)]);
  return [...classes].flatMap((callClass) => {
    const billed = lines
      .filter((line) => line.callClass === callClass)
      .reduce((sum, line) => sum + minorOf(line.taxExcludedAmount.value, currency), 0n);
    return billed === rounded(exact(byClass.get(callClass)?.charge ?? '0'), currency) ? [] : [`usage ${callClass}`];
  });
}

function expectedOf(account: Account, entity: LegalEntity, period: string, issueDate: string, bill: Bill): Expected {
  const { currency } = account;
  const { net, vat } = totalsOf(bill, currency, entity);
  const type = typeOf(bill, net);
  const sign = bill.customerBill.category === 'normal' && type === 'credit-note' ? -1n : 1n;
  const text = (minor: bigint) => amountText(sign * minor, currency);
  return {
    type,
    billId: bill.customerBill.id,
    bcn: account.bcn,
    ocn: account.ocn,
    legalEntityId: entity.legalEntityId,
    period,
    issueDate,
    dueDate: dueDateOf(issueDate, account.paymentTerms),
    currency,
    net: text(net),
    vat: vat.map(({ category, rate, base, amount }) => ({ category, rate, base: text(base), amount: text(amount) })),
    gross: text(vat.reduce((sum, { amount }) => sum + amount, net)),
  };
}

/** Net is the sum of the lines; VAT is taken once per category and rate, from the sum. */
function totalsOf(bill: Bill, currency: string, entity: LegalEntity) {
  const lines = bill.appliedCustomerBillingRate.map((line) => ({
    key: keyOf(line.appliedTax[0]),
    tax: line.appliedTax[0],
    amount: minorOf(line.taxExcludedAmount.value, currency),
  }));
  const vat = [...Map.groupBy(lines, ({ key }) => key)].map(([key, group]) => {
    const base = group.reduce((sum, { amount }) => sum + amount, 0n);
    const { taxCategory: category, taxRate: rate } = (group[0] as (typeof group)[number]).tax;
    return { key, category, rate, base, amount: taxOn(base, rate, currency, entity.taxRounding ?? 'half-up') };
  });
  return { net: lines.reduce((sum, { amount }) => sum + amount, 0n), vat };
}

function typeOf({ customerBill: { category } }: Bill, net: bigint): Expected['type'] {
  switch (category) {
    case 'normal':
      return net < 0n ? 'credit-note' : 'invoice';
    case 'credit-note':
      return 'credit-note';
    case 'self-billed':
      return 'self-billed-invoice';
    case 'outpayment':
      return 'outpayment-statement';
  }
}

function keyOf({ taxCategory, taxRate }: { taxCategory: string; taxRate: string }): string {
  return `${taxCategory} ${Number(taxRate)}`;
}
