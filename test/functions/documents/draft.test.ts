import { expect, test } from 'vitest';
import { layoutDraft } from '../../../functions/documents/layout/draft-pages.ts';
import { layoutInvoice } from '../../../functions/documents/layout/invoice-pages.ts';
import type { Layout, Page, TextItem } from '../../../functions/documents/layout/page.ts';
import { draftPdf } from '../../../functions/documents/pdf.ts';
import { account, billOf, invoice, line } from './samples.ts';

const MARKS = [
  ['en', 'DRAFT, not a tax invoice'],
  ['de', 'ENTWURF, keine Rechnung'],
  ['fr', 'PROJET, ceci n’est pas une facture'],
  ['ja', 'DRAFT, not a tax invoice'],
] as const;

/** Enough lines for several pages. */
const long = billOf(Array.from({ length: 120 }, (_, i) => line('10.00', { id: String(i + 1), name: `Service ${i + 1}` })));
const NUMBER = 'RE-2026-000123';

test.each(MARKS)('in %s every page says "%s": across it, and where it is read', (language, mark) => {
  const { pages, title } = layoutDraft(invoice({ bill: long, language }));
  expect(pages.length).toBeGreaterThan(2);
  expect(title).toContain(mark);
  for (const page of pages) {
    const telling = textsOf(page).filter(({ text }) => text.includes(mark));
    expect(telling.map(({ turned }) => turned !== undefined)).toEqual([true, false]);
  }
});

test('a draft has no number, no dates and nothing to pay to', () => {
  const built = invoice({ number: NUMBER });
  const said = words(layoutDraft(built));
  const issued = words(layoutInvoice(built));
  const secrets = [NUMBER, built.paymentReference, '4. November 2026', '18. November 2026', 'DE02 1203 0000 0000 2020 51', 'BYLADEM1001'];
  const of = (text: string) => secrets.filter((secret) => text.includes(secret));
  expect(of(issued)).toEqual(secrets);
  expect(of(said)).toEqual([]);
});

test('a direct debit is not announced by a draft', () => {
  const debited = account({ paymentMethod: 'direct-debit', mandate: { reference: 'M-2024-1', accountMasked: 'DE02 **** 2051' } });
  expect(words(layoutInvoice(invoice({ account: debited })))).toContain('M-2024-1');
  expect(words(layoutDraft(invoice({ account: debited })))).not.toContain('M-2024-1');
});

test('lines, VAT and totals are those of the invoice', () => {
  const figures = (layout: Layout) => words(layout).match(/[\d.]+,\d\d(?!\d)/g);
  expect(figures(layoutDraft(invoice({ bill: long })))).toEqual(figures(layoutInvoice(invoice({ bill: long }))));
});

test('the same draft is the same bytes, whatever number it will have', async () => {
  const [first, second] = await Promise.all([draftPdf(invoice({ number: NUMBER })), draftPdf(invoice({ number: '0000000000000000' }))]);
  expect(first?.subarray(0, 5).toString()).toBe('%PDF-');
  expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
});

function textsOf({ items }: Page): TextItem[] {
  return items.filter((item): item is TextItem => item.kind === 'text');
}

function words({ pages }: Layout): string {
  return pages.flatMap((page) => textsOf(page).map(({ text }) => text)).join('\n');
}
