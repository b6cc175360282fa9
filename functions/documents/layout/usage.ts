import type { Invoice } from '../invoice.ts';
import type { UsageRow } from '../invoice-lines.ts';
import { amountText, decimalText, durationText, type Language } from '../languages/language.ts';
import type { TextStyle } from '../typesetting/wrap.ts';
import { wrap } from '../typesetting/wrap.ts';
import { baseline, figureEndingAt, rule, textAt, textEndingAt } from './cells.ts';
import { type Block, gap } from './flow.ts';
import type { Letterhead } from './letterhead.ts';
import { mm } from './page.ts';
import { HAIRLINE, HEADING, INK, LEFT, leading, QUIET, RIGHT, WIDTH } from './style.ts';

const ROW: TextStyle = { weight: 'regular', size: 8 };
const ROW_STRONG: TextStyle = { weight: 'bold', size: 8 };
const EXTRA: TextStyle = { weight: 'regular', size: 7 };

/** Duration and amount end where those of the details do; names and headings have more room than there. */
const COLUMN = {
  name: { x: LEFT, width: mm(76) },
  calls: { end: LEFT + mm(98), width: mm(20) },
  duration: { end: LEFT + mm(131), width: mm(30) },
  net: { end: RIGHT, width: mm(30) },
} as const;

/** What was called, over all services: a table of one row a class. */
export function usageBlocks({ usage, charges, currency }: Invoice, { language, brand }: Letterhead): Block[] {
  const total = charges.find(({ type }) => type === 'usage')?.net;
  if (usage.length === 0 || total === undefined) return [];
  const { table, summary } = language.words;
  const heading: Block = {
    height: leading(HEADING) + mm(1),
    items: [textAt(LEFT, baseline(0, HEADING), table.usageByClass, HEADING, brand.accent)],
    keep: true,
  };
  const y = baseline(2, EXTRA);
  const height = leading(EXTRA) + 4;
  const head: Block = {
    height: height + 3,
    items: [
      rule(LEFT, 0, WIDTH, INK, 0.8),
      textAt(COLUMN.name.x, y, table.description, EXTRA, QUIET),
      textEndingAt(COLUMN.calls.end, y, table.calls, EXTRA, QUIET),
      textEndingAt(COLUMN.duration.end, y, `${table.duration} (h:mm:ss)`, EXTRA, QUIET),
      textEndingAt(COLUMN.net.end, y, `${summary.base} ${currency}`, EXTRA, QUIET),
      rule(LEFT, height, WIDTH, HAIRLINE),
    ],
    keep: true,
  };
  const rows = usage.flatMap((row) => rowBlocks(row, language));
  const last = rows.pop();
  const sumY = baseline(2, ROW);
  const sum: Block = {
    height: leading(ROW) + 4,
    items: [
      rule(LEFT, 0, WIDTH, HAIRLINE),
      textAt(LEFT, sumY, language.words.lineTypes.usage, ROW_STRONG),
      figureEndingAt(COLUMN.net.end, sumY, COLUMN.net.width, amountText(total, language.number), ROW_STRONG),
    ],
  };
  const body = [...rows, ...(last ? [{ ...last, keep: true }] : []), sum];
  return [gap(mm(5)), heading, head, ...body.map((block) => ({ ...block, head: [head] }))];
}

function rowBlocks({ name, calls, seconds, net }: UsageRow, language: Language): Block[] {
  const y = baseline(0, ROW);
  const figures = [
    ...(calls === undefined
      ? []
      : [figureEndingAt(COLUMN.calls.end, y, COLUMN.calls.width, decimalText(String(calls), language.number), ROW)]),
    ...(seconds === undefined ? [] : [figureEndingAt(COLUMN.duration.end, y, COLUMN.duration.width, durationText(seconds, language), ROW)]),
    figureEndingAt(COLUMN.net.end, y, COLUMN.net.width, amountText(net, language.number), ROW),
  ];
  const lines = wrap(name, ROW, COLUMN.name.width);
  return lines.map((text, i): Block => {
    const last = i === lines.length - 1;
    return {
      height: leading(ROW) + (last ? 2 : 0),
      items: [textAt(LEFT, y, text, ROW), ...(i === 0 ? figures : [])],
      keep: !last,
    };
  });
}
