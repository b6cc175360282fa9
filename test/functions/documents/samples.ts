import {
  type BillingAccount,
  billingAccountSchema,
  customerSchema,
  type LegalEntity,
  legalEntitySchema,
  type Service,
  serviceSchema,
} from '../../../functions/directory/records.ts';
import { type Bill, billSchema } from '../../../functions/documents/bill.ts';
import { buildInvoice, type Invoice, type InvoiceInput } from '../../../functions/documents/invoice.ts';

/** A seller in each country whose law we know. */
export const SELLERS = {
  DE: legalEntity({
    legalEntityId: 'DE01',
    name: 'Beispielnetz GmbH',
    country: 'DE',
    address: { street: 'Musterstraße 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
    vatId: 'DE999999999',
    registration: 'HRB 12345',
    legalFooter: { court: 'Amtsgericht Berlin', number: 'HRB 12345', directors: 'Änne Öhlmann, Günther Weiß', capital: '1.000.000 EUR' },
    bank: { name: 'Musterbank', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
    creditorId: 'DE98ZZZ09999999999',
    currency: 'EUR',
    calendar: 'DE',
    contact: { email: 'rechnung@beispielnetz.example', phone: '+49 30 23125000' },
    web: 'www.beispielnetz.example',
  }),
  GB: legalEntity({
    legalEntityId: 'GB01',
    name: 'Example Carrier Ltd',
    country: 'GB',
    address: { street: '1 Sample Street', postalCode: 'EC1A 1AA', city: 'London', country: 'GB' },
    vatId: 'GB999999999',
    registration: 'Company no. 00000001',
    bank: { name: 'Sample Bank', account: '00-00-00 12345678' },
    currency: 'GBP',
    calendar: 'GB-ENG',
    contact: { email: 'billing@example.com', phone: '+44 20 7946 0000' },
  }),
  FR: legalEntity({
    legalEntityId: 'FR01',
    name: 'Réseau Exemple SAS',
    country: 'FR',
    address: { street: '1 rue de l’Exemple', postalCode: '75002', city: 'Paris', country: 'FR' },
    vatId: 'FR00999999999',
    registration: 'RCS Paris 999 999 999',
    bank: { name: 'Banque Exemple', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR' },
    currency: 'EUR',
    calendar: 'FR',
    contact: { email: 'facturation@reseau.example', phone: '+33 1 99 00 00 00' },
  }),
  JP: legalEntity({
    legalEntityId: 'JP01',
    name: 'サンプル通信株式会社',
    country: 'JP',
    address: { street: '見本町一丁目2番3号', postalCode: '100-0000', city: '東京都千代田区', country: 'JP' },
    vatId: 'T1234567890123',
    registration: '法人番号 1234567890123',
    bank: { name: '例示銀行', account: '普通 0123456' },
    currency: 'JPY',
    taxRounding: 'down',
    calendar: 'JP',
    contact: { email: 'billing-jp@example.com', phone: '+81 3-5555-0100' },
  }),
} as const;

export function legalEntity(record: object): LegalEntity {
  return legalEntitySchema.parse(record);
}

export function account(over: object = {}): BillingAccount {
  return billingAccountSchema.parse({
    bcn: 'B4711',
    ocn: 'C1001',
    name: 'Müller & Söhne Logistik GmbH',
    address: { street: 'Größenweg 7', postalCode: '20457', city: 'Hamburg', country: 'DE' },
    vatId: 'DE888888888',
    currency: 'EUR',
    language: 'de',
    paymentTerms: { days: 14 },
    activeFrom: '2024-01-01',
    delivery: { attach: true, post: false },
    ...over,
  });
}

export function service(over: object = {}): Service {
  return serviceSchema.parse({
    serviceId: 'FRA/FRA/LE-123456',
    ownership: [{ bcn: 'B4711', from: '2024-01-01' }],
    product: 'Ethernet Line 1 Gbit/s',
    aEnd: 'Rechenzentrum Frankfurt, Kabelstraße 6',
    bEnd: 'Größenweg 7, Hamburg',
    ...over,
  });
}

export type LineRecord = Record<string, unknown> & { taxExcludedAmount: { unit: string; value: string } };

/** A line of the bill; amounts in EUR unless said otherwise. */
export function line(value: string, over: object = {}): LineRecord {
  return {
    id: '1',
    type: 'recurring',
    name: 'Ethernet Line 1 Gbit/s',
    taxExcludedAmount: { unit: 'EUR', value },
    appliedTax: [{ taxCategory: 'S', taxRate: '19' }],
    ...over,
  };
}

/** A bill as the carrier's system writes it, before any schema has seen it. */
export function billRecord(lines: readonly LineRecord[], header: object = {}) {
  return {
    customerBill: {
      id: 'BILL-1',
      revision: 0,
      billingAccount: { id: 'B4711' },
      category: 'normal',
      billingPeriod: { startDateTime: '2026-10-01', endDateTime: '2026-12-01' },
      taxExcludedAmount: { unit: 'EUR', value: '1234.50' },
      taxIncludedAmount: { unit: 'EUR', value: '1469.06' },
      taxItem: [{ taxCategory: 'S', taxRate: '19', taxAmount: { unit: 'EUR', value: '234.56' } }],
      ...header,
    },
    appliedCustomerBillingRate: lines,
  };
}

/** The bill that export.md shows. */
export const CONTRACT_BILL = billRecord([
  line('950.00', {
    product: { id: 'FRA/FRA/LE-123456' },
    periodCoverage: { startDateTime: '2026-11-01', endDateTime: '2026-12-01' },
    quantity: '1',
    unitOfMeasure: 'month',
    unitPrice: '950.00',
    priceBaseQuantity: '1',
  }),
  line('284.50', {
    id: '2',
    type: 'usage',
    name: 'Calls to mobile networks',
    callClass: 'mobile',
    product: { id: 'SIP-889' },
    periodCoverage: { startDateTime: '2026-10-01', endDateTime: '2026-11-01' },
    calls: 812,
    seconds: 55784,
  }),
]);

export function bill(record: object): Bill {
  return billSchema.parse(record);
}

export function invoiceInput(over: Partial<InvoiceInput> = {}): InvoiceInput {
  return {
    bill: bill(CONTRACT_BILL),
    account: account(),
    customer: customerSchema.parse({ ocn: 'C1001', name: 'Müller & Söhne', legalEntityId: 'DE01', country: 'DE', language: 'de' }),
    legalEntity: SELLERS.DE,
    services: new Map([service(), service({ serviceId: 'SIP-889', product: 'SIP Trunk', bEnd: undefined })].map((s) => [s.serviceId, s])),
    period: '2026-10',
    number: 'RE-2026-000123',
    issueDate: '2026-11-04',
    language: 'de',
    ...over,
  };
}

export function invoice(over: Partial<InvoiceInput> = {}): Invoice {
  return buildInvoice(invoiceInput(over));
}

/** A bill that sums up: the header is computed from the lines. For layout, where only the lines vary. */
export function billOf(lines: readonly LineRecord[], header: object = {}): Bill {
  const cents = lines.reduce((total, { taxExcludedAmount }) => total + BigInt(taxExcludedAmount.value.replace('.', '')), 0n);
  const text = (value: bigint): string => {
    const digits = String(value < 0n ? -value : value).padStart(3, '0');
    return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  };
  const tax = (cents * 19n + (cents < 0n ? -50n : 50n)) / 100n;
  return bill(
    billRecord(lines, {
      taxExcludedAmount: { unit: 'EUR', value: text(cents) },
      taxIncludedAmount: { unit: 'EUR', value: text(cents + tax) },
      taxItem: [{ taxCategory: 'S', taxRate: '19', taxAmount: { unit: 'EUR', value: text(tax) } }],
      ...header,
    }),
  );
}
