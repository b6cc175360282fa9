import { readFileSync } from 'node:fs';
import libFontkit from '@pdf-lib/fontkit';
import { PDFDocument as PdfLib, rgb } from 'pdf-lib';
import PDFDocument from 'pdfkit';
import pdfmake from 'pdfmake';
import { fontPath } from '../../functions/documents/fonts.ts';
import type { Invoice } from '../../functions/documents/invoice.ts';
import { layoutInvoice } from '../../functions/documents/layout/invoice-pages.ts';
import type { BoxItem, Colour, Item, Layout, Page, TextItem } from '../../functions/documents/layout/page.ts';
import { PAGE } from '../../functions/documents/layout/style.ts';
import { renderInvoice } from '../../functions/documents/pdf.ts';
import { billOf, invoice, line } from '../functions/documents/samples.ts';

export interface PdfRow {
  readonly renderer: string;
  readonly millisecondsEach: number;
  readonly invoicesPerSecond: number;
  /** How many times faster carrierpost is, as the median of the rounds' ratios. */
  readonly carrierpostIsFasterBy: number;
  readonly kilobytes: number;
}

const ROUNDS = 15;
const EACH = 3;
const REGULAR = fontPath('sans');
const BOLD = fontPath('sans-bold');

type Renderer = (document: Invoice) => Promise<Uint8Array>;

/**
 * The same two-page invoice by four programs, interleaved: every round runs each of them, so that a busy machine slows them all.
 * The others are given carrierpost's finished layout and only draw it; carrierpost's own time includes laying out.
 */
const RENDERERS: Readonly<Record<string, Renderer>> = {
  carrierpost: renderInvoice,
  'pdfkit, font files registered per document': naivePdfkit,
  pdfmake: pdfmakeOf,
  'pdf-lib': pdfLibOf,
};

export async function benchPdf(): Promise<PdfRow[]> {
  const document = twoPages();
  const layout = layoutInvoice(document);
  if (layout.pages.length !== 2) throw new Error(`The bench's invoice has ${layout.pages.length} pages, 2 are expected`);
  const names = Object.keys(RENDERERS);
  const sizes = new Map<string, number>();
  const times = new Map(names.map((name): [string, number[]] => [name, []]));
  for (const name of names) sizes.set(name, (await RENDERERS[name]?.(document))?.length ?? 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) times.get(name)?.push(await timed(RENDERERS[name] as Renderer, document));
  }
  const own = times.get('carrierpost') ?? [];
  return names.map((renderer) => {
    const each = times.get(renderer) ?? [];
    const milliseconds = median(each);
    return {
      renderer,
      millisecondsEach: rounded(milliseconds),
      invoicesPerSecond: Math.round(1000 / milliseconds),
      carrierpostIsFasterBy: rounded(median(each.map((time, i) => time / (own[i] ?? time)))),
      kilobytes: Math.round((sizes.get(renderer) ?? 0) / 1024),
    };
  });
}

/** Twelve services on two pages, as a month-end has them. */
function twoPages(): Invoice {
  const lines = Array.from({ length: 12 }, (_, i) =>
    line(`${i + 100}.50`, {
      id: String(i),
      name: i % 3 === 0 ? 'Gespräche in Mobilfunknetze' : 'Ethernet Line 1 Gbit/s',
      ...(i % 3 === 0
        ? { type: 'usage', callClass: `class-${i}`, calls: 812 + i, seconds: 55784 * (i + 1) }
        : { quantity: '1', unitOfMeasure: 'month', unitPrice: `${i + 100}.50` }),
      product: { id: `FRA/HAM/LE-10${100 + Math.floor(i / 2)}` },
      periodCoverage: { startDateTime: '2026-11-01', endDateTime: '2026-12-01' },
    }),
  );
  return invoice({ bill: billOf(lines) });
}

async function timed(render: Renderer, document: Invoice): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < EACH; i += 1) await render(document);
  return (performance.now() - start) / EACH;
}

async function naivePdfkit(document: Invoice): Promise<Uint8Array> {
  const layout = finished(document);
  const pdf = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false });
  pdf.registerFont('regular', REGULAR);
  pdf.registerFont('bold', BOLD);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => pdf.on('end', () => resolve()));
  for (const page of layout.pages) {
    pdf.addPage();
    for (const box of boxesOf(page)) pdf.rect(box.x, box.y, box.width, box.height).fill(hex(box.colour));
    for (const { text, x, y, weight, size, colour } of textsOf(page)) {
      pdf.font(weight).fontSize(size).fillColor(hex(colour)).text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
    }
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

async function pdfmakeOf(document: Invoice): Promise<Uint8Array> {
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  pdfmake.setFonts({ Plex: { normal: REGULAR, bold: BOLD } });
  const pages = finished(document).pages.map((page, i) => ({
    ...(i > 0 && { pageBreak: 'before' }),
    stack: [
      { canvas: boxesOf(page).map(({ x, y, width, height, colour }) => ({ type: 'rect', x, y, w: width, h: height, color: hex(colour) })) },
      ...textsOf(page).map(({ text, x, y, weight, size, colour }) => ({
        text,
        bold: weight === 'bold',
        fontSize: size,
        color: hex(colour),
        noWrap: true,
        absolutePosition: { x, y: y - size },
      })),
    ],
  }));
  return pdfmake.createPdf({ pageSize: 'A4', pageMargins: 0, content: pages, defaultStyle: { font: 'Plex' } }).getBuffer();
}

async function pdfLibOf(document: Invoice): Promise<Uint8Array> {
  const pdf = await PdfLib.create();
  pdf.registerFontkit(libFontkit);
  const fonts = {
    regular: await pdf.embedFont(readFileSync(REGULAR), { subset: true }),
    bold: await pdf.embedFont(readFileSync(BOLD), { subset: true }),
  };
  for (const page of finished(document).pages) {
    const sheet = pdf.addPage([PAGE.width, PAGE.height]);
    for (const { x, y, width, height, colour } of boxesOf(page)) {
      sheet.drawRectangle({ x, y: PAGE.height - y - height, width, height, color: ink(colour) });
    }
    for (const { text, x, y, weight, size, colour } of textsOf(page)) {
      sheet.drawText(text, { x, y: PAGE.height - y, size, font: fonts[weight], color: ink(colour) });
    }
  }
  return pdf.save();
}

const layouts = new WeakMap<Invoice, Layout>();

function finished(document: Invoice): Layout {
  const layout = layouts.get(document) ?? layoutInvoice(document);
  layouts.set(document, layout);
  return layout;
}

function textsOf({ items }: Page): TextItem[] {
  return items.filter((item: Item): item is TextItem => item.kind === 'text');
}

/** Boxes and rules; the mark is left out for the others. */
function boxesOf({ items }: Page): BoxItem[] {
  return items.flatMap((item): BoxItem[] => {
    if (item.kind === 'rule') return [{ ...item, kind: 'box', height: item.thickness }];
    return item.kind === 'box' ? [item] : [];
  });
}

function hex(colour: Colour): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function ink([red, green, blue]: Colour) {
  return rgb(red / 255, green / 255, blue / 255);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
