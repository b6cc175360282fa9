import { expect, test } from 'vitest';
import { documentKindOf, dueDateOf, issuedFacts, paymentReference, seriesOf } from '../../../functions/documents/invoice.ts';
import { toDecimal } from '../../../functions/money/money.ts';
import { account, bill, billOf, billRecord, CONTRACT_BILL, invoice, line, SELLERS, service } from './samples.ts';

const { customerBill: header, appliedCustomerBillingRate: lines } = CONTRACT_BILL;

test.each([
  ['14 days', '2026-11-04', { days: 14 }, '2026-11-18'],
  ['30 days over the year', '2026-12-03', { days: 30 }, '2027-01-02'],
  ['30 days, end of month', '2026-11-04', { days: 30, endOfMonth: true }, '2026-12-31'],
  ['45 days, end of month, the 10th', '2026-11-04', { days: 45, endOfMonth: true, dayOfMonth: 10 }, '2027-01-10'],
  ['at once, the 15th', '2026-11-04', { days: 0, dayOfMonth: 15 }, '2026-11-15'],
  ['20 days, the 15th: the next one', '2026-11-04', { days: 20, dayOfMonth: 15 }, '2026-12-15'],
  ['the 31st of a month of 28 days', '2027-02-03', { days: 0, dayOfMonth: 31 }, '2027-02-28'],
  ['end of February of a leap year', '2028-02-03', { days: 0, endOfMonth: true }, '2028-02-29'],
])('%s', (_, issueDate, terms, due) => {
  expect(dueDateOf(issueDate, terms)).toBe(due);
});

test.each([
  ['a bill', 'normal', ['950.00'], 'invoice'],
  ['a bill of nothing', 'normal', ['5.00', '-5.00'], 'invoice'],
  ['credits above charges', 'normal', ['5.00', '-5.01'], 'credit-note'],
  ['a credit note', 'credit-note', ['5.00'], 'credit-note'],
  ['a self-billed invoice', 'self-billed', ['5.00'], 'self-billed-invoice'],
  ['an outpayment', 'outpayment', ['5.00'], 'outpayment-statement'],
])('%s is numbered as what it is', (_, category, amounts, kind) => {
  const own = billOf(
    amounts.map((amount, i) => line(amount, { id: String(i) })),
    { category },
  );
  expect(documentKindOf(own)).toBe(kind);
});

test.each([
  ['invoice', 'DE01/invoice-2027'],
  ['credit-note', 'DE01/credit-note-2027'],
  ['self-billed-invoice', 'DE01/self-billed-invoice-C1001-2027'],
  ['outpayment-statement', 'DE01/outpayment-statement-2027'],
] as const)('%s has the series %s in the year of its issue date', (kind, series) => {
  expect(seriesOf(kind, 'DE01', 'C1001', '2027-01-06')).toBe(series);
});

test.each([
  ['539007547034', 'RF18539007547034'],
  ['RE-2026-000123', undefined],
])('the reference of %s is an ISO 11649 one', (number, expected) => {
  const reference = paymentReference(number, true);
  if (expected) expect(reference).toBe(expected);
  const digits = [...`${reference.slice(4)}${reference.slice(0, 4)}`].map((character) => Number.parseInt(character, 36)).join('');
  expect(BigInt(digits) % 97n).toBe(1n);
});

test.each([
  ['without SEPA', 'INV-7', false],
  ['with too long a number', 'ABCDEFGHIJKLMNOPQRSTUV', true],
])('%s the number is the reference', (_, number, sepa) => {
  expect(paymentReference(number, sepa)).toBe(number);
});

test('an invoice says what register and emails will say', () => {
  expect(issuedFacts(invoice())).toEqual({
    number: 'RE-2026-000123',
    type: 'invoice',
    billId: 'BILL-1',
    bcn: 'B4711',
    ocn: 'C1001',
    legalEntityId: 'DE01',
    period: '2026-10',
    issueDate: '2026-11-04',
    dueDate: '2026-11-18',
    currency: 'EUR',
    net: '1234.50',
    vat: [{ category: 'S', rate: '19', base: '1234.50', amount: '234.56' }],
    gross: '1469.06',
    payable: '1469.06',
    paymentReference: paymentReference('RE-2026-000123', true),
  });
});

test('periods end on the day before the exclusive end', () => {
  const { supplyPeriod, services } = invoice();
  expect(supplyPeriod).toEqual({ start: '2026-10-01', end: '2026-11-30' });
  expect(services[0]?.sections[0]?.lines[0]?.period).toEqual({ start: '2026-11-01', end: '2026-11-30' });
});

test('lines stand with their service, both ends told, the account’s own charges last', () => {
  const own = billOf([
    line('1.00', { id: 'a' }),
    line('2.00', { id: 'b', product: { id: 'SIP-889' } }),
    line('3.00', { id: 'c', product: { id: 'FRA/FRA/LE-123456' } }),
  ]);
  const groups = invoice({ bill: own }).services.map(({ serviceId, aEnd, bEnd, net }) => ({ serviceId, aEnd, bEnd, net: toDecimal(net) }));
  expect(groups).toEqual([
    { serviceId: 'FRA/FRA/LE-123456', aEnd: 'Rechenzentrum Frankfurt, Kabelstraße 6', bEnd: 'Größenweg 7, Hamburg', net: '3.00' },
    { serviceId: 'SIP-889', aEnd: service().aEnd, bEnd: undefined, net: '2.00' },
    { serviceId: undefined, aEnd: undefined, bEnd: undefined, net: '1.00' },
  ]);
});

test('credits above charges make a credit note of positive amounts, with nothing to pay', () => {
  const own = billOf([line('10.00', { id: 'a', quantity: '1', unitPrice: '10.00' }), line('-100.01', { id: 'b', type: 'credit' })]);
  const note = invoice({ bill: own });
  expect(note).toMatchObject({ kind: 'credit-note', payment: { method: 'nothing' } });
  expect(issuedFacts(note)).toMatchObject({ net: '90.01', gross: '107.11', payable: '0.00', vat: [{ base: '90.01', amount: '17.10' }] });
  const shown = note.services[0]?.sections.flatMap((section) => section.lines.map(({ quantity, net }) => [quantity, toDecimal(net)]));
  expect(shown).toEqual([
    ['-1', '-10.00'],
    [undefined, '100.01'],
  ]);
});

test('a total of nothing is an invoice with nothing to pay', () => {
  const note = invoice({ bill: billOf([line('5.00'), line('-5.00', { id: '2', type: 'credit' })]) });
  expect(note).toMatchObject({ kind: 'invoice', payment: { method: 'nothing' } });
  expect(issuedFacts(note)).toMatchObject({ net: '0.00', gross: '0.00', payable: '0.00' });
});

test('direct debit names the day and the mandate, and no bank to pay to', () => {
  const mandate = { reference: 'NG-M-1', accountMasked: 'DE** **** 3417' };
  const { payment } = invoice({ account: account({ paymentMethod: 'direct-debit', mandate }) });
  expect(payment).toEqual({ method: 'direct-debit', on: '2026-11-18', mandate, creditorId: 'DE98ZZZ09999999999' });
});

test('a self-billed invoice turns seller and buyer round and pays out', () => {
  const selfBilling = { agreement: 'SB-2026-1', validTo: '2027-12-31' };
  const own = invoice({ bill: billOf([line('5.00')], { category: 'self-billed' }), account: account({ selfBilling }) });
  expect(own).toMatchObject({
    seller: { name: account().name },
    buyer: { name: SELLERS.DE.name },
    payment: { method: 'payout' },
    references: { agreement: 'SB-2026-1' },
  });
  expect(own.statements).toEqual(['Gutschrift: vom Leistungsempfänger ausgestellte Rechnung.']);
});

test('a credit note names what it corrects and why', () => {
  const corrects = {
    category: 'credit-note',
    correctsInvoices: [{ number: 'RE-1', issueDate: '2026-10-05' }],
    correctsPeriod: '2026-09',
    correctionReason: 'Störung',
  };
  const note = invoice({ bill: billOf([line('5.00')], corrects) });
  expect(note.corrects).toEqual({
    invoices: [{ number: 'RE-1', issueDate: '2026-10-05' }],
    period: { start: '2026-09-01', end: '2026-09-30' },
    reason: 'Störung',
  });
  expect(issuedFacts(note).corrects).toEqual([{ number: 'RE-1', issueDate: '2026-10-05' }]);
});

test.each([
  [
    'one for the service before one for all',
    [
      { number: 'ALL', validFrom: '2026-01-01' },
      { number: 'OWN', validFrom: '2026-01-01', serviceIds: ['FRA/FRA/LE-123456'] },
    ],
    'OWN',
  ],
  ['none that has ended', [{ number: 'OLD', validFrom: '2026-01-01', validTo: '2026-10-31' }], undefined],
  ['none that begins later', [{ number: 'NEW', validFrom: '2026-11-02' }], undefined],
])('a line has the purchase order of its first day: %s', (_, purchaseOrders, expected) => {
  const [first] = invoice({ account: account({ purchaseOrders }) }).services;
  expect(first?.sections[0]?.lines[0]?.purchaseOrder).toBe(expected);
});

const ae = (value: string) => line(value, { appliedTax: [{ taxCategory: 'AE', taxRate: '0' }] });
const country = (code: string) => ({ street: '1', postalCode: '1', city: 'X', country: code });

test.each([
  ['DE', 'DE', 'de', 'Steuerschuldnerschaft des Leistungsempfängers (§ 13b Abs. 2 Nr. 12 UStG).'],
  ['DE', 'FR', 'de', 'Steuerschuldnerschaft des Leistungsempfängers (Art. 196 der Richtlinie 2006/112/EG).'],
  ['DE', 'DE', 'en', 'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers), section 13b(2) no. 12 UStG.'],
  ['DE', 'GB', 'de', 'Steuerschuldnerschaft des Leistungsempfängers nach dem Recht seines Landes.'],
  ['FR', 'FR', 'fr', 'Autoliquidation (art. 283-2 octies du CGI).'],
  ['FR', 'JP', 'fr', 'Autoliquidation : la taxe est due par le preneur selon la loi de son pays.'],
  ['IT', 'IT', 'en', 'Reverse charge: VAT is payable by the customer.'],
  ['IT', 'DE', 'en', 'Reverse charge: VAT is payable by the customer (art. 196 of Directive 2006/112/EC).'],
  ['GB', 'GB', 'en', 'Reverse charge: VATA 1994 section 55A applies. UK customer to pay the VAT to HMRC.'],
  ['JP', 'GB', 'en', 'Reverse charge: the customer accounts for the consumption tax.'],
] as const)('reverse charge from %s to %s in %s says what the law wants', (seller, buyer, language, words) => {
  const own = invoice({
    bill: billOf([ae('100.00')], { taxItem: [] }),
    legalEntity: seller === 'IT' ? { ...SELLERS.DE, country: 'IT' } : SELLERS[seller],
    account: account({ address: country(buyer) }),
    language,
  });
  expect(own.vat[0]?.words).toBe(words);
});

const outside = (id: string, exemptionReason?: string) =>
  line('1.00', { id, appliedTax: [{ taxCategory: 'O', taxRate: '0' }], exemptionReason });

test.each([
  ['GB', 'GB', 'en', [outside('1')], 'Outside the scope of UK VAT.'],
  [
    'GB',
    'FR',
    'en',
    [outside('1')],
    'Outside the scope of UK VAT: the place of supply is where the customer belongs (VATA 1994 section 7A).',
  ],
  ['DE', 'DE', 'de', [outside('1', 'Durchlaufender Posten')], 'Durchlaufender Posten. Nicht steuerbar.'],
  ['DE', 'DE', 'en', [outside('1', 'A.'), outside('2', 'B'), outside('3', 'A.')], 'A. B. Not subject to German VAT.'],
] as const)(
  'outside the scope from %s to %s in %s, the carrier’s reasons stand before the law’s words',
  (seller, buyer, language, own, words) => {
    const made = invoice({
      bill: billOf(own, { taxItem: [] }),
      legalEntity: SELLERS[seller],
      account: account({ address: country(buyer) }),
      language,
    });
    expect(made.vat[0]?.words).toBe(words);
  },
);

test('the VAT that a UK reseller accounts for is told outside the total', () => {
  const own = invoice({
    bill: billOf([ae('100.00')], { taxItem: [] }),
    legalEntity: SELLERS.GB,
    account: account({ address: country('GB') }),
    language: 'en',
  });
  const [row] = own.vat;
  expect(row?.customerAccounts && { ...row.customerAccounts, amount: toDecimal(row.customerAccounts.amount) }).toEqual({
    rate: '20',
    amount: '20.00',
  });
  expect(issuedFacts(own)).toMatchObject({ gross: '100.00', payable: '100.00' });
});

test('Japanese consumption tax is rounded down once per rate', () => {
  const yen = (value: string, id: string) =>
    line(value, { id, taxExcludedAmount: { unit: 'JPY', value }, appliedTax: [{ taxCategory: 'S', taxRate: '10' }] });
  const record = billRecord([yen('105', 'a'), yen('104', 'b')], {
    taxExcludedAmount: { unit: 'JPY', value: '209' },
    taxIncludedAmount: { unit: 'JPY', value: '229' },
    taxItem: [{ taxCategory: 'S', taxRate: '10', taxAmount: { unit: 'JPY', value: '20' } }],
  });
  const own = invoice({
    bill: bill(record),
    legalEntity: SELLERS.JP,
    account: account({ currency: 'JPY', address: country('JP') }),
    language: 'ja',
  });
  expect(own.language).toBe('en');
  expect(issuedFacts(own)).toMatchObject({ vat: [{ base: '209', amount: '20' }], gross: '229' });
});

test('VAT in another currency is told with rate, date and source', () => {
  const rate = { rate: '0.87', date: '2026-10-31', source: 'ECB' };
  const own = invoice({ bill: bill(billRecord(lines, { ...header, taxCurrency: 'GBP', exchangeRate: rate })) });
  expect(own.taxInCurrency).toEqual({ vat: { currency: 'GBP', minor: 20407n }, ...rate });
});

test.each([
  ['de', 'Dieses PDF ist eine Kopie. Das Original ist die strukturierte elektronische Rechnung.'],
  ['en', 'This PDF is a copy. The original is the structured electronic invoice.'],
])('where the entity owes a structured e-invoice the PDF says in %s that it is a copy', (language, words) => {
  expect(invoice({ legalEntity: { ...SELLERS.DE, eInvoicing: true }, language }).statements).toContain(words);
});
