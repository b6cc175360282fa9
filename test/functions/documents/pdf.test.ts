import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { PDFDict, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import { expect, test } from 'vitest';
import { renderInvoice } from '../../../functions/documents/pdf.ts';
import { buildUnl } from '../../../functions/documents/unl.ts';
import { renderUnl } from '../../../functions/documents/unl-pdf.ts';
import { account, billOf, invoice, line, SELLERS } from './samples.ts';

const JAPANESE = '株式会社サンプル電機 本社';

test('the same document is the same bytes, whatever was drawn in between', async () => {
  const first = await renderInvoice(invoice());
  await renderInvoice(invoice({ account: account({ name: `Łódź ${JAPANESE}` }) }));
  expect((await renderInvoice(invoice())).equals(first)).toBe(true);
});

test('another figure is other bytes', async () => {
  const [a, b] = await Promise.all([billOf([line('1.00')]), billOf([line('1.01')])].map((bill) => renderInvoice(invoice({ bill }))));
  expect(a && b && a.equals(b)).toBe(false);
});

test('an independent parser reads pages, title, author, language and date', async () => {
  const pdf = await PDFDocument.load(await renderInvoice(invoice()), { updateMetadata: false });
  expect(pdf.getPageCount()).toBe(1);
  expect(pdf.getTitle()).toBe('Rechnung RE-2026-000123');
  expect(pdf.getAuthor()).toBe('Beispielnetz GmbH');
  expect(pdf.getCreationDate()?.toISOString()).toBe('2026-11-04T00:00:00.000Z');
  expect(String(pdf.catalog.get(PDFName.of('Lang')))).toBe('(de)');
});

test('metadata is well-formed where a name has markup in it', async () => {
  const legalEntity = { ...SELLERS.DE, name: 'A & B <"Netz"> GmbH' };
  const bytes = await renderInvoice(invoice({ legalEntity }));
  expect(bytes.toString('latin1')).toContain('<rdf:li>A &amp; B &lt;&quot;Netz&quot;&gt; GmbH</rdf:li>');
});

test('every font is embedded as a subset; the Japanese one only where it is needed', async () => {
  expect(await fontsOf(await renderInvoice(invoice()))).toEqual(['IBMPlexSans-Regular', 'IBMPlexSans-SemiBold']);
  const japanese = await fontsOf(await renderInvoice(invoice({ account: account({ name: JAPANESE }) })));
  expect(japanese).toEqual(['IBMPlexSans-Regular', 'IBMPlexSans-SemiBold', 'NotoSansJP-Bold']);
});

test('text is extracted as it was written: umlauts, accents, Japanese', async (context) => {
  if (!present('pdftotext')) context.skip('pdftotext (poppler) is not on this machine');
  const lines = [line('1234567.89', { name: 'Accès Ľubica “Œuvre” ÄÖÜ' })];
  const text = extracted(
    await renderInvoice(invoice({ bill: billOf(lines), account: account({ name: JAPANESE }), legalEntity: SELLERS.FR, language: 'fr' })),
  );
  expect(text).toContain(JAPANESE);
  expect(text).toContain('Accès Ľubica “Œuvre” ÄÖÜ');
  expect(text).toMatch(/1\s234\s567,89/u);
});

test('qpdf finds nothing wrong', async (context) => {
  if (!present('qpdf')) context.skip('qpdf is not on this machine');
  const bytes = await renderInvoice(invoice({ account: account({ name: JAPANESE }) }));
  expect(inFile(bytes, (file) => said('qpdf', '--check', file))).toContain('No syntax or stream encoding errors found');
});

test('a number list of 5,000 ranges shows every one of them', async (context) => {
  const ranges = Array.from({ length: 5000 }, (_, i) => {
    const from = `+4930231${String(i * 10).padStart(6, '0')}`;
    const to = `+4930231${String(i * 10 + 9).padStart(6, '0')}`;
    return { bcn: 'B4711', from, to, country: 'DE', type: 'geographic' as const, status: 'active' as const, assignedOn: '2024-01-01' };
  });
  const unl = buildUnl(account(), ranges, '2026-10');
  const bytes = await renderUnl(unl, SELLERS.DE, 'de');
  expect((await renderUnl(unl, SELLERS.DE, 'de')).equals(bytes)).toBe(true);
  if (!present('pdftotext')) context.skip('pdftotext (poppler) is not on this machine');
  const text = extracted(bytes);
  expect(new Set(text.match(/\+4930231\d{6}(?= \u2013)/g)).size).toBe(5000);
  expect(text).toMatch(/Rufnummern insgesamt\s+50\.000/);
});

async function fontsOf(bytes: Buffer): Promise<string[]> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const dicts = pdf.context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFDict ? [object] : []));
  const descriptors = dicts.filter((dict) => String(dict.get(PDFName.of('Type'))) === '/FontDescriptor');
  expect(dicts.some((dict) => String(dict.get(PDFName.of('Subtype'))) === '/Type1')).toBe(false);
  return descriptors
    .map((descriptor) => {
      const file = descriptor.lookup(PDFName.of('FontFile2'));
      if (!(file instanceof PDFRawStream)) throw new Error('a font is not embedded');
      expect(inflateSync(file.contents).length).toBeLessThan(60_000);
      const [, name = ''] = /^\/[A-Z]{6}\+(.+)$/.exec(String(descriptor.get(PDFName.of('FontName')))) ?? [];
      return name;
    })
    .sort();
}

function said(program: string, ...args: string[]): string {
  return execFileSync(program, args, { maxBuffer: 64 * 1024 * 1024 }).toString();
}

function present(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function extracted(bytes: Buffer): string {
  return inFile(bytes, (file) => said('pdftotext', '-layout', file, '-'));
}

function inFile<Result>(bytes: Buffer, act: (file: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'carrierpost-pdf-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, bytes);
    return act(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
