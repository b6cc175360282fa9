import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastDay } from '../../functions/calendars/dates.ts';
import {
  type BillingAccount,
  billingAccountSchema,
  type Customer,
  customerSchema,
  type LegalEntity,
  legalEntitySchema,
  type NumberRange,
  numberRangeSchema,
  type Service,
  serviceSchema,
} from '../../functions/directory/records.ts';
import { billSchema } from '../../functions/documents/bill.ts';
import { checkBill } from '../../functions/documents/check-bill.ts';
import { buildInvoice, type Invoice } from '../../functions/documents/invoice.ts';
import type { OverviewContent } from '../../functions/documents/overview-page.ts';
import type { PaymentSaid } from '../../functions/documents/payment-status.ts';
import type { DocumentKind } from '../../functions/documents/records.ts';
import { buildUnl, type Unl } from '../../functions/documents/unl.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
const PERIOD = '2026-10';
const ISSUE_DATE = '2026-11-04';

const byId = <T>(records: readonly T[], idOf: (record: T) => string) => new Map(records.map((record) => [idOf(record), record]));

function lines<T>(name: string, schema: { parse(value: unknown): T }): T[] {
  const text = readFileSync(join(SAMPLES, 'directory', `${name}.jsonl`), 'utf8').trim();
  return text.split('\n').map((line) => schema.parse(JSON.parse(line)));
}

const entities: LegalEntity[] = JSON.parse(readFileSync(join(SAMPLES, 'directory/legal-entities.json'), 'utf8')).map((record: unknown) =>
  legalEntitySchema.parse(record),
);
const entityOf = byId(entities, ({ legalEntityId }) => legalEntityId);
const customers = byId<Customer>(lines('customers', customerSchema), ({ ocn }) => ocn);
const accounts = lines<BillingAccount>('billing-accounts', billingAccountSchema);
const services = byId<Service>(lines('services', serviceSchema), ({ serviceId }) => serviceId);
const ranges = Map.groupBy(lines<NumberRange>('numbers', numberRangeSchema), ({ bcn }) => bcn);

/** The documents of the sample month that are issued: every bill that its check finds nothing wrong with, numbered in passing. */
export function sampleInvoices(): Invoice[] {
  const files = globSync(join(SAMPLES, `billing/${PERIOD}/bills/*.json`)).sort();
  return files.flatMap((file, index) => {
    const bill = billSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    const account = accounts.find(({ bcn }) => bcn === bill.data?.customerBill.billingAccount.id);
    if (!bill.success || !account) return [];
    const { customer, legalEntity } = served(account);
    if (checkBill(bill.data, { account, legalEntity, period: PERIOD }).length > 0) return [];
    const number = `S-${String(index + 1).padStart(6, '0')}`;
    return [
      buildInvoice({
        bill: bill.data,
        account,
        customer,
        legalEntity,
        services,
        period: PERIOD,
        number,
        issueDate: ISSUE_DATE,
        language: account.language,
      }),
    ];
  });
}

/** The number lists of the sample month, with the paper each is printed on. */
export function sampleNumberLists(): { unl: Unl; legalEntity: LegalEntity; language: string }[] {
  return accounts.flatMap((account) => {
    const unl = buildUnl(account, ranges.get(account.bcn) ?? [], PERIOD);
    return unl.rows.length === 0 ? [] : [{ unl, legalEntity: served(account).legalEntity, language: account.language }];
  });
}

const ON = { currency: 'EUR', asOf: '2026-11-20' } as const;
/** Where payments may stand. */
const PAYMENTS: Readonly<Partial<Record<DocumentKind, PaymentSaid>>> = {
  invoice: { ...ON, status: 'part-paid', paid: '1234000.00' },
  'credit-note': { ...ON, status: 'closed', paid: '12.00' },
  'self-billed-invoice': { ...ON, status: 'disputed', paid: '0.00' },
  'outpayment-statement': { ...ON, status: 'open', paid: '0.00' },
};

/** Everything a document page shows of an account: one document of each kind and format. */
export function samplePages(language: 'en' | 'de' | 'fr') {
  const account = accounts.find((one) => one.language === language) as BillingAccount;
  const facts = { gross: '1234567.89', payable: '1234567.89', currency: account.currency, dueDate: '2026-12-04' };
  const documents = (
    [
      ['invoice', 'pdf', 'DE26004711'],
      ['credit-note', 'pdf', 'DEC26000001'],
      ['self-billed-invoice', 'pdf', 'DES26100234-000001'],
      ['outpayment-statement', 'pdf', 'DEP26000001'],
      ['cdr', 'csv.gz', undefined],
      ['unl', 'csv', undefined],
      ['unl', 'pdf', undefined],
    ] as const
  ).map(([kind, format, number]) => ({
    documentId: `${account.bcn}/${PERIOD}/${kind}-${number ?? account.bcn}.${format}`,
    ocn: account.ocn,
    bcn: account.bcn,
    period: PERIOD,
    kind,
    format,
    number,
    version: 1,
    key: 'key',
    sha256: '0'.repeat(64),
    bytes: kind === 'cdr' ? 48_123_456 : 34_567,
    publicationId: 'sample',
    publishedAt: `${lastDay(PERIOD)}T07:00:00.000Z`,
    href: `/d/token/${kind}`,
    ...(number ? { facts, payment: PAYMENTS[kind] } : {}),
  }));
  return { language, period: PERIOD, account, ...served(account), documents };
}

/** Everything the page of all documents shows: two periods of two accounts, on a page in the middle; and nothing at all. */
export function sampleOverviews(language: 'en' | 'de' | 'fr'): { readonly name: string; readonly content: OverviewContent }[] {
  const { documents, account, ...rest } = samplePages(language);
  const other = { ...account, bcn: 'B10020199', name: 'Donaudampfschifffahrtsgesellschaftsanschlussbereitstellung & Söhne' };
  const all = ['2026-10', '2026-09'].flatMap((period) =>
    [account, other].flatMap(({ bcn }) => documents.map((document) => ({ ...document, bcn, period }))),
  );
  const base = { ...rest, accounts: [account, other] };
  return [
    { name: 'all documents', content: { ...base, documents: all, earlier: '/documents/token?after=x', newest: '/documents/token' } },
    { name: 'all documents, none', content: { ...base, documents: [] } },
  ];
}

function served({ ocn }: BillingAccount): { customer: Customer; legalEntity: LegalEntity } {
  const customer = customers.get(ocn) as Customer;
  return { customer, legalEntity: entityOf.get(customer.legalEntityId) as LegalEntity };
}
