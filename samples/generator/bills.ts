import { type Money, sum, taxOn, toDecimal } from '../../functions/money/money.ts';
import {
  type Billed,
  type Charge,
  credit,
  fullMonth,
  movedOutCredit,
  oneOffCharges,
  partMonth,
  priced,
  recurringCharges,
  serviceCredits,
  usageCharges,
} from './bill-lines.ts';
import { type AccountPlan, firstDay, LAST_PERIOD } from './carrier.ts';
import { legalEntityOf } from './legal-entities.ts';
import { PRODUCTS } from './products.ts';
import { MOVED_ON, type Service } from './services.ts';
import { OUTSIDE, standardTax } from './tax.ts';
import { WORDS } from './words.ts';

/** A bill as it stands in `bills/<bcn>.json` or `bills/<bcn>.<billId>.json`. */
export interface BillFile {
  readonly name: string;
  readonly bill: { readonly customerBill: Record<string, unknown>; readonly appliedCustomerBillingRate: readonly unknown[] };
  readonly currency: string;
  readonly net: bigint;
  readonly gross: bigint;
}

type Category = 'normal' | 'credit-note' | 'self-billed' | 'outpayment';

/** What an account's second bill of a period has at the end of its id. */
const SUFFIX: Record<Category, string> = { normal: '', 'credit-note': '-CN', 'self-billed': '-SB', outpayment: '-OP' };

/** The bills of an account for a period: the month's own, and what a few accounts get beside it. */
export function billsOf(billed: Billed, movedIn: Service | undefined): BillFile[] {
  const { account, period } = billed;
  const quirks = period === LAST_PERIOD ? (account.quirks ?? []) : [];
  const charges = [...recurringCharges(billed), ...oneOffCharges(billed), ...usageCharges(billed), ...serviceCredits(billed)];
  if (quirks.includes('moved-out')) charges.push(movedOutCredit(billed));
  if (quirks.includes('moved-in') && movedIn) charges.push(partMonth(billed, movedIn, MOVED_ON), fullMonth(billed, movedIn));
  const normal = quirks.includes('zero-total') || quirks.includes('credits-above-charges') ? offset(billed, quirks) : charges;
  const files = [file(billed, 'normal', normal, quirks.includes('tax-off-by-a-cent') ? 1n : 0n)];
  if (quirks.includes('extra-credit-note')) files.push(creditNote(billed));
  if (quirks.includes('extra-self-billed')) files.push(selfBilled(billed));
  if (quirks.includes('extra-outpayment')) files.push(outpayment(billed));
  return files;
}

/** Charges that a credit takes back, exactly or by more than they were. */
function offset(billed: Billed, quirks: readonly string[]): Charge[] {
  const { account, entity, period } = billed;
  const charges = recurringCharges(billed);
  const total = sum(
    charges.map(({ amount }) => amount),
    account.currency,
  );
  const back = quirks.includes('zero-total') ? toDecimal(total) : '905.40';
  const words = quirks.includes('zero-total') ? WORDS.goodwill : WORDS.refund;
  return [...charges, credit(account, words[account.language], back, standardTax(entity), period)];
}

function creditNote(billed: Billed): BillFile {
  const { account, entity, period } = billed;
  const price = PRODUCTS.IP.monthly[account.currency];
  const charge: Charge = {
    type: 'recurring',
    name: `${PRODUCTS.IP.name[account.language]}, billed after cease`,
    ...priced(price, account, { unitOfMeasure: 'month' }),
    tax: standardTax(entity),
    from: firstDay(period, -1),
    to: firstDay(period),
  };
  return file(billed, 'credit-note', [charge], 0n, {
    correctsInvoices: [{ number: 'GB26020377', issueDate: '2026-09-03' }],
    correctionReason: 'The access line was ceased on 31 August and must not be charged for September.',
  });
}

function selfBilled(billed: Billed): BillFile {
  const { account, entity, period } = billed;
  const month = { from: firstDay(period), to: firstDay(period, 1) };
  const charges: Charge[] = [
    { type: 'one-off', name: 'Rack space in your Greenwich facility', ...priced('1260.00', account), tax: standardTax(entity), ...month },
    { type: 'one-off', name: 'Remote hands, 6.5 hours', ...priced('552.50', account), tax: standardTax(entity), ...month },
  ];
  return file(billed, 'self-billed', charges);
}

function outpayment(billed: Billed): BillFile {
  const { account, period } = billed;
  const charge: Charge = {
    type: 'one-off',
    name: 'Share of revenue from calls to your numbers',
    ...priced('318.42', account),
    tax: OUTSIDE,
    from: firstDay(period),
    to: firstDay(period, 1),
  };
  const reason = { exemptionReason: 'Statement of an outpayment; VAT is accounted for on the self-billed invoice' };
  return file(billed, 'outpayment', [{ ...charge, facts: { ...charge.facts, ...reason } }]);
}

function file(billed: Billed, category: Category, charges: readonly Charge[], taxError = 0n, extra = {}): BillFile {
  const { account, entity, period } = billed;
  const { currency } = account;
  const amount = (money: Money) => ({ unit: currency, value: toDecimal(money) });
  const net = sum(
    charges.map((charge) => charge.amount),
    currency,
  );
  const rounding = legalEntityOf(entity).taxRounding ?? 'half-up';
  const taxes = taxItems(charges, currency, rounding, taxError);
  const gross = { currency, minor: net.minor + taxes.reduce((total, { tax }) => total + tax.minor, 0n) };
  const id = `BILL-${period}-${account.bcn}${SUFFIX[category]}`;
  return {
    name: category === 'normal' ? `${account.bcn}.json` : `${account.bcn}.${id}.json`,
    currency,
    net: net.minor,
    gross: gross.minor,
    bill: {
      customerBill: {
        id,
        revision: 0,
        billingAccount: { id: account.bcn },
        category,
        billingPeriod: envelope(charges),
        taxExcludedAmount: amount(net),
        taxIncludedAmount: amount(gross),
        taxItem: taxes.map(({ taxCategory, taxRate, tax }) => ({ taxCategory, taxRate, taxAmount: amount(tax) })),
        ...(account.quirks?.includes('foreign-tax-currency')
          ? { taxCurrency: 'GBP', exchangeRate: { rate: '0.76120', date: firstDay(period, 1), source: 'HMRC monthly rates' } }
          : {}),
        ...extra,
      },
      appliedCustomerBillingRate: charges.map((charge, index) => line(charge, index, account)),
    },
  };
}

function line(charge: Charge, index: number, account: AccountPlan) {
  return {
    id: String(index + 1),
    type: charge.type,
    name: charge.name,
    periodCoverage: { startDateTime: charge.from, endDateTime: charge.to },
    ...purchaseOrder(account, charge),
    ...charge.facts,
    taxExcludedAmount: { unit: account.currency, value: toDecimal(charge.amount) },
    appliedTax: [charge.tax],
  };
}

/** The first order covers everything; where there is a second, it is the one for calls. */
function purchaseOrder(account: AccountPlan, { type }: Charge): { purchaseOrder?: string } {
  const orders = (account.record?.purchaseOrders ?? []) as readonly { number: string }[];
  const order = type === 'usage' ? (orders[1] ?? orders[0]) : orders[0];
  return order ? { purchaseOrder: order.number } : {};
}

/** VAT per category and rate on the summed base, never per line. */
function taxItems(charges: readonly Charge[], currency: string, rounding: 'half-up' | 'down', error: bigint) {
  const keys = [...new Set(charges.map(({ tax }) => `${tax.taxCategory} ${tax.taxRate}`))].sort().reverse();
  return keys.map((key) => {
    const [taxCategory, taxRate] = key.split(' ') as [string, string];
    const lines = charges.filter(({ tax }) => tax.taxCategory === taxCategory && tax.taxRate === taxRate);
    const base = sum(
      lines.map(({ amount }) => amount),
      currency,
    );
    return { taxCategory, taxRate, tax: { currency, minor: taxOn(base, taxRate, rounding).minor + error } };
  });
}

function envelope(charges: readonly Charge[]): { startDateTime: string; endDateTime: string } {
  const startDateTime = charges.map(({ from }) => from).sort()[0] as string;
  const endDateTime = charges
    .map(({ to }) => to)
    .sort()
    .at(-1) as string;
  return { startDateTime, endDateTime };
}
