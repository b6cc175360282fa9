import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf } from '../../../../functions/documents/cdr/blocks.ts';
import { newRow, splitRow, textOf } from '../../../../functions/documents/cdr/row.ts';

const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '日', ' ', ',', '"', '\n', '\r', '-', '7'), maxLength: 6 });
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 }));

async function rowsOf(chunks: readonly Buffer[]): Promise<string[][]> {
  const row = newRow();
  const rows: string[][] = [];
  for await (const block of blocksOf(Readable.from(chunks))) {
    for (let at = 0; at < block.length; ) {
      at = splitRow(block, at, row);
      if (at < 0) throw new Error('a quote is wrong');
      rows.push(Array.from({ length: row.count }, (_, field) => textOf(row, field)));
    }
  }
  return rows;
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

test('any table written by csv-stringify is read back, however it is cut, packed, marked and terminated', async () => {
  const form = fc.record({
    size: fc.integer({ min: 1, max: 40 }),
    gzip: fc.boolean(),
    bom: fc.boolean(),
    crlf: fc.boolean(),
    last: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(table, form, async (rows, { size, gzip, bom, crlf, last }) => {
      const end = crlf ? '\r\n' : '\n';
      const text = stringify(rows, { bom, quoted: true, record_delimiter: end });
      const bytes = Buffer.from(last ? text : text.slice(0, -end.length));
      expect(await rowsOf(cut(gzip ? gzipSync(bytes) : bytes, size))).toEqual(rows);
    }),
  );
});

test.each([
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,\n,b\n',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
  ['"a,1","say ""hi"""\n', [['a,1', 'say "hi"']]],
  [
    'plain,"two\nlines"\r\nx,y',
    [
      ['plain', 'two\nlines'],
      ['x', 'y'],
    ],
  ],
  ['a,"b"', [['a', 'b']]],
])('%j holds %j', async (text, rows) => {
  expect(await rowsOf([Buffer.from(text)])).toEqual(rows);
});

test.each(['a,"b\nc,d\n', 'a,b"c\n', '"a"b,c\n', 'a,"'])('%j is refused', async (text) => {
  await expect(rowsOf([Buffer.from(text)])).rejects.toThrow('a quote is wrong');
});

test('a row without an end is refused before it fills the memory', async () => {
  const endless = Array.from({ length: 50 }, () => Buffer.alloc(10_000, 'x'));
  await expect(rowsOf(endless)).rejects.toThrow('the row is longer than 65536 bytes: a line feed or a closing quote is missing');
});
