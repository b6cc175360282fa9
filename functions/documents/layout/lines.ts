import { decimalsOf } from '../../money/currencies.ts';
import { toDecimal } from '../../money/money.ts';
import type { Invoice } from '../invoice.ts';
import type { InvoiceLine, Section, ServiceGroup } from '../invoice-lines.ts';
import { amountText, decimalText, durationText, type Language, percentText, spanText } from '../languages/language.ts';
import { lawOf } from '../legal/law.ts';
import { widthOf } from '../typesetting/shape.ts';
import { fittingSize, printable, type TextStyle, wrap } from '../typesetting/wrap.ts';
import { baseline, figureEndingAt, rule, textAt, textEndingAt } from './cells.ts';
import { type Block, gap } from './flow.ts';
import type { Letterhead } from './letterhead.ts';
import { type Item, mm } from './page.ts';
import { HAIRLINE, HEADING, INK, LEFT, leading, QUIET, RIGHT, WIDTH } from './style.ts';

const ROW: TextStyle = { weight: 'regular', size: 8 };
const ROW_STRONG: TextStyle = { weight: 'bold', size: 8 };
const EXTRA: TextStyle = { weight: 'regular', size: 7 };
const GROUP: TextStyle = { weight: 'bold', size: 9 };
const PRODUCT: TextStyle = { weight: 'regular', size: 9 };

/** The table's columns: left ends of words, right ends of figures with the width they may fill. */
const COLUMN = {
  description: { x: LEFT, width: mm(56) },
  period: { x: LEFT + mm(58), width: mm(34) },
  quantity: { end: LEFT + mm(111), width: mm(17) },
  unitPrice: { end: LEFT + mm(131), width: mm(19) },
  vat: { end: LEFT + mm(141), width: mm(9) },
  net: { end: RIGHT, width: mm(22) },
} as const;

/** Below this size a unit is told under the description rather than beside its quantity. */
const LEGIBLE = 6.5;

interface Table {
  readonly language: Language;
  readonly currency: string;
  readonly bcn: string;
  readonly head: Block;
  /** A purchase order that stands in the header is not told again in every line. */
  readonly order: string | undefined;
}

/** The lines of a document, grouped by service and type; a table whose head comes again on every page. */
export function lineBlocks(invoice: Invoice, letterhead: Letterhead): Block[] {
  const { language, brand } = letterhead;
  const head = headBlock(invoice, language);
  const table: Table = { language, currency: invoice.currency, bcn: invoice.bcn, head, order: invoice.references.purchaseOrder };
  const heading: Block = {
    height: leading(HEADING) + mm(1),
    items: [textAt(LEFT, baseline(0, HEADING), language.words.table.details, HEADING, brand.accent)],
    keep: true,
  };
  const groups = invoice.services.flatMap((group) => groupBlocks(group, table));
  return [gap(mm(5)), heading, head, ...endingTogether(groups), totalBlock(invoice, table)];
}

/** The last row, with what stands below it, stays with the total: no page holds nothing but a sum. */
function endingTogether(blocks: readonly Block[]): Block[] {
  const lastRow = blocks.findLastIndex(({ gap: space, keep }) => !space && !keep);
  return blocks.map((block, i) => (i >= lastRow ? { ...block, keep: true } : block));
}

function headBlock({ currency, seller }: Invoice, { words: { table, summary, tax } }: Language): Block {
  const y = baseline(2, EXTRA);
  const height = leading(EXTRA) + 4;
  return {
    height: height + 3,
    items: [
      textAt(COLUMN.description.x, y, table.description, EXTRA, QUIET),
      textAt(COLUMN.period.x, y, table.period, EXTRA, QUIET),
      figure('quantity', y, table.quantity, EXTRA, QUIET),
      figure('unitPrice', y, table.unitPrice, EXTRA, QUIET),
      figure('vat', y, tax[lawOf(seller.country).tax].short, EXTRA, QUIET),
      figure('net', y, `${summary.base} ${currency}`, EXTRA, QUIET),
      rule(LEFT, 0, WIDTH, INK, 0.8),
      rule(LEFT, height, WIDTH, HAIRLINE),
    ],
    keep: true,
  };
}

function groupBlocks(group: ServiceGroup, table: Table): Block[] {
  const { language } = table;
  const { words } = language;
  const name = group.serviceId ?? `${words.facts.account} ${table.bcn}`;
  const ends = group.aEnd ? wrap(words.ends(group.aEnd, group.bEnd), EXTRA, WIDTH) : [];
  const again: Block = {
    height: leading(ROW) + 3,
    items: wrap(`${name} (${words.table.continued})`, ROW_STRONG, WIDTH)
      .slice(0, 1)
      .map((line) => textAt(LEFT, baseline(2, ROW), line, ROW_STRONG, QUIET)),
  };
  const count = group.sections.reduce((total, section) => total + section.lines.length, 0);
  const only = group.sections.length === 1 && group.sections[0]?.type !== 'usage' ? group.sections[0] : undefined;
  const rows = group.sections.flatMap((section) => sectionBlocks(section, table, only === undefined));
  const subtotal = count > 1 ? [subtotalBlock(words.table.subtotal, group.net, table)] : [];
  const opening = [
    { ...gap(4), keep: true },
    ...titleBlocks(name, group, only && words.lineTypes[only.type]),
    ...ends.map(
      (line, i): Block => ({
        height: leading(EXTRA) + (i === ends.length - 1 ? 2 : 0),
        items: [textAt(LEFT, baseline(0, EXTRA), line, EXTRA, QUIET)],
        keep: true,
      }),
    ),
  ].map((block) => ({ ...block, head: [table.head] }));
  const last = rows.pop();
  const body = [...rows, ...(last ? [{ ...last, keep: subtotal.length > 0 }] : []), ...subtotal];
  return [...opening, ...body.map((block) => ({ ...block, head: [table.head, again] })), gap(4)];
}

/** The service's id, its product behind it where there is room; a service with charges of one type tells the type at the right. */
function titleBlocks(name: string, { product }: ServiceGroup, type: string | undefined): Block[] {
  const y = baseline(0, GROUP);
  const room = WIDTH - (type ? widthOf(type, EXTRA.weight, EXTRA.size) + mm(4) : 0);
  const own = wrap(name, GROUP, room);
  const [last = ''] = own.slice(-1);
  const behind = LEFT + widthOf(last, GROUP.weight, GROUP.size) + mm(2.5);
  const fits = product !== undefined && widthOf(printable(product), PRODUCT.weight, PRODUCT.size) <= LEFT + room - behind;
  const beside: Item[] = [
    ...(type ? [textEndingAt(RIGHT, y, type, EXTRA, QUIET)] : []),
    ...(fits ? [textAt(behind, y, product, PRODUCT, QUIET)] : []),
  ];
  const below = product === undefined || fits ? [] : wrap(product, PRODUCT, WIDTH);
  return [
    ...own.map(
      (line, i): Block => ({
        height: leading(GROUP),
        items: [textAt(LEFT, y, line, GROUP), ...(i === own.length - 1 ? beside : [])],
        keep: true,
      }),
    ),
    ...below.map(
      (line): Block => ({ height: leading(PRODUCT), items: [textAt(LEFT, baseline(0, PRODUCT), line, PRODUCT, QUIET)], keep: true }),
    ),
  ];
}

function sectionBlocks({ type, lines }: Section, table: Table, titled: boolean): Block[] {
  const rows = lines.flatMap((line) => rowBlocks(line, table));
  return titled ? [sectionHead(type, table), ...rows] : rows;
}

function sectionHead(type: Section['type'], table: Table): Block {
  const { words } = table.language;
  const y = baseline(3, EXTRA);
  const usage =
    type === 'usage'
      ? [figure('quantity', y, words.table.calls, EXTRA, QUIET), figure('unitPrice', y, words.table.duration, EXTRA, QUIET)]
      : [];
  return {
    height: leading(EXTRA) + 3,
    items: [textAt(LEFT, y, words.lineTypes[type], { ...EXTRA, weight: 'bold' }, QUIET), ...usage],
    keep: true,
  };
}

/** A row: figures beside the first line of the description; further lines are blocks of their own, so that a name may be very long. */
function rowBlocks(line: InvoiceLine, table: Table): Block[] {
  const { language, currency } = table;
  const name = wrap(line.name, ROW, COLUMN.description.width);
  const quantity = quantityOf(line, language);
  const extras = extrasOf(line, table, quantity.extra).flatMap((text) => wrap(text, EXTRA, COLUMN.description.width));
  const y = baseline(0, ROW);
  const figures: Item[] = [
    ...(line.period ? [periodItem(spanText(line.period, language), y)] : []),
    ...(quantity.text ? [figure('quantity', y, quantity.text)] : []),
    ...(line.type === 'usage' && line.seconds !== undefined ? [figure('unitPrice', y, durationText(line.seconds, language))] : []),
    ...(line.unitPrice === undefined ? [] : [figure('unitPrice', y, priceText(line.unitPrice, line.per, currency, language))]),
    figure('vat', y, line.category === 'S' ? percentText(line.rate, language) : line.category),
    figure('net', y, amountText(line.net, language.number)),
  ];
  const texts = [
    ...name.map((text) => ({ text, style: ROW, colour: INK })),
    ...extras.map((text) => ({ text, style: EXTRA, colour: QUIET })),
  ];
  return texts.map(({ text, style, colour }, i): Block => {
    const last = i === texts.length - 1;
    const own = textAt(LEFT, baseline(0, style), text, style, colour);
    return { height: leading(style) + (last ? 2 : 0), items: i === 0 ? [own, ...figures] : [own], keep: !last };
  });
}

function quantityOf(line: InvoiceLine, language: Language): { text?: string; extra?: string } {
  if (line.type === 'usage') return line.calls === undefined ? {} : { text: decimalText(String(line.calls), language.number) };
  if (line.quantity === undefined) return {};
  const quantity = decimalText(line.quantity, language.number);
  if (line.unit === undefined) return { text: quantity };
  const text = unitsText(line.quantity, line.unit, language);
  return fittingSize(text, ROW, COLUMN.quantity.width) >= LEGIBLE ? { text } : { text: quantity, extra: text };
}

/** `2 months`; a unit that the language does not know is told as the bill has it. */
export function unitsText(quantity: string, unit: string, { number, words }: Language): string {
  const [one, several] = (Object.hasOwn(words.units, unit) && words.units[unit]) || [unit, unit];
  return `${decimalText(quantity, number)} ${/^-?1(\.0*)?$/.test(quantity) ? one : several}`;
}

function extrasOf(line: InvoiceLine, { language, order }: Table, unit: string | undefined): string[] {
  const { words } = language;
  return [
    ...(unit ? [unit] : []),
    ...(line.creditFor ? [words.creditFor(line.creditFor)] : []),
    ...(line.purchaseOrder && line.purchaseOrder !== order ? [words.orderOf(line.purchaseOrder)] : []),
    ...(line.note ? [line.note] : []),
  ];
}

/** At least the currency's decimals, more where the price has them; `/ 31` when it is for 31 units. */
export function priceText(price: string, per: string | undefined, currency: string, { number }: Language): string {
  const [whole = '0', fraction = ''] = price.split('.');
  const decimals = fraction.replace(/0+$/, '').padEnd(decimalsOf(currency), '0');
  const text = decimalText(decimals ? `${whole}.${decimals}` : whole, number);
  return per === undefined ? text : `${text} / ${decimalText(per, number)}`;
}

function periodItem(text: string, y: number): Item {
  return textAt(COLUMN.period.x, y, text, { ...ROW, size: fittingSize(text, ROW, COLUMN.period.width) });
}

function subtotalBlock(label: string, net: Invoice['totals']['net'], { language }: Table): Block {
  const y = baseline(1.5, ROW);
  const from = LEFT + mm(93);
  return {
    height: leading(ROW) + 3,
    items: [
      rule(from, 0, RIGHT - from, HAIRLINE),
      textAt(from, y, label, ROW, QUIET),
      figureEndingAt(COLUMN.net.end, y, mm(40), amountText(net, language.number), ROW_STRONG),
    ],
  };
}

function totalBlock({ totals, currency }: Invoice, { language, head }: Table): Block {
  const y = baseline(3, GROUP);
  return {
    height: leading(GROUP) + 5,
    items: [
      rule(LEFT, 0, WIDTH, INK, 0.8),
      textAt(LEFT, y, `${language.words.summary.net} ${currency}`, GROUP),
      figureEndingAt(COLUMN.net.end, y, mm(60), decimalText(toDecimal(totals.net), language.number), GROUP),
    ],
    head: [head],
  };
}

function figure(column: 'quantity' | 'unitPrice' | 'vat' | 'net', y: number, text: string, style: TextStyle = ROW, colour = INK): Item {
  return figureEndingAt(COLUMN[column].end, y, COLUMN[column].width, text, style, colour);
}
