import { expect, test } from 'vitest';
import { billSchema } from '../../../functions/documents/bill.ts';
import { fieldIssues } from '../../../functions/events/cloud-event.ts';
import { bill, billRecord, CONTRACT_BILL, line } from './samples.ts';

test('the bill of the contract is read as it is', () => {
  const read = bill(CONTRACT_BILL);
  expect(read.customerBill.taxIncludedAmount).toEqual({ unit: 'EUR', value: '1469.06' });
  expect(read.appliedCustomerBillingRate[1]).toMatchObject({ type: 'usage', callClass: 'mobile', calls: 812, seconds: 55784 });
});

test.each([null, '', undefined])('an optional field that is %j is missing', (nothing) => {
  const { note, product } = bill(billRecord([line('1.00', { note: nothing, product: nothing })])).appliedCustomerBillingRate[0] ?? {};
  expect({ note, product }).toEqual({ note: undefined, product: undefined });
});

test('unknown fields are ignored', () => {
  const read = bill({ ...CONTRACT_BILL, '@type': 'x', customerBill: { ...CONTRACT_BILL.customerBill, href: 'https://example.com' } });
  expect(read).toEqual(bill(CONTRACT_BILL));
});

test('line breaks and runs of blanks in a name become one blank, accents are composed', () => {
  const name = ' Zu\u0308rich\n  to  Paris ';
  expect(bill(billRecord([line('1.00', { name })])).appliedCustomerBillingRate[0]?.name).toBe('Zürich to Paris');
});

test.each([
  ['an amount as a number', line('1.00', { taxExcludedAmount: { unit: 'EUR', value: 950 } }), /a decimal in a string/],
  ['a decimal comma', line('1.00', { taxExcludedAmount: { unit: 'EUR', value: '950,00' } }), /a decimal in a string/],
  ['a currency of nobody', line('1.00', { taxExcludedAmount: { unit: 'EUX', value: '1.00' } }), /ISO 4217/],
  ['a tenth of a cent', line('1.00', { taxExcludedAmount: { unit: 'EUR', value: '1.001' } }), /no finer than its currency's minor unit/],
  ['a hundredth of a yen', line('1.00', { taxExcludedAmount: { unit: 'JPY', value: '1.01' } }), /no finer than its currency's minor unit/],
  ['two taxes on a line', line('1.00', { appliedTax: [1, 2].map(() => ({ taxCategory: 'S', taxRate: '19' })) }), /exactly one tax a line/],
  ['a category of nobody', line('1.00', { appliedTax: [{ taxCategory: 'X', taxRate: '19' }] }), /one of S, Z, E, AE, K, G, O/],
  ['no rate', line('1.00', { appliedTax: [{ taxCategory: 'S' }] }), /a percentage such as "19"/],
  ['a negative rate', line('1.00', { appliedTax: [{ taxCategory: 'S', taxRate: '-19' }] }), /from 0 to 100/],
  ['usage without a class', line('1.00', { type: 'usage' }), /the class of calls/],
  [
    'a period that runs backwards',
    line('1.00', { periodCoverage: { startDateTime: '2026-11-01', endDateTime: '2026-11-01' } }),
    /exclusive/,
  ],
  ['a day that does not exist', line('1.00', { periodCoverage: { startDateTime: '2026-02-30', endDateTime: '2026-11-01' } }), /a date/],
  ['a service id with ..', line('1.00', { product: { id: '../etc/passwd' } }), /service id/],
  ['a control character', line('1.00', { name: 'a\u0000b' }), /without control characters/],
  ['a name of nothing', line('1.00', { name: ' ' }), /1 to 300 characters/],
])('a line with %s is refused, and the message says what would be right', (_, wrong, expected) => {
  expect(issuesOf(billRecord([wrong])).join('\n')).toMatch(expected);
});

test.each([
  ['no header', { appliedCustomerBillingRate: [] }, /header "customerBill"/],
  ['no lines', { customerBill: CONTRACT_BILL.customerBill }, /list of lines/],
  ['a category of nobody', billRecord([], { category: 'debit' }), /normal, credit-note, self-billed, outpayment/],
  ['an id that leaves its folder', billRecord([], { id: '../BILL' }), /without "\.\."/],
  ['a negative revision', billRecord([], { revision: -1 }), /whole number from 0/],
  ['no account', billRecord([], { billingAccount: undefined }), /"id": "<bcn>"/],
  ['a rate of nothing', billRecord([], { exchangeRate: { rate: '0', date: '2026-10-01', source: 'ECB' } }), /a rate above 0/],
  ['a text', 'BILL', /a bill \{"customerBill"/],
])('a bill with %s is refused, and the message says what would be right', (_, wrong, expected) => {
  expect(issuesOf(wrong).join('\n')).toMatch(expected);
});

test('a name of five megabytes is refused in a few words', () => {
  const issues = issuesOf(billRecord([line('1.00', { name: 'x'.repeat(5_000_000) })]));
  expect(issues.join('\n').length).toBeLessThan(500);
});

function issuesOf(record: unknown): string[] {
  const parsed = billSchema.safeParse(record);
  return parsed.success ? [] : fieldIssues(parsed.error, record).map(({ field, value, expected }) => `${field} is ${value}: ${expected}`);
}
