import { contactSchema, customerSchema, type NumberRange, numberRangeSchema } from '../../../functions/directory/records.ts';
import type { ChargedNumber } from '../../../functions/documents/cdr/charged-numbers.ts';
import { buildInvoice } from '../../../functions/documents/invoice.ts';
import { layoutInvoice } from '../../../functions/documents/layout/invoice-pages.ts';
import type { CheckInput } from '../../../functions/invoice-checks/check.ts';
import { printedTexts } from '../../../functions/invoice-checks/printed.ts';
import { account, billOf, type LineRecord, line, SELLERS, service } from '../documents/samples.ts';

/** What a draft is made of; everything that is missing is as in the clean one. */
export interface Draft {
  readonly lines?: readonly LineRecord[];
  readonly header?: object;
  readonly account?: object;
  readonly customer?: object;
  readonly parts?: Partial<CheckInput>;
  /** Changes the finished input: what was built, printed or read otherwise. */
  readonly change?: (input: CheckInput) => CheckInput;
}

export const LINE = 'FRA/FRA/LE-123456';
export const TRUNK = 'SIP-889';

const span = (startDateTime: string, endDateTime: string) => ({ periodCoverage: { startDateTime, endDateTime } });
const october = span('2026-10-05', '2026-11-01');
const november = span('2026-11-01', '2026-12-01');
const of = (id: string) => ({ product: { id } });

/** Activated on 5 October: a part of October and, in advance, November; a discount of 10 %; the trunk in arrears, with its calls. */
export const LINES = {
  october: line('827.42', { id: '1', name: 'Ethernet Line 1 Gbit/s, part month', ...of(LINE), ...october }),
  november: line('950.00', { id: '2', ...of(LINE), ...november }),
  discountOctober: line('-82.74', { id: '3', type: 'credit', name: 'Contract discount 10 %', ...of(LINE), ...october }),
  discountNovember: line('-95.00', { id: '4', type: 'credit', name: 'Contract discount 10 %', ...of(LINE), ...november }),
  setup: line('1200.00', { id: '5', type: 'one-off', name: 'Set-up fee', ...of(LINE), ...span('2026-10-05', '2026-10-06') }),
  trunk: line('205.11', { id: '6', name: 'SIP Trunk, part month', ...of(TRUNK), ...october }),
  calls: line('284.50', { id: '7', type: 'usage', name: 'Mobile calls', callClass: 'mobile', ...of(TRUNK), ...october }),
} as const;

export const SERVICES = [
  service({
    ownership: [{ bcn: 'B4711', from: '2026-10-05' }],
    prices: [{ from: '2026-10-05', amount: '950.00', interval: 'month', inAdvance: true }],
    discounts: [{ from: '2026-10-05', percent: '10' }],
    setupFee: '1200.00',
  }),
  service({
    serviceId: TRUNK,
    product: 'SIP Trunk',
    bEnd: undefined,
    ownership: [{ bcn: 'B4711', from: '2026-10-05' }],
    prices: [{ from: '2026-10-05', amount: '235.50', interval: 'month', inAdvance: false }],
  }),
];

const ACCOUNT = {
  vatIdCheckedOn: '2026-10-01',
  activeFrom: '2026-10-05',
  purchaseOrderRequired: true,
  purchaseOrders: [{ number: 'PO-1', validFrom: '2026-10-01', amount: '5000' }],
  quote: { monthly: '1090.50' },
};

export const CONTACT = contactSchema.parse({
  contactId: 'P1',
  ocn: 'C1001',
  name: 'Jo Example',
  email: 'jo@customer.example',
  language: 'de',
  timeZone: 'Europe/Berlin',
  roles: ['billing'],
});

export const USAGE = {
  byClass: { mobile: { calls: 812, seconds: 55_784, charge: '284.49501' } },
  late: 0,
  duplicates: 0,
  problems: [],
  problemCount: 0,
  charged: [charged('+493023125101', '2026-10-06', '2026-10-20')],
};

/** The input of the checks for a draft. */
export function draft(over: Draft = {}): CheckInput {
  const own = account({ ...ACCOUNT, ...over.account });
  const customer = customerSchema.parse({
    ocn: 'C1001',
    name: 'Müller & Söhne',
    legalEntityId: 'DE01',
    country: 'DE',
    language: 'de',
    ...over.customer,
  });
  const legalEntity = over.parts?.legalEntity ?? SELLERS.DE;
  const services = over.parts?.services ?? SERVICES;
  const header = { billingPeriod: { startDateTime: '2026-10-05', endDateTime: '2026-12-01' }, ...over.header };
  const bill = billOf(over.lines ?? Object.values(LINES), header);
  const facts = { period: '2026-10', issueDate: '2026-11-04' };
  const known = new Map(services.map((each) => [each.serviceId, each]));
  const invoice = buildInvoice({ bill, account: own, customer, legalEntity, services: known, ...facts, number: 'RE-1', language: 'de' });
  const input: CheckInput = {
    ...facts,
    first: true,
    bill,
    others: [],
    leading: true,
    invoice,
    printed: printedTexts(layoutInvoice(invoice)),
    account: own,
    customer,
    legalEntity,
    services,
    contacts: [{ contact: CONTACT, reachable: true }],
    numbers: numbersOf(range()),
    usage: USAGE,
    ...over.parts,
  };
  return over.change ? over.change(input) : input;
}

export function charged(number: string, ...days: string[]): ChargedNumber {
  return { number, calls: 812, days };
}

export function range(over: object = {}): NumberRange {
  return numberRangeSchema.parse({
    bcn: 'B4711',
    from: '+493023125100',
    to: '+493023125199',
    country: 'DE',
    type: 'geographic',
    status: 'active',
    assignedOn: '2026-10-05',
    ...over,
  });
}

export function numbersOf(...ranges: NumberRange[]): CheckInput['numbers'] {
  return { ranges, ownerOf: ({ bcn }) => bcn };
}
