import { expect, test } from 'vitest';
import { customerSchema } from '../../../functions/directory/records.ts';
import { documentsPage } from '../../../functions/documents/page.ts';
import type { PaymentSaid } from '../../../functions/documents/payment-status.ts';
import type { InvoiceKind } from '../../../functions/documents/records.ts';
import { account, SELLERS } from './samples.ts';

const customer = (name: string) => customerSchema.parse({ ocn: 'C1001', name, legalEntityId: 'DE01', country: 'DE', language: 'de' });

function pageOf(kind: InvoiceKind, facts: object, name = 'Müller & Söhne', payment?: PaymentSaid): string {
  const document = {
    documentId: 'B4711/2026-10/x.pdf',
    ocn: 'C1001',
    bcn: 'B4711',
    period: '2026-10',
    kind,
    format: 'pdf',
    number: 'N-1',
    version: 1,
    key: 'key',
    sha256: '0'.repeat(64),
    bytes: 34_567,
    publicationId: 'p',
    publishedAt: '2026-11-04T06:00:00.000Z',
    href: '/d/token/x',
    facts: { currency: 'EUR', dueDate: '2026-12-04', ...facts },
    payment,
  } as const;
  const content = { language: 'en', period: '2026-10', account: account(), customer: customer(name), legalEntity: SELLERS.DE } as const;
  return documentsPage({ ...content, documents: [document] }).replaceAll('\u00a0', ' ');
}

test.each([
  ['invoice', { gross: '12.50', payable: '12.50' }, '12.50 EUR, due 4 Dec 2026 ·'],
  ['invoice', { gross: '0.00', payable: '0.00' }, '0.00 EUR, nothing to pay ·'],
  ['credit-note', { gross: '12.50', payable: '0.00' }, '12.50 EUR in your favour ·'],
  ['self-billed-invoice', { gross: '12.50', payable: '12.50' }, '12.50 EUR, paid to you by 4 Dec 2026 ·'],
  ['outpayment-statement', { gross: '12.50', payable: '12.50', dueDate: undefined }, '12.50 EUR ·'],
] as const)('%s of %j is told as "%s"', (kind, facts, told) => {
  expect(pageOf(kind, facts)).toContain(`<span>${told}`);
});

test('a name that account and customer share is told once', () => {
  const { name } = account();
  expect(pageOf('invoice', { gross: '1.00' }, name).split('Söhne Logistik').length - 1).toBe(1);
  expect(pageOf('invoice', { gross: '1.00' }).split('Söhne Logistik').length - 1).toBe(1);
});

test.each([
  [{ status: 'open', paid: '0.00' }, '<span>Not settled yet, as of 5 Nov 2026</span>'],
  [{ status: 'part-paid', paid: '4.50' }, '<span>4.50 EUR settled so far, as of 5 Nov 2026</span>'],
  [{ status: 'closed', paid: '12.50' }, '<span>Settled, as of 5 Nov 2026</span>'],
  [{ status: 'disputed', paid: '0.00' }, '<span>In dispute, as of 5 Nov 2026</span>'],
] as const)('a payment that is %j is told', (payment, told) => {
  expect(pageOf('invoice', { gross: '12.50' }, undefined, { ...payment, currency: 'EUR', asOf: '2026-11-05' })).toContain(told);
});

test.each([undefined, { status: 'not-applicable', paid: '0.00', currency: 'EUR', asOf: '2026-11-05' }] as const)(
  'nothing is told of the payment %j',
  (payment) => {
    expect(pageOf('invoice', { gross: '12.50' }, undefined, payment)).not.toContain('as of');
  },
);
