import { isDraft } from '../draft.ts';
import type { Invoice } from '../invoice.ts';
import { amountText, type Language, moneyText, percentText, spanText } from '../languages/language.ts';
import { lawOf } from '../legal/law.ts';
import { widthOf } from '../typesetting/shape.ts';
import { fittingSize, shortened, type TextStyle } from '../typesetting/wrap.ts';
import type { VatRow } from '../vat-rows.ts';
import { baseline, figureEndingAt, linesAt, rule, textAt, textEndingAt } from './cells.ts';
import { type Block, gap } from './flow.ts';
import type { Letterhead } from './letterhead.ts';
import { type Item, mm } from './page.ts';
import { type Instruction, instructionsOf } from './payment-words.ts';
import { BODY, HAIRLINE, HEADING, INK, LABEL, LEFT, leading, QUIET, RIGHT, SMALL, STRONG, WIDTH } from './style.ts';

const TITLE: TextStyle = { weight: 'bold', size: 21 };
const NUMBER: TextStyle = { weight: 'regular', size: 21 };
const TOTAL: TextStyle = { weight: 'bold', size: 19 };
const DATE: TextStyle = { weight: 'bold', size: 10 };
const PAD = mm(4.5);
const CELL = { total: LEFT + PAD, due: LEFT + mm(51), pay: LEFT + mm(88) } as const;

/** Left column: charges by type and totals. Right column: the VAT breakdown. */
const CHARGES = { x: LEFT, end: LEFT + mm(70) } as const;
const VAT = { x: LEFT + mm(78), rate: LEFT + mm(122), base: LEFT + mm(145), end: RIGHT } as const;

/** The title, the panel and the totals: what a reader needs before any detail. */
export function summaryBlocks(invoice: Invoice, letterhead: Letterhead): { blocks: Block[]; overflow: string[] } {
  const panel = panelBlock(invoice, letterhead);
  const blocks = [titleBlock(invoice, letterhead), panel.block, gap(mm(6)), ...totalsBlocks(invoice, letterhead)];
  return { blocks, overflow: panel.overflow };
}

function titleBlock(invoice: Invoice, { brand, language }: Letterhead): Block {
  const { kind, supplyPeriod } = invoice;
  const title = language.words.titles[kind];
  const number = isDraft(invoice) ? language.words.draft.mark : invoice.number;
  const whole = `${title}  ${number}`;
  const size = fittingSize(whole, TITLE, WIDTH);
  const style = { ...TITLE, size };
  const heading = textAt(LEFT, baseline(0, TITLE), title, style, brand.accent);
  const supply = `${language.words.facts.supplyPeriod} ${spanText(supplyPeriod, language)}`;
  return {
    height: leading(TITLE) + leading(BODY) + mm(4),
    items: [
      heading,
      textEndingAt(RIGHT, baseline(0, TITLE), number, { ...NUMBER, size }, INK),
      textAt(LEFT, baseline(leading(TITLE), BODY), supply, BODY, QUIET),
    ],
    keep: true,
  };
}

/** Total, due date, how to pay. */
function panelBlock(invoice: Invoice, letterhead: Letterhead): { block: Block; overflow: string[] } {
  const { brand, language } = letterhead;
  const { summary, facts } = language.words;
  const pay = instructionsOf(invoice, language);
  const drawn = instructionItems(pay, language, PAD + leading(LABEL));
  const height = Math.max(mm(24), drawn.bottom + PAD);
  const amount = moneyText(totalShown(invoice), language);
  const size = fittingSize(amount, TOTAL, CELL.due - CELL.total - mm(4));
  const due = invoice.payment.method === 'nothing' || isDraft(invoice) ? [] : dueItems(facts.dueDate, language.longDate(invoice.dueDate));
  const items: Item[] = [
    { kind: 'box', x: LEFT, y: 0, width: WIDTH, height, colour: brand.tint },
    { kind: 'box', x: LEFT, y: 0, width: mm(1.2), height, colour: brand.accent },
    textAt(CELL.total, baseline(PAD, LABEL), totalLabel(invoice, language), LABEL, QUIET),
    textAt(CELL.total, baseline(PAD + leading(LABEL), TOTAL), amount, { ...TOTAL, size }, brand.accent),
    ...due,
    textAt(CELL.pay, baseline(PAD, LABEL), invoice.payment.method === 'transfer' ? summary.howToPay : summary.payment, LABEL, QUIET),
    ...drawn.items,
  ];
  return { block: { height, items }, overflow: drawn.overflow };
}

function dueItems(label: string, date: string): Item[] {
  const size = fittingSize(date, DATE, CELL.pay - CELL.due - mm(3));
  return [
    textAt(CELL.due, baseline(PAD, LABEL), label, LABEL, QUIET),
    textAt(CELL.due, baseline(PAD + leading(LABEL) + 2, DATE), date, { ...DATE, size }),
  ];
}

function instructionItems(instructions: readonly Instruction[], { colon }: Language, top: number) {
  const x = CELL.pay;
  const width = RIGHT - PAD - x;
  const items: Item[] = [];
  const overflow: string[] = [];
  const indent = Math.max(0, ...instructions.map(({ label }) => (label ? widthOf(label, LABEL.weight, LABEL.size) + mm(3) : 0)));
  let y = top + 1;
  for (const { label, text, strong } of instructions) {
    const style = strong ? STRONG : BODY;
    const left = label ? x + indent : x;
    const { lines, cut } = shortened(text, style, width - (left - x), 4);
    if (cut) overflow.push(label ? `${label}${colon}${text}` : text);
    if (label) items.push(textAt(x, baseline(y, style), label, LABEL, QUIET));
    items.push(...linesAt(left, y, lines, style));
    y += lines.length * leading(style);
  }
  return { items, overflow, bottom: y };
}

/** A credit note's amount is what is credited, not what is payable. */
function totalShown({ kind, totals }: Invoice) {
  return kind === 'credit-note' ? totals.gross : totals.payable;
}

function totalLabel({ kind }: Invoice, { words: { summary } }: Language): string {
  if (kind === 'credit-note') return summary.credited;
  return kind === 'invoice' ? summary.totalDue : summary.paidToYou;
}

/** Charges by type and VAT by category, side by side, row by row. */
function totalsBlocks(invoice: Invoice, letterhead: Letterhead): Block[] {
  const { language } = letterhead;
  const { summary, tax } = language.words;
  const left = chargeRows(invoice, language);
  const right = invoice.vat.map((row) => vatRow(row, language));
  const head: Block = {
    height: leading(HEADING) + mm(1.5),
    items: [
      textAt(
        CHARGES.x,
        baseline(0, HEADING),
        invoice.kind === 'invoice' ? summary.charges : summary.amounts,
        HEADING,
        letterhead.brand.accent,
      ),
      textAt(VAT.x, baseline(0, HEADING), tax[lawOf(invoice.seller.country).tax].breakdown, HEADING, letterhead.brand.accent),
    ],
    keep: true,
  };
  const row = leading(BODY) + 3;
  const rows = Array.from({ length: Math.max(left.length, right.length + 1) }, (_, i): Block => {
    const vatItems = i === 0 ? vatHead(language, invoice) : (right[i - 1] ?? []);
    return { height: row, items: [...(left[i] ?? []), ...vatItems], keep: i < left.length };
  });
  return [head, ...rows];
}

function chargeRows({ charges, totals, currency, seller }: Invoice, language: Language): Item[][] {
  const { summary, lineTypes, tax } = language.words;
  const row = (label: string, text: string, style: TextStyle): Item[] => [
    textAt(CHARGES.x, baseline(1.5, style), label, style),
    figureEndingAt(CHARGES.end, baseline(1.5, style), mm(38), text, style),
  ];
  const line = rule(CHARGES.x, 0, CHARGES.end - CHARGES.x, HAIRLINE);
  const amount = (money: Invoice['totals']['net']): string => amountText(money, language.number);
  return [
    ...charges.map(({ type, net }, i) => [...(i === 0 ? [line] : []), ...row(lineTypes[type], amount(net), BODY)]),
    [line, ...row(summary.net, amount(totals.net), STRONG)],
    row(tax[lawOf(seller.country).tax].name, amount(totals.vat), BODY),
    [rule(CHARGES.x, 0, CHARGES.end - CHARGES.x, INK, 0.8), ...row(`${summary.gross} ${currency}`, amount(totals.gross), STRONG)],
  ];
}

function vatHead({ words: { summary, tax } }: Language, { seller }: Invoice): Item[] {
  const y = baseline(1.5, SMALL);
  return [
    rule(VAT.x, 0, VAT.end - VAT.x, HAIRLINE),
    textAt(VAT.x, y, summary.category, SMALL, QUIET),
    textEndingAt(VAT.rate, y, summary.rate, SMALL, QUIET),
    textEndingAt(VAT.base, y, summary.base, SMALL, QUIET),
    figureEndingAt(VAT.end, y, VAT.end - VAT.base - 4, tax[lawOf(seller.country).tax].short, SMALL, QUIET),
  ];
}

function vatRow({ category, rate, base, amount }: VatRow, language: Language): Item[] {
  const y = baseline(1.5, BODY);
  const name = `${category}  ${language.words.taxCategories[category]}`;
  const style = { ...BODY, size: fittingSize(name, BODY, VAT.rate - VAT.x - mm(9)) };
  return [
    textAt(VAT.x, y, name, style),
    textEndingAt(VAT.rate, y, category === 'O' ? '\u2013' : percentText(rate, language), BODY),
    figureEndingAt(VAT.base, y, VAT.base - VAT.rate - 4, amountText(base, language.number), BODY),
    figureEndingAt(VAT.end, y, VAT.end - VAT.base - 4, amountText(amount, language.number), BODY),
  ];
}
