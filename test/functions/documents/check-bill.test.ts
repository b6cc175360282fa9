import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  currencyRule,
  grossRule,
  lineAmountRule,
  linesRule,
  netRule,
  taxCurrencyRule,
} from '../../../functions/documents/bill-rules/amounts.ts';
import {
  accountRule,
  arrearsRule,
  correctionRule,
  creditNoteRule,
  creditRule,
  envelopeRule,
  selfBillingRule,
} from '../../../functions/documents/bill-rules/form.ts';
import type { BillContext, Rule } from '../../../functions/documents/bill-rules/rule.ts';
import { usageRule } from '../../../functions/documents/bill-rules/usage.ts';
import { outsideScopeRule, taxRateRule, vatIdRule, vatRule } from '../../../functions/documents/bill-rules/vat.ts';
import { checkBill } from '../../../functions/documents/check-bill.ts';
import { bill, billOf, billRecord, CONTRACT_BILL, line } from './samples.ts';

const AT: BillContext = {
  account: { bcn: 'B4711', currency: 'EUR', vatId: 'DE888888888' },
  legalEntity: { taxRounding: 'half-up' },
  period: '2026-10',
};

const MOBILE = { byClass: { mobile: { calls: 812, seconds: 55784, charge: '284.49501' } } };

const eur = (value: string) => ({ unit: 'EUR', value });
const october = { startDateTime: '2026-10-01', endDateTime: '2026-11-01' };
const { customerBill: header, appliedCustomerBillingRate: lines } = CONTRACT_BILL;
const [recurring = line('950.00'), usage = line('284.50')] = lines;

test('the bill of the contract keeps every rule, with its call records and without', () => {
  expect(checkBill(bill(CONTRACT_BILL), AT)).toEqual([]);
  expect(checkBill(bill(CONTRACT_BILL), { ...AT, usage: MOBILE })).toEqual([]);
});

const with_ = (change: object, ownLines = lines) => billRecord(ownLines, { ...header, ...change });
test('a usage line tells how long calls were, or how long they were rated', () => {
  const rated = (ratedSeconds: number) => ({ byClass: { mobile: { calls: 812, seconds: 50_000, ratedSeconds, charge: '284.5' } } });
  expect(checkBill(bill(CONTRACT_BILL), { ...AT, usage: rated(55_784) })).toEqual([]);
  expect(checkBill(bill(CONTRACT_BILL), { ...AT, usage: rated(55_785) })).toMatchObject([
    { reason: expect.stringContaining('its call records have 50000 or, as rated, 55785') },
  ]);
});

const lineWith = (change: object) => billRecord([{ ...recurring, ...change }, usage], header);
const taxed = (taxCategory: string, taxRate: string) => ({ appliedTax: [{ taxCategory, taxRate }] });

interface Wrong {
  readonly rule: Rule;
  readonly what: string;
  readonly record: object;
  readonly says: string;
  readonly at?: Partial<BillContext>;
}

const WRONG: Wrong[] = [
  {
    rule: accountRule,
    what: 'another account',
    record: with_({ billingAccount: { id: 'B9' } }),
    says: 'billingAccount is B9, the bill was delivered for B4711',
  },
  {
    rule: currencyRule,
    what: 'a line in pounds',
    record: lineWith({ taxExcludedAmount: { unit: 'GBP', value: '950.00' } }),
    says: 'line 1 is in GBP, the account B4711 is billed in EUR',
  },
  {
    rule: currencyRule,
    what: 'a total in pounds',
    record: with_({ taxIncludedAmount: { unit: 'GBP', value: '1.00' } }),
    says: 'taxIncludedAmount is in GBP',
  },
  { rule: linesRule, what: 'no line', record: billRecord([], header), says: 'appliedCustomerBillingRate is empty' },
  { rule: linesRule, what: 'a line twice', record: billRecord([recurring, { ...usage, id: '1' }], header), says: 'line 1 is there twice' },
  {
    rule: lineAmountRule,
    what: 'a price that does not multiply',
    record: lineWith({ quantity: '2' }),
    says: 'line 1 is 950.00, 2 x 950.00 is 1900.00',
  },
  {
    rule: lineAmountRule,
    what: 'a proration that is a cent off',
    record: lineWith({ quantity: '15', priceBaseQuantity: '31', taxExcludedAmount: eur('459.67') }),
    says: 'line 1 is 459.67, 15 x 950.00 / 31 is 459.68',
  },
  {
    rule: netRule,
    what: 'a net total that is a cent off',
    record: with_({ taxExcludedAmount: eur('1234.51') }),
    says: 'taxExcludedAmount is 1234.51, the lines sum to 1234.50',
  },
  {
    rule: grossRule,
    what: 'a gross total that is a cent off',
    record: with_({ taxIncludedAmount: eur('1469.05') }),
    says: 'taxIncludedAmount is 1469.05, 1234.50 net and 234.56 VAT are 1469.06',
  },
  {
    rule: vatRule,
    what: 'VAT that is a cent off',
    record: with_({ taxItem: [{ taxCategory: 'S', taxRate: '19', taxAmount: eur('234.55') }] }),
    says: 'VAT S 19 % is 234.55 in taxItem, 234.56 is 19 % of 1234.50',
  },
  { rule: vatRule, what: 'VAT that nobody states', record: with_({ taxItem: [] }), says: 'VAT S 19 % is 0.00 in taxItem' },
  {
    rule: vatRule,
    what: 'VAT that no line has',
    record: with_({ taxItem: [...header.taxItem, { taxCategory: 'S', taxRate: '7', taxAmount: eur('1.00') }] }),
    says: 'taxItem has 1.00 VAT for S 7 %, no line has it',
  },
  {
    rule: vatRule,
    what: 'half a cent rounded up where the entity rounds down',
    record: CONTRACT_BILL,
    at: { legalEntity: { taxRounding: 'down' } },
    says: 'VAT S 19 % is 234.56 in taxItem, 234.55 is',
  },
  { rule: taxRateRule, what: 'a standard rate of nothing', record: lineWith(taxed('S', '0')), says: 'line 1 has category S at 0 %' },
  { rule: taxRateRule, what: 'reverse charge at a rate', record: lineWith(taxed('AE', '19')), says: 'line 1 has category AE at 19 %' },
  { rule: outsideScopeRule, what: 'O beside S', record: lineWith(taxed('O', '0')), says: 'the bill has the categories S, O' },
  {
    rule: vatIdRule,
    what: 'reverse charge to nobody',
    record: lineWith(taxed('AE', '0')),
    at: { account: { bcn: 'B4711', currency: 'EUR' } },
    says: 'category AE, the account B4711 has no VAT ID',
  },
  {
    rule: taxCurrencyRule,
    what: 'a tax currency without a rate',
    record: with_({ taxCurrency: 'GBP' }),
    says: 'taxCurrency is GBP on a bill in EUR, exchangeRate is missing',
  },
  {
    rule: taxCurrencyRule,
    what: 'a rate without a tax currency',
    record: with_({ exchangeRate: { rate: '0.9', date: '2026-10-31', source: 'ECB' } }),
    says: 'exchangeRate is given without taxCurrency',
  },
  {
    rule: usageRule,
    what: 'call records that sum to another amount',
    record: CONTRACT_BILL,
    at: { usage: { byClass: { mobile: { calls: 812, seconds: 55784, charge: '284.49499' } } } },
    says: 'line 2 of class mobile bills 284.50, its 812 call records sum to 284.49',
  },
  {
    rule: usageRule,
    what: 'no call records',
    record: CONTRACT_BILL,
    at: { usage: { byClass: {} } },
    says: 'line 2 of class mobile bills 284.50, there is no call record',
  },
  {
    rule: usageRule,
    what: 'call records that no line bills',
    record: CONTRACT_BILL,
    at: { usage: { byClass: { ...MOBILE.byClass, national: { calls: 3, seconds: 180, charge: '0.06' } } } },
    says: 'class national has 3 call records of 0.06, no usage line bills them',
  },
  {
    rule: usageRule,
    what: 'a wrong count of calls',
    record: CONTRACT_BILL,
    at: { usage: { byClass: { mobile: { calls: 811, seconds: 55784, charge: '284.5' } } } },
    says: 'class mobile tells 812 calls, its call records have 811',
  },
  {
    rule: usageRule,
    what: 'wrong seconds',
    record: CONTRACT_BILL,
    at: { usage: { byClass: { mobile: { calls: 812, seconds: 55783, charge: '284.5' } } } },
    says: 'class mobile tells 55784 seconds, its call records have 55783',
  },
  {
    rule: envelopeRule,
    what: 'a header period that is too short',
    record: with_({ billingPeriod: october }),
    says: 'billingPeriod is 2026-10-01 to 2026-11-01, the lines reach from 2026-10-01 to 2026-12-01',
  },
  {
    rule: arrearsRule,
    what: 'usage of next month',
    record: CONTRACT_BILL,
    at: { period: '2026-09' },
    says: 'usage line 2 reaches to 2026-11-01, the billing period 2026-09 ends on 2026-10-01',
  },
  { rule: creditRule, what: 'a credit that charges', record: lineWith({ type: 'credit' }), says: 'credit line 1 is 950.00' },
  {
    rule: creditNoteRule,
    what: 'a credit note of negative amounts',
    record: with_({ category: 'credit-note', taxExcludedAmount: eur('-1234.50') }),
    says: 'taxExcludedAmount is -1234.50',
  },
  {
    rule: correctionRule,
    what: 'a credit note for nothing',
    record: with_({ category: 'credit-note', correctionReason: 'Outage' }),
    says: 'correctsInvoices and correctsPeriod are both missing',
  },
  {
    rule: correctionRule,
    what: 'a credit note without a reason',
    record: with_({ category: 'credit-note', correctsPeriod: '2026-09' }),
    says: 'correctionReason is missing',
  },
  {
    rule: selfBillingRule,
    what: 'self-billing nobody agreed to',
    record: with_({ category: 'self-billed' }),
    says: 'the account B4711 has no self-billing agreement',
  },
  {
    rule: selfBillingRule,
    what: 'self-billing whose agreement ended',
    record: with_({ category: 'self-billed' }),
    at: { account: { ...AT.account, selfBilling: { agreement: 'SB-1', validTo: '2026-09-30' } } },
    says: 'agreement SB-1 ended on 2026-09-30',
  },
];

describe.each([...Map.groupBy(WRONG, ({ rule }) => rule)])('$sentence', (rule, cases) => {
  test.each(cases)('$what is told with its figures', ({ record, at, says }) => {
    const problems = checkBill(bill(record), { ...AT, ...at }).filter((problem) => problem.rule === rule.name);
    expect(problems.map(({ reason }) => reason)).toEqual([expect.stringContaining(says)]);
    expect(problems[0]?.reason).toMatch(new RegExp(`^${rule.sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}: .*\\.$`));
  });
});

test.each([
  ['standard and reverse charge beside each other', ['S', 'AE'], '950.00', '180.50'],
  ['zero rate and export', ['Z', 'G'], '1.00', '0.00'],
])('%s are one bill', (_, [first = 'S', second = 'S'], value, tax) => {
  const rate = first === 'S' ? '19' : '0';
  const record = billRecord([line(value, { ...taxed(first, rate) }), line(value, { id: '2', ...taxed(second, '0') })], {
    taxExcludedAmount: eur(String((Number(value) * 2).toFixed(2))),
    taxIncludedAmount: eur(String((Number(value) * 2 + Number(tax)).toFixed(2))),
    taxItem: [{ taxCategory: first, taxRate: rate, taxAmount: eur(tax) }],
  });
  expect(checkBill(bill(record), AT)).toEqual([]);
});

test('a rate written 19.00 is the rate 19', () => {
  const record = with_({ taxItem: [{ taxCategory: 'S', taxRate: '19.00', taxAmount: eur('234.56') }] });
  expect(checkBill(bill(record), AT)).toEqual([]);
});

test('a bill of 3,000 wrong lines does not make a reason of 3,000 sentences', () => {
  const many = Array.from({ length: 3000 }, (_, i) => line('1.00', { id: String(i), quantity: '2', unitPrice: '1' }));
  const problems = checkBill(billOf(many, {}), AT);
  expect(problems).toHaveLength(6);
  expect(problems.at(-1)?.reason).toContain('and 2995 more like these');
});

const cents = fc.bigInt({ min: -10_000_000n, max: 10_000_000n });
const decimal = (value: bigint): string => {
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Half up on the absolute value, in whole cents: an oracle without the money module. */
const vatOf = (base: bigint, permille: bigint): bigint => {
  const size = ((base < 0n ? -base : base) * permille * 2n + 1000n) / 2000n;
  return base < 0n ? -size : size;
};

const RATES = [190n, 70n, 25n, 77n];

const billOfRates = fc.array(fc.record({ amount: cents, rate: fc.constantFrom(...RATES) }), { minLength: 1, maxLength: 40 });

function recordOf(drawn: readonly { amount: bigint; rate: bigint }[], wrong = 0n) {
  const bases = [...Map.groupBy(drawn, ({ rate }) => rate)].map(([rate, own]) => ({
    rate,
    base: own.reduce((sum, { amount }) => sum + amount, 0n),
  }));
  const percent = (rate: bigint): string => `${rate / 10n}.${rate % 10n}`;
  const items = bases.map(({ rate, base }, i) => ({ rate, tax: vatOf(base, rate) + (i === 0 ? wrong : 0n) }));
  const net = drawn.reduce((sum, { amount }) => sum + amount, 0n);
  const gross = items.reduce((sum, { tax }) => sum + tax, net);
  return billRecord(
    drawn.map(({ amount, rate }, i) => line(decimal(amount), { id: String(i), ...taxed('S', percent(rate)) })),
    {
      taxExcludedAmount: eur(decimal(net)),
      taxIncludedAmount: eur(decimal(gross)),
      taxItem: items.map(({ rate, tax }) => ({ taxCategory: 'S', taxRate: percent(rate), taxAmount: eur(decimal(tax)) })),
    },
  );
}

test('any bill that an independent sum in cents agrees with has no problem', () => {
  fc.assert(
    fc.property(billOfRates, (drawn) => {
      expect(checkBill(bill(recordOf(drawn)), AT)).toEqual([]);
    }),
  );
});

test('any bill whose VAT is a cent off is told, with both figures', () => {
  fc.assert(
    fc.property(billOfRates, fc.constantFrom(-1n, 1n), (drawn, wrong) => {
      expect(checkBill(bill(recordOf(drawn, wrong)), AT).map(({ rule }) => rule)).toEqual(['vat']);
    }),
  );
});
