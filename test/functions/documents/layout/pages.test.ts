import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Invoice } from '../../../../functions/documents/invoice.ts';
import { layoutInvoice } from '../../../../functions/documents/layout/invoice-pages.ts';
import type { Layout, Page, TextItem } from '../../../../functions/documents/layout/page.ts';
import { LEFT, PAGE, RIGHT } from '../../../../functions/documents/layout/style.ts';
import { widthOf } from '../../../../functions/documents/typesetting/shape.ts';
import { account, billOf, invoice, legalEntity, line, SELLERS, service } from '../samples.ts';

const MILLIMETRE = 72 / 25.4;

/** Capitals reach 0.7 of the size above the baseline, tails 0.22 below. */
const boxOf = ({ x, y, text, weight, size }: TextItem) => ({
  left: x,
  right: x + widthOf(text, weight, size),
  top: y - size * 0.7,
  bottom: y + size * 0.22,
  text,
});

const textsOf = ({ items }: Page): TextItem[] => items.filter((item): item is TextItem => item.kind === 'text');
const words = ({ pages }: Layout): string =>
  pages
    .map((page) =>
      textsOf(page)
        .map(({ text }) => text)
        .join('\n'),
    )
    .join('\n');

/** What stands at the left margin: descriptions without the figures beside them. */
const leftColumn = ({ pages }: Layout): string =>
  pages
    .map((page) =>
      textsOf(page)
        .filter(({ x }) => Math.abs(x - LEFT) < 0.1)
        .map(({ text }) => text)
        .join('\n'),
    )
    .join('\n');

const blankless = (text: string): string => text.replaceAll(/\s/g, '');

/** Pairs of texts that cover each other, and texts that leave the page's margins. */
function faultsOf({ pages }: Layout): string[] {
  return pages.flatMap((page, number) => {
    const boxes = textsOf(page)
      .map(boxOf)
      .sort((a, b) => a.top - b.top);
    const outside = boxes.filter((box) => box.left < LEFT - 0.1 || box.right > RIGHT + 0.1 || box.top < 0 || box.bottom > PAGE.height);
    const covered = boxes.flatMap((a, i) => {
      const hits: string[] = [];
      for (let j = i + 1; j < boxes.length; j += 1) {
        const b = boxes[j];
        if (!b || b.top >= a.bottom) break;
        if (b.left < a.right - 0.05 && a.left < b.right - 0.05) hits.push(`page ${number + 1}: "${a.text}" and "${b.text}" overlap`);
      }
      return hits;
    });
    return [...outside.map(({ text }) => `page ${number + 1}: "${text}" leaves the page`), ...covered];
  });
}

const long = (words_: number): string =>
  Array.from({ length: words_ }, (_, i) => ['Vereinigte', 'Übersee-Handelsgesellschaft', 'für', 'Größen'][i % 4]).join(' ');

const CASES: [string, () => Invoice][] = [
  ['the contract’s bill', () => invoice()],
  ['in English from London', () => invoice({ legalEntity: SELLERS.GB, language: 'en' })],
  ['in French from Paris', () => invoice({ legalEntity: SELLERS.FR, language: 'fr' })],
  [
    'from Tokyo to a Japanese name',
    () =>
      invoice({
        legalEntity: SELLERS.JP,
        language: 'en',
        account: account({
          name: '株式会社サンプル電機 本社',
          address: { street: '例示一丁目4番5号', postalCode: '105-0000', city: '東京都港区', country: 'JP' },
        }),
      }),
  ],
  [
    'by direct debit',
    () => invoice({ account: account({ paymentMethod: 'direct-debit', mandate: { reference: 'M-1', accountMasked: 'DE** 3417' } }) }),
  ],
  ['a credit note', () => invoice({ bill: billOf([line('-9.99', { type: 'credit' })]) })],
  ['a self-billed invoice', () => invoice({ bill: billOf([line('5.00')], { category: 'self-billed' }) })],
  ['an outpayment statement', () => invoice({ bill: billOf([line('5.00')], { category: 'outpayment' }), language: 'fr' })],
  ['a total of nothing', () => invoice({ bill: billOf([line('0.00')]) })],
  ['a name of 5,000 characters', () => invoice({ account: account({ name: long(400) }) })],
  ['a name of one word of 5,000 characters', () => invoice({ account: account({ name: 'W'.repeat(5000) }) })],
  [
    'a seller with a long name and long registrations',
    () =>
      invoice({
        legalEntity: legalEntity({ ...SELLERS.DE, name: long(60), registration: long(60), legalFooter: { directors: long(60) } }),
      }),
  ],
  [
    'references as long as they may be',
    () =>
      invoice({
        account: account({
          buyerReference: 'B'.repeat(200),
          customerReference: long(11),
          purchaseOrders: [{ number: 'P'.repeat(100), validFrom: '2020-01-01' }],
        }),
      }),
  ],
  [
    'amounts of twelve digits',
    () =>
      invoice({
        bill: billOf([
          line('123456789012.34', { quantity: '1', unitPrice: '123456789012.34' }),
          line('-999999999.99', { id: '2', type: 'credit' }),
        ]),
      }),
  ],
  [
    'a line name of 300 characters and a note of 1,000',
    () => invoice({ bill: billOf([line('1.00', { name: 'N'.repeat(300), note: long(60) })]) }),
  ],
  [
    'a place of 2,000 characters',
    () => invoice({ services: new Map([['FRA/FRA/LE-123456', service({ aEnd: long(100), bEnd: long(20) })]]) }),
  ],
];

describe.each(CASES)('%s', (_, make) => {
  const layout = layoutInvoice(make());

  test('nothing overlaps and nothing leaves the page', () => {
    expect(faultsOf(layout)).toEqual([]);
  });

  test('number, total and every line are there', () => {
    const document = make();
    expect(words(layout)).toContain(document.number);
    const left = blankless(leftColumn(layout));
    for (const { name } of document.services.flatMap(({ sections }) => sections.flatMap((section) => section.lines))) {
      expect(left).toContain(blankless(name));
    }
  });
});

test('a name that has no room in the window is told in full', () => {
  const name = long(60);
  const said = words(layoutInvoice(invoice({ account: account({ name }) })));
  expect(blankless(said)).toContain(blankless(`Vollständiger Name: ${name}`));
});

test('a document in which the customer sells says who sells to whom, and speaks of no charges', () => {
  const own = invoice({ bill: billOf([line('5.00')], { category: 'self-billed' }), language: 'en' });
  const said = words(layoutInvoice(own));
  expect(said).toContain('Supplier: Müller & Söhne Logistik GmbH (DE888888888). Customer: Beispielnetz GmbH (DE999999999).');
  expect(said).not.toContain('Your charges');
  expect(said).toContain('Payable to you');
});

test('a footer tells a register once', () => {
  const [first] = layoutInvoice(invoice()).pages;
  const registers = first ? textsOf(first).filter(({ text }) => text.includes('HRB 12345')) : [];
  expect(registers.map(({ text }) => text)).toEqual(['Amtsgericht Berlin HRB 12345']);
});

test('direct debit tells mandate and account, and no bank to pay to', () => {
  const mandate = { reference: 'NG-M-2023-00871', accountMasked: 'DE** 3417' };
  const said = words(layoutInvoice(invoice({ account: account({ paymentMethod: 'direct-debit', mandate }), language: 'en' })));
  expect(said).toContain('NG-M-2023-00871');
  expect(said).toContain('DE** 3417');
  expect(said).not.toContain('BYLADEM1001');
});

test('a Japanese address is read from its postcode, the name below and honoured', () => {
  const address = { street: '例示一丁目4番5号', postalCode: '105-0000', city: '東京都港区', country: 'JP' };
  const layout = layoutInvoice(invoice({ legalEntity: SELLERS.JP, account: account({ name: '株式会社サンプル電機', address }) }));
  const [page] = layout.pages;
  const window = page ? textsOf(page).filter(({ x, y, size }) => Math.abs(x - LEFT) < 0.1 && size === 9.5 && y < 60 * MILLIMETRE) : [];
  expect(window.sort((a, b) => a.y - b.y).map(({ text }) => text)).toEqual([
    '〒105-0000',
    '東京都港区例示一丁目4番5号',
    '株式会社サンプル電機 御中',
  ]);
});

test('3,000 lines stand on as many pages as they need, each with the table’s head and its number', () => {
  const lines = Array.from({ length: 3000 }, (_, i) =>
    line('1.00', { id: String(i), name: `Posten ${i}`, product: { id: `SD-${1000 + (i % 500)}` } }),
  );
  const layout = layoutInvoice(invoice({ bill: billOf(lines) }));
  expect(faultsOf(layout)).toEqual([]);
  const count = layout.pages.length;
  for (const [i, page] of layout.pages.entries()) {
    const said = textsOf(page).map(({ text }) => text);
    expect(said).toContain(`Seite ${i + 1} von ${count}`);
    if (said.some((text) => text.startsWith('Posten'))) expect(said).toContain('Beschreibung');
  }
  const names = new Set(layout.pages.flatMap((page) => textsOf(page).map(({ text }) => text)).filter((text) => /^Posten \d+$/.test(text)));
  expect(names.size).toBe(3000);
});

test.each([
  ['DIN 5008 form B', 'DE', { left: 20, right: 105, top: 45, bottom: 90 }],
  ['a DL window of BS 4264', 'GB', { left: 20, right: 110, top: 50, bottom: 88 }],
  ['NF Z 11-001', 'FR', { left: 105, right: 195, top: 45, bottom: 90 }],
  ['a long no. 3 envelope', 'JP', { left: 20, right: 110, top: 18, bottom: 60 }],
] as const)('%s shows the address', (_, country, window) => {
  const [page] = layoutInvoice(invoice({ legalEntity: SELLERS[country] })).pages;
  const lines = page ? textsOf(page).filter(({ text }) => [account().name, account().address.street].includes(text)) : [];
  expect(lines).toHaveLength(2);
  for (const box of lines.map(boxOf)) {
    expect(box.left / MILLIMETRE).toBeGreaterThan(window.left);
    expect(box.right / MILLIMETRE).toBeLessThan(window.right);
    expect(box.top / MILLIMETRE).toBeGreaterThan(window.top);
    expect(box.bottom / MILLIMETRE).toBeLessThan(window.bottom);
  }
});

const name = fc
  .string({ unit: fc.constantFrom('a', 'W', 'ß', 'é', ' ', '-', '/', '.', '東', '京', '、', '&', '"', '\n'), minLength: 1, maxLength: 280 })
  .filter((text) => text.trim() !== '');
const drawnLine = fc.record({
  name,
  note: fc.option(name),
  service: fc.integer({ min: 0, max: 6 }),
  type: fc.constantFrom('recurring', 'one-off', 'usage'),
  cents: fc.integer({ min: 0, max: 99_999_999 }),
});

test('whatever the names and however many the lines, nothing overlaps and nothing is cut', () => {
  fc.assert(
    fc.property(fc.array(drawnLine, { minLength: 1, maxLength: 60 }), name, (drawn, buyer) => {
      const lines = drawn.map(({ name: own, note, service: id, type, cents }, i) =>
        line((cents / 100).toFixed(2), {
          id: String(i),
          name: own,
          note,
          type,
          product: { id: `SD-${id}` },
          ...(type === 'usage'
            ? { callClass: `c${i}`, calls: cents, seconds: cents }
            : { quantity: '1', unitOfMeasure: 'month', unitPrice: (cents / 100).toFixed(2) }),
          periodCoverage: { startDateTime: '2026-10-01', endDateTime: '2026-11-01' },
        }),
      );
      const layout = layoutInvoice(invoice({ bill: billOf(lines), account: account({ name: buyer }) }));
      expect(faultsOf(layout)).toEqual([]);
    }),
    { numRuns: process.env.LONG === '1' ? 300 : 25 },
  );
});

test('no page holds nothing but the total, however many lines there are', () => {
  for (let count = 1; count <= 60; count += 1) {
    const lines = Array.from({ length: count }, (_, i) => line('10.00', { id: String(i + 1), name: `Line ${i + 1}` }));
    const { pages } = layoutInvoice(invoice({ bill: billOf(lines), language: 'en' }));
    expect(textsOf(pages.at(-1) as Page).map(({ text }) => text)).toContain(`Line ${count}`);
  }
});

describe('usage by class', () => {
  const usage = (id: string, serviceId: string, name: string, value: string, over: object = {}) =>
    line(value, { id, type: 'usage', name, callClass: name.toLowerCase(), product: { id: serviceId }, calls: 10, seconds: 600, ...over });
  const told = (...lines: ReturnType<typeof usage>[]) => invoice({ bill: billOf(lines), language: 'en' });

  test('is summed over services', () => {
    const document = told(
      usage('1', 'SIP-889', 'Mobile', '1.25'),
      usage('2', 'SIP-890', 'Mobile', '2.50'),
      usage('3', 'SIP-890', 'National', '0.30', { seconds: undefined }),
    );
    expect(document.usage).toMatchObject([
      { name: 'Mobile', calls: 20, seconds: 1200, net: { minor: 375n } },
      { name: 'National', calls: 10, seconds: undefined, net: { minor: 30n } },
    ]);
    const layout = layoutInvoice(document);
    expect(words(layout)).toContain('Usage by class');
    expect(faultsOf(layout)).toEqual([]);
  });

  test('is left to the lines where one service has it all', () => {
    expect(words(layoutInvoice(told(usage('1', 'SIP-889', 'Mobile', '1.25'), usage('2', 'SIP-889', 'National', '1.25'))))).not.toContain(
      'Usage by class',
    );
  });
});
