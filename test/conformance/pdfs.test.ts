import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { renderInvoice } from '../../functions/documents/pdf.ts';
import { renderUnl } from '../../functions/documents/unl-pdf.ts';
import { toDecimal } from '../../functions/money/money.ts';
import { saysAmount } from '../oracle/said.ts';
import { ask, isJudgeThere } from './judges.ts';
import { sampleInvoices, sampleNumberLists } from './sample-month.ts';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const invoices = sampleInvoices();
const lists = sampleNumberLists();

function written(name: string, pdf: Buffer): string {
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, pdf);
  return file;
}

/** What pdffonts has against a file, and its text as pdftotext reads it. */
function judged(name: string, pdf: Buffer): { faults: string[]; text: string } {
  const file = written(name, pdf);
  const fonts = ask('pdffonts', [file]).said.trim().split('\n').slice(2);
  const loose = fonts.filter((line) => !/ yes (yes|no ) (yes|no ) +\d+ +\d+$/.test(line));
  // In the order of the page, and in the order it was written: an address in two lines stands beside other facts.
  const text = ask('pdftotext', ['-layout', file, '-']).said + ask('pdftotext', ['-raw', file, '-']).said;
  return {
    faults: [
      ...(fonts.length === 0 ? ['pdffonts: no font'] : []),
      ...loose.map((line) => `not embedded: ${line}`),
      ...(/\uFFFD/.test(text) ? ['pdftotext: characters without a meaning'] : []),
    ],
    text,
  };
}

/** White space is where lines break, not what is said. */
const blankless = (text: string) => text.normalize('NFC').replaceAll(/\s/g, '');

test('the sample month has documents of every kind, umlauts and Japanese', () => {
  const kinds = new Set(invoices.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['credit-note', 'invoice', 'outpayment-statement', 'self-billed-invoice']);
  const names = invoices.flatMap(({ seller, buyer }) => [seller.name, buyer.name]).join();
  expect(names).toMatch(/[äöüß]/);
  expect(invoices.map(({ issuer }) => issuer.name).join()).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  expect(invoices.length).toBeGreaterThan(45);
  expect(Math.max(...lists.map(({ unl }) => unl.rows.length))).toBeGreaterThan(1000);
  process.stderr.write(`Judging ${invoices.length} invoices, credit notes and statements, and ${lists.length} number lists\n`);
});

const reads = isJudgeThere('pdffonts') && isJudgeThere('pdftotext');

describe.skipIf(!isJudgeThere('qpdf'))('qpdf finds nothing wrong', () => {
  const soundness = (pdf: Buffer) => ask('qpdf', ['--check', written('check', pdf)]);

  test.each(invoices.map((invoice) => ({ name: `${invoice.bcn} ${invoice.kind} ${invoice.number}`, invoice })))(
    'in $name',
    async ({ invoice }) => {
      const { status, said } = soundness(await renderInvoice(invoice));
      expect(status, said).toBe(0);
    },
  );

  test.each(lists.map((list) => ({ name: `${list.unl.bcn}, ${list.unl.totals.numbers} numbers`, list })))(
    'in $name',
    async ({ list: { unl, legalEntity, language } }) => {
      const { status, said } = soundness(await renderUnl(unl, legalEntity, language));
      expect(status, said).toBe(0);
    },
  );
});

describe.skipIf(!reads)('invoices, credit notes and statements', () => {
  test.each(invoices.map((invoice) => ({ name: `${invoice.bcn} ${invoice.kind} ${invoice.number}`, invoice })))(
    '$name',
    async ({ invoice }) => {
      const { faults, text } = judged(invoice.number, await renderInvoice(invoice));
      const said = blankless(text);
      const names = [invoice.seller.name, invoice.buyer.name, invoice.number, invoice.bcn, invoice.ocn];
      const lines = invoice.services.flatMap(({ sections }) => sections.flatMap((section) => section.lines));
      const amounts = [
        invoice.totals.net,
        invoice.totals.vat,
        invoice.totals.gross,
        ...invoice.vat.flatMap(({ base, amount }) => [base, amount]),
        ...lines.map(({ net }) => net),
      ].map(toDecimal);
      const flat = text.replaceAll(/\s+/g, ' ');
      expect([
        ...faults,
        ...names.filter((name) => !said.includes(blankless(name))).map((name) => `lacks ${name}`),
        ...amounts.filter((amount) => !saysAmount(flat, amount)).map((amount) => `lacks the amount ${amount}`),
        ...lines.filter(({ name }) => !flat.includes(name.split(' ')[0] ?? '')).map(({ name }) => `lacks the line ${name}`),
      ]).toEqual([]);
    },
  );
});

describe.skipIf(!reads)('number lists', () => {
  test.each(lists.map((list) => ({ name: `${list.unl.bcn}, ${list.unl.totals.numbers} numbers`, list })))('$name', async ({ list }) => {
    const { unl, legalEntity, language } = list;
    const { faults, text } = judged(`unl-${unl.bcn}`, await renderUnl(unl, legalEntity, language));
    const said = blankless(text);
    expect([...faults, ...unl.rows.filter(({ from }) => !said.includes(from)).map(({ from }) => `lacks ${from}`)]).toEqual([]);
  });
});
