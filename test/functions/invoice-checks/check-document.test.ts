import { describe, expect, test } from 'vitest';
import type { CheckInput } from '../../../functions/invoice-checks/check.ts';
import { CHECKS, checkDocument, checkDraft } from '../../../functions/invoice-checks/check-document.ts';
import { bill, billRecord, type LineRecord, line, SELLERS, service } from '../documents/samples.ts';
import { CONTACT, charged, type Draft, draft, LINE, LINES, numbersOf, range, SERVICES, TRUNK, USAGE } from './drafts.ts';

interface Wrong extends Draft {
  readonly check: string;
  readonly what: string;
  readonly found: string;
  readonly expected: string;
}

const all = Object.values(LINES);
const nothing = (over: object) => line('0.00', { id: '9', type: 'one-off', name: 'Visit', ...over });
const taxed = (taxCategory: string, taxRate: string) => ({ appliedTax: [{ taxCategory, taxRate }] });
const usage = (over: object) => ({ parts: { usage: { ...USAGE, ...over } } });
const eur = (value: string) => ({ unit: 'EUR', value });
const replaced = (id: string, over: object) => all.map((each) => (each.id === id ? { ...each, ...over } : each));
const without = (...ids: string[]) => all.filter(({ id }) => !ids.includes(String(id)));
const reversed = { taxStatus: { telecomReseller: true }, vatId: undefined, address: { ...SELLERS.DE.address, country: 'AT' } };
const creditNote = { category: 'credit-note', correctsPeriod: '2026-09', correctionReason: 'Outage', billingPeriod: month() };

const BILL_RULES: Wrong[] = [
  { check: 'account', what: 'the bill of another account', header: { billingAccount: { id: 'B9' } }, found: 'B9', expected: 'B4711' },
  {
    check: 'currency',
    what: 'a line in pounds',
    change: (input) => ({ ...input, bill: bill(billRecord(replaced('2', { taxExcludedAmount: { unit: 'GBP', value: '950.00' } }))) }),
    found: 'line 2 is in GBP',
    expected: 'billed in EUR',
  },
  {
    check: 'lines',
    what: 'a line twice',
    lines: replaced('7', { id: '1' }),
    found: 'line 1 is there twice',
    expected: 'no two with the same id',
  },
  {
    check: 'line-amount',
    what: 'a price that is a cent off',
    lines: replaced('2', { unitPrice: '950.01' }),
    found: '950.00',
    expected: '950.01',
  },
  {
    check: 'net',
    what: 'a net total that is a cent off',
    header: { taxExcludedAmount: eur('3289.30'), taxIncludedAmount: eur('3914.27') },
    found: '3289.30',
    expected: '3289.29',
  },
  {
    check: 'vat',
    what: 'VAT that is a cent off',
    header: { taxItem: [{ taxCategory: 'S', taxRate: '19', taxAmount: eur('624.96') }], taxIncludedAmount: eur('3914.25') },
    found: '624.96',
    expected: '624.97',
  },
  {
    check: 'gross',
    what: 'a total that is a cent off',
    header: { taxIncludedAmount: eur('3914.27') },
    found: '3914.27',
    expected: '3914.26',
  },
  {
    check: 'tax-rate',
    what: 'a standard rate of nothing',
    lines: [...all, nothing(taxed('S', '0'))],
    found: 'S at 0 %',
    expected: 'above 0',
  },
  {
    check: 'outside-scope',
    what: 'O beside S',
    lines: [...all, nothing({ ...taxed('O', '0'), exemptionReason: 'Damages' })],
    found: 'the categories S',
    expected: 'O',
  },
  {
    check: 'vat-id',
    what: 'reverse charge to nobody',
    lines: [...all, nothing(taxed('AE', '0'))],
    account: reversed,
    customer: { country: 'AT' },
    parts: { legalEntity: { ...SELLERS.DE, country: 'AT' } },
    found: 'lines of category AE',
    expected: 'no VAT ID',
  },
  {
    check: 'tax-currency',
    what: 'a tax currency without a rate',
    header: { taxCurrency: 'GBP' },
    found: 'GBP',
    expected: 'exchangeRate is missing',
  },
  {
    check: 'usage',
    what: 'calls that sum to another amount',
    ...usage({ byClass: { mobile: { calls: 812, seconds: 55_784, charge: '284.49' } } }),
    found: 'bills 284.50',
    expected: '284.49',
  },
  {
    check: 'billing-period',
    what: 'a header that says more than its lines',
    header: { billingPeriod: { startDateTime: '2026-10-01', endDateTime: '2026-12-01' } },
    found: '2026-10-01 to 2026-12-01',
    expected: '2026-10-05 to 2026-12-01',
  },
  {
    check: 'arrears',
    what: 'calls that are not made yet',
    lines: replaced('7', { periodCoverage: { startDateTime: '2026-10-05', endDateTime: '2026-11-15' } }),
    found: '2026-11-15',
    expected: '2026-11-01',
  },
  {
    check: 'credit',
    what: 'a credit that charges',
    lines: [...all, line('0.01', { id: '9', type: 'credit' })],
    found: 'credit line 9 is 0.01',
    expected: 'negative',
  },
  {
    check: 'credit-note',
    what: 'a credit note with a negative line',
    lines: [nothing({ ...eurLine('20.00'), id: '1' }), nothing(eurLine('-1.00'))],
    header: creditNote,
    ...withoutUsage(),
    found: 'line 9 is -1.00',
    expected: 'positive',
  },
  {
    check: 'correction',
    what: 'a credit note without a reason',
    lines: [nothing(eurLine('20.00'))],
    header: { ...creditNote, correctionReason: undefined },
    ...withoutUsage(),
    found: 'correctionReason is missing',
    expected: 'what changes',
  },
  {
    check: 'self-billing',
    what: 'self-billing nobody agreed to',
    lines: [nothing(eurLine('20.00'))],
    header: { category: 'self-billed', billingPeriod: month() },
    ...withoutUsage(),
    found: 'no self-billing agreement',
    expected: 'in force',
  },
];

const DIRECTORY: Wrong[] = [
  { check: 'belong-together', what: "another entity's customer", customer: { legalEntityId: 'DE99' }, found: 'DE99', expected: 'DE01' },
  {
    check: 'vat-id-form',
    what: 'a VAT ID that is too short',
    account: { vatId: 'DE12345678' },
    found: 'DE12345678',
    expected: 'DE and 9 digits',
  },
  { check: 'vat-id-checked', what: 'never', account: { vatIdCheckedOn: undefined }, found: 'never', expected: '2025-11-04 or later' },
  { check: 'vat-id-checked', what: 'long ago', account: { vatIdCheckedOn: '2025-11-03' }, found: '2025-11-03', expected: '2025-11-04' },
  { check: 'tax-category', what: 'exempt without a reason', lines: [...all, nothing(taxed('E', '0'))], found: 'E', expected: 'S' },
  {
    check: 'name-and-address',
    what: 'another name on the paper',
    change: (input) => ({ ...input, invoice: { ...input.invoice, recipient: { ...input.invoice.recipient, name: 'Müller' } } }),
    found: 'Müller',
    expected: 'Müller & Söhne Logistik GmbH',
  },
  { check: 'countries', what: 'an address abroad', customer: { country: 'AT' }, found: 'DE', expected: 'AT' },
  {
    check: 'purchase-order-there',
    what: 'a charge that no order covers',
    lines: [...all, nothing({})],
    account: { purchaseOrders: [{ number: 'PO-1', validFrom: '2026-10-01', serviceIds: [LINE, TRUNK] }] },
    found: 'none',
    expected: 'PO-1 (2026-10-01 to further notice)',
  },
  {
    check: 'purchase-order-valid',
    what: 'an unknown order',
    lines: replaced('2', { purchaseOrder: 'PO-9' }),
    found: 'PO-9, unknown',
    expected: 'PO-1',
  },
  {
    check: 'purchase-order-valid',
    what: 'an order that is used up',
    account: { purchaseOrders: [{ number: 'PO-1', validFrom: '2026-10-01', amount: '3000' }] },
    found: '3289.29',
    expected: 'at most 3000',
  },
  {
    check: 'period',
    what: 'a charge for next year',
    lines: [...all, nothing({ periodCoverage: { startDateTime: '2027-01-01', endDateTime: '2027-01-02' } })],
    header: { billingPeriod: { startDateTime: '2026-10-05', endDateTime: '2027-01-02' } },
    found: '2027-01-01 to 2027-01-01',
    expected: 'within 2026-10-01 to 2026-11-30',
  },
  {
    check: 'contiguous',
    what: 'a month in advance that is missing',
    lines: without('2', '4'),
    header: { billingPeriod: { startDateTime: '2026-10-05', endDateTime: '2026-11-01' } },
    found: '2026-10-05 to 2026-10-31',
    expected: '2026-11-01 to 2026-11-30 as well',
  },
  {
    check: 'services-billed',
    what: 'a service that was forgotten',
    parts: { services: [...SERVICES, service({ ...SERVICES[1], serviceId: 'SIP-900', setupFee: undefined })] },
    found: 'no recurring charge',
    expected: 'a recurring charge for 2026-10-05 to 2026-10-31',
  },
  {
    check: 'billed-once',
    what: 'a service twice',
    lines: [...all, { ...LINES.trunk, id: '9' }],
    found: 'lines 6 and 9',
    expected: 'one line',
  },
  {
    check: 'activation-and-cease',
    what: 'days before activation',
    parts: { services: owned({ from: '2026-10-10' }) },
    found: '2026-10-05 to 2026-10-31',
    expected: 'within from 2026-10-10',
  },
  {
    check: 'activation-and-cease',
    what: 'days after cease',
    parts: { services: owned({ from: '2026-10-05', to: '2026-10-20' }) },
    found: '2026-10-05 to 2026-10-31',
    expected: 'within 2026-10-05 to 2026-10-20',
  },
  {
    check: 'recurring-price',
    what: 'another price',
    lines: replaced('2', { taxExcludedAmount: eur('951.00') }),
    found: '951.00',
    expected: '950.00',
  },
  {
    check: 'proration',
    what: 'a part month by 30 days',
    lines: replaced('1', { taxExcludedAmount: eur('855.00') }),
    found: '855.00',
    expected: '827.42',
  },
  {
    check: 'setup-fee',
    what: 'another fee',
    lines: replaced('5', { taxExcludedAmount: eur('1100.00') }),
    found: '1100.00',
    expected: '1200.00',
  },
  {
    check: 'one-off-once',
    what: 'the set-up twice',
    lines: [...all, { ...LINES.setup, id: '9' }],
    found: 'lines 5, 9',
    expected: 'one line',
  },
  { check: 'discounts', what: 'a month without its discount', lines: without('4'), found: 'no credit', expected: '-95.00' },
  { check: 'call-duplicates', what: 'calls twice', ...usage({ duplicates: 3 }), found: '3, left out', expected: '0' },
  {
    check: 'call-dates',
    what: 'a call of last year',
    ...usage({ problems: [{ reason: 'the call is of 2025-10-31' }], problemCount: 1 }),
    found: '2025-10-31',
    expected: 'a call of the period',
  },
  { check: 'late-calls', what: 'late calls', ...usage({ late: 4 }), found: '4, marked as late', expected: '0' },
  {
    check: 'charged-numbers',
    what: "somebody else's number",
    ...usage({ charged: [charged('+493023125250', '2026-10-06')] }),
    found: '812 calls, the first on 2026-10-06',
    expected: 'a number of B4711',
  },
  {
    check: 'charged-numbers',
    what: 'a number after it was given back',
    parts: { numbers: numbersOf(range({ endedOn: '2026-10-19' })) },
    found: 'calls on 1 of 2 days, the first on 2026-10-20',
    expected: 'B4711 from 2026-10-05 to 2026-10-19',
  },
  {
    check: 'charged-numbers',
    what: 'a number that went with its service to another account',
    parts: { numbers: { ranges: [range()], ownerOf: (_, date) => (date < '2026-10-20' ? 'B4711' : 'B2') } },
    found: 'the first on 2026-10-20',
    expected: 'B4711',
  },
  {
    check: 'quote',
    what: 'twice the quote',
    account: { quote: { monthly: '500.00' } },
    found: '1804.79',
    expected: '836.16, give or take 20 %',
  },
  {
    check: 'above-nothing',
    what: 'credits as high as the charges',
    lines: [...all, line('-3289.29', { id: '9', type: 'credit', name: 'Goodwill' })],
    found: '0.00 EUR',
    expected: 'more than 0',
  },
  {
    check: 'totals-recomputed',
    what: 'a document that adds up otherwise',
    change: (input) => ({ ...withNet(input, 328_930n), printed: [...input.printed, '3.289,30'] }),
    found: '3289.30',
    expected: '3289.29',
  },
  {
    check: 'totals-printed',
    what: 'a total that is not on the paper',
    change: (input) => ({ ...input, printed: input.printed.filter((text) => text !== '3.914,26') }),
    found: 'it is not there',
    expected: '3.914,26',
  },
  {
    check: 'billing-contact',
    what: 'mail that comes back',
    parts: { contacts: [{ contact: CONTACT, reachable: false }] },
    found: 'P1: mail to every one came back',
    expected: 'at least one',
  },
  {
    check: 'billing-contact',
    what: 'a contact who left',
    parts: { contacts: [{ contact: { ...CONTACT, activeTo: '2026-11-03' }, reachable: true }] },
    found: 'none',
    expected: 'at least one',
  },
  {
    check: 'due-date',
    what: 'a due date of its own',
    change: (input) => ({ ...input, invoice: { ...input.invoice, dueDate: '2026-11-30' } }),
    found: '2026-11-30',
    expected: '2026-11-18',
  },
  {
    check: 'payment',
    what: 'a debit without a mandate',
    account: { paymentMethod: 'direct-debit' },
    found: 'transfer, the account has no mandate',
    expected: 'direct debit',
  },
  {
    check: 'payment',
    what: "somebody else's bank",
    change: (input) => ({
      ...input,
      invoice: { ...input.invoice, payment: { method: 'transfer', bank: { name: 'B', iban: 'DE75512108001245126199' } } },
    }),
    found: 'DE75512108001245126199',
    expected: 'DE02120300000000202051',
  },
];

test('a clean draft passes every check', () => {
  expect(checkDocument(draft())).toEqual({
    billId: 'BILL-1',
    findings: [],
    // Nothing of the kind is on the bill.
    notJudged: [],
  });
});

describe.each([...BILL_RULES, ...DIRECTORY])('$check: $what', ({ check, found, expected, ...over }) => {
  test('fails this check alone, and the finding tells both values', () => {
    const findings = checkDraft(draft(over));
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.found).toContain(found);
    expect(findings[0]?.expected).toContain(expected);
    expect(findings[0]).toMatchObject({ sentence: CHECKS.find(({ name }) => name === check)?.sentence });
  });
});

test('every check has its wrong draft here, and a name of its own', () => {
  const names = CHECKS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect([...new Set([...BILL_RULES, ...DIRECTORY].map(({ check }) => check))].sort()).toEqual([...names].sort());
});

test('without a sound form nothing else is judged', () => {
  const { findings, notJudged } = checkDocument(draft({ header: { billingAccount: { id: 'B9' } }, account: { vatId: 'DE1' } }));
  expect(findings.map(({ check }) => check)).toEqual(['account']);
  expect(notJudged).toHaveLength(CHECKS.length - 3);
});

test('many differences of a kind are told as five and a count', () => {
  const many = Array.from({ length: 12 }, (_, i) => charged(`+4930231252${String(i).padStart(2, '0')}`, '2026-10-06'));
  const findings = checkDraft(draft(usage({ charged: many })));
  expect(findings).toHaveLength(6);
  expect(findings.at(-1)).toMatchObject({ what: 'and more like these', found: '7' });
});

function month() {
  return { startDateTime: '2026-10-01', endDateTime: '2026-11-01' };
}

function eurLine(value: string) {
  return { taxExcludedAmount: eur(value) };
}

function withoutUsage(): Pick<Draft, 'parts'> {
  return { parts: { usage: undefined } };
}

/** The trunk belonged to the account at this time only. */
function owned(time: object) {
  return [SERVICES[0] ?? service(), service({ ...SERVICES[1], ownership: [{ bcn: 'B4711', ...time }] })];
}

function withNet(input: CheckInput, minor: bigint): CheckInput {
  return { ...input, invoice: { ...input.invoice, totals: { ...input.invoice.totals, net: { currency: 'EUR', minor } } } };
}

describe('bills of an account that belong together', () => {
  const other = (...lines: LineRecord[]) => [draft({ lines }).bill];

  test('a service that another bill charges for is not forgotten, and its discount and set-up may stand there', () => {
    const rest = other(LINES.trunk, LINES.setup, LINES.discountNovember);
    expect(checkDraft(draft({ lines: without('4', '5', '6'), parts: { others: rest } }))).toEqual([]);
  });

  test('what the account lacks is said of one bill only', () => {
    const lacking = (leading: boolean) => checkDraft(draft({ lines: without('6'), account: { quote: undefined }, parts: { leading } }));
    expect(lacking(true).map(({ check }) => check)).toEqual(['services-billed']);
    expect(lacking(false)).toEqual([]);
  });

  test('days that another bill charges for are charged twice', () => {
    const findings = checkDraft(draft({ parts: { others: other(LINES.trunk) } }));
    expect(findings.map(({ check, found }) => [check, found])).toEqual([['billed-once', 'lines 6 and 6 of another bill']]);
  });
});

describe('who owes the tax', () => {
  const reseller = { telecomReseller: true, certificate: 'USt 1 TQ', validTo: '2026-12-31' };
  const abroad = (country: string, vatId?: string) => ({ address: { street: 'Ring 1', postalCode: '1010', city: 'Ort', country }, vatId });

  test.each([
    ['DE', 'a customer at home', {}, 'S'],
    ['DE', 'a reseller with its certificate', { taxStatus: reseller }, 'AE'],
    ['DE', 'a reseller without a certificate', { taxStatus: { telecomReseller: true } }, 'S'],
    ['DE', 'a reseller whose certificate ended', { taxStatus: { ...reseller, validTo: '2026-11-03' } }, 'S'],
    ['DE', 'a customer in Austria with its VAT ID', abroad('AT', 'ATU12345678'), 'AE'],
    ['DE', 'a customer in Austria without one', abroad('AT'), 'S'],
    ['DE', 'a customer in Switzerland', abroad('CH'), 'O or AE'],
    ['GB', "a reseller's calls", { ...abroad('GB'), taxStatus: { telecomReseller: true } }, 'AE'],
    ['GB', 'a customer in Germany', abroad('DE', 'DE123456789'), 'O or AE'],
    ['FR', 'a reseller at home', { ...abroad('FR'), taxStatus: { telecomReseller: true } }, 'AE'],
    ['JP', 'a customer at home', abroad('JP'), 'S'],
  ] as const)('from %s to %s', (seller, _, over, expected) => {
    const lines = [line('100.00', { id: '7', type: 'usage', callClass: 'mobile', ...taxed('K', '0') })];
    const wrong = checkDraft(draft({ lines, account: over, parts: { legalEntity: { ...SELLERS.DE, country: seller } } }));
    expect(wrong.filter(({ check }) => check === 'tax-category').map(({ found, expected: right }) => [found, right])).toEqual([
      ['K', expected],
    ]);
  });
});
