import { expect, test } from 'vitest';
import { firstOfSeries, numberOf } from '../../../../functions/billing/number-series.ts';
import { buildInvoice } from '../../../../functions/documents/invoice.ts';
import { documentKindOf, seriesOf } from '../../../../functions/documents/invoice-kind.ts';
import { renderInvoice } from '../../../../functions/documents/pdf.ts';
import type { CheckInput } from '../../../../functions/invoice-checks/check.ts';
import { taxCategory } from '../../../../functions/invoice-checks/tax-category.ts';
import { canReadPdf, pdfText } from '../../../oracle/pdf.ts';
import { account, bill, billRecord, invoiceInput, line, SELLERS } from '../samples.ts';
import { WORDING, type WordingRow } from './wording-rows.ts';

const LANGUAGES = ['en', 'de', 'fr'] as const;
const ISSUED = '2026-11-04';

const TITLES = {
  invoice: { en: 'Invoice', de: 'Rechnung', fr: 'Facture' },
  'credit-note': { en: 'Credit note', de: 'Rechnungskorrektur', fr: 'Avoir' },
  'self-billed-invoice': { en: 'Self-billed invoice', de: 'Gutschrift', fr: 'Autofacture' },
  'outpayment-statement': { en: 'Outpayment statement', de: 'Auszahlungsabrechnung', fr: 'Relevé de reversement' },
} as const;
const ROLES = {
  en: (seller: string, buyer: string) => `Supplier: ${seller}. Customer: ${buyer}.`,
  de: (seller: string, buyer: string) => `Leistender: ${seller}. Leistungsempfänger: ${buyer}.`,
  fr: (seller: string, buyer: string) => `Fournisseur : ${seller}. Client : ${buyer}.`,
} as const;

test.each(
  WORDING.map(
    (row) => [`${row.from} to ${row.to}, ${row.reseller ? 'a reseller' : 'no reseller'}, ${row.category}, ${row.kind}`, row] as const,
  ),
)('%s', async (_, row) => {
  const own = inputOf(row);
  const { legalEntityId } = own.legalEntity;
  expect(documentKindOf(own.bill)).toBe(row.kind);
  expect(seriesOf(row.kind, legalEntityId, 'C1001', ISSUED)).toBe(`${legalEntityId}/${row.series}`);
  const check = { ...own, invoice: buildInvoice(own) };
  expect(taxCategory.compare(check as unknown as CheckInput) ?? [], 'the check agrees with the category').toEqual([]);
  for (const language of LANGUAGES) {
    const paper = buildInvoice({ ...own, language });
    const carrier = [paper.seller.name, paper.buyer.name].indexOf(own.legalEntity.name);
    expect(carrier, 'who sells').toBe(row.seller === 'carrier' ? 0 : 1);
    if (!canReadPdf) continue;
    const text = pdfText(await renderInvoice(paper));
    // Beside a category outside the scope stands no rate.
    if (row.category !== 'O') expect(text, `${language}: the rate`).toMatch(new RegExp(`(?<![\\d.,])${row.rate} ?%`));
    const named = ({ name, vatId }: typeof paper.seller) => (vatId ? `${name} (${vatId})` : name);
    const roles = row.seller === 'customer' ? [ROLES[language](named(paper.seller), named(paper.buyer))] : [];
    const wanted = [TITLES[row.kind][language], own.number, ...roles, ...row.says[language]];
    expect(
      wanted.filter((words) => !text.includes(words)),
      `${language}: ${row.source}`,
    ).toEqual([]);
  }
});

/** A document of one line of 100, as the carrier's system would deliver it. */
function inputOf({ from, to, reseller, category, rate, kind }: WordingRow) {
  const legalEntity = SELLERS[from];
  const { currency } = legalEntity;
  const yen = currency === 'JPY';
  const amount = (whole: number) => ({ unit: currency, value: yen ? `${whole}` : `${whole}.00` });
  const appliedTax = [{ taxCategory: category, taxRate: rate }];
  // In the United Kingdom resellers owe the tax of calls alone; what is no rate of the country has a reason of the carrier's.
  const own = line('100.00', { type: 'usage', callClass: 'mobile', taxExcludedAmount: amount(100), appliedTax });
  const categories = {
    invoice: 'normal',
    'credit-note': 'credit-note',
    'self-billed-invoice': 'self-billed',
    'outpayment-statement': 'outpayment',
  };
  const header = {
    category: categories[kind],
    taxExcludedAmount: amount(100),
    taxIncludedAmount: amount(100 + Number(rate)),
    taxItem: rate === '0' ? [] : [{ ...appliedTax[0], taxAmount: amount(Number(rate)) }],
    correctsInvoices: kind === 'credit-note' ? [{ number: 'INV-7', issueDate: '2026-10-05' }] : undefined,
    correctionReason: kind === 'credit-note' ? 'X' : undefined,
  };
  const series = firstOfSeries(legalEntity, kind, 'C1001', ISSUED);
  return invoiceInput({
    bill: bill(billRecord([own], header)),
    account: account({
      currency,
      address: { street: 'Größenweg 7', postalCode: '20457', city: 'Hamburg', country: to },
      taxStatus: { telecomReseller: reseller, certificate: 'USt 1 TQ 1', validTo: '2027-12-31' },
      selfBilling: { agreement: 'SB-1', validTo: '2027-12-31' },
    }),
    legalEntity,
    number: numberOf(series, series.next),
    issueDate: ISSUED,
  });
}
