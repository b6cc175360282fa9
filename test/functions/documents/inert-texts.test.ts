import fc from 'fast-check';
import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import { expect, test } from 'vitest';
import { renderInvoice } from '../../../functions/documents/pdf.ts';
import { account, billOf, invoice, line, SELLERS } from './samples.ts';

const PIECES = [
  '<script>',
  '</rdf:li>',
  '{{ocn}}',
  '\r\n',
  ') Tj ET',
  '(',
  '\\',
  '%',
  '>>',
  '/JS (x)',
  '\u202e',
  '"',
  '&',
  '日本',
  'é',
  'x',
];
const TEXTS = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }).map((pieces) => `N${pieces.join('')}`);

test('a text from outside is text in a PDF: no action, no link, no form, and metadata that a reader can parse', async () => {
  await fc.assert(
    fc.asyncProperty(TEXTS, async (name) => {
      const legalEntity = { ...SELLERS.DE, name };
      const bytes = await renderInvoice(invoice({ legalEntity, account: account({ name }), bill: billOf([line('1.00', { name })]) }));
      const pdf = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
      const dicts = pdf.context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFDict ? [object] : []));
      const active = ['JS', 'JavaScript', 'AA', 'OpenAction', 'URI', 'AcroForm', 'Annots', 'EmbeddedFile'];
      expect(dicts.flatMap((dict) => active.filter((key) => dict.has(PDFName.of(key))))).toEqual([]);
      const [metadata = ''] = /<\?xpacket begin[\s\S]*<\?xpacket end/.exec(bytes.toString('latin1')) ?? [];
      expect(metadata.match(/<script|<\/rdf:li><\/rdf:li>|&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/gi)).toBeNull();
      expect(metadata.match(/<rdf:li/g)?.length).toBe(metadata.match(/<\/rdf:li>/g)?.length);
    }),
    { numRuns: 25 },
  );
});
