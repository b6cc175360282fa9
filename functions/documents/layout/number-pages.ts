import type { LegalEntity } from '../../directory/records.ts';
import { decimalText, type Language } from '../languages/language.ts';
import { fittingSize, type TextStyle, wrap } from '../typesetting/wrap.ts';
import type { Unl, UnlRow } from '../unl.ts';
import { baseline, figureEndingAt, rule, textAt } from './cells.ts';
import { type Block, gap, paginate } from './flow.ts';
import { withFurniture } from './furniture.ts';
import { bodyBottom, firstHead, type Letterhead, letterheadOf, RUNNING_TOP } from './letterhead.ts';
import { type Item, type Layout, mm } from './page.ts';
import { BODY, HAIRLINE, INK, LABEL, LEFT, leading, QUIET, SMALL, STRONG, WIDTH } from './style.ts';

const TITLE: TextStyle = { weight: 'bold', size: 19 };
const ROW: TextStyle = { weight: 'regular', size: 7.25 };
const EXTRA: TextStyle = { weight: 'regular', size: 6.5 };
const ADDRESS: TextStyle = { weight: 'bold', size: 6.75 };
const TOP = mm(34);

/** Left ends and widths of the list's columns; the count of numbers ends at its column's right. */
const COLUMN = {
  number: { x: LEFT, width: mm(44) },
  country: { x: LEFT + mm(45.5), width: mm(9.2) },
  size: { end: LEFT + mm(68), width: mm(10.7) },
  type: { x: LEFT + mm(71), width: mm(18.5) },
  status: { x: LEFT + mm(90.5), width: mm(15.5) },
  service: { x: LEFT + mm(107), width: mm(26) },
  assigned: { x: LEFT + mm(134), width: mm(14.6) },
  ended: { x: LEFT + mm(150), width: mm(15) },
} as const;

/** Lays a number list out: what is held, in one table whose head comes again on every page. */
export function layoutNumbers(unl: Unl, entity: LegalEntity, language: Language): Layout {
  const letterhead = letterheadOf(entity, language);
  const { numbers, facts } = language.words;
  const head = headBlock(language);
  const blocks = [...summaryBlocks(unl, letterhead), gap(mm(5)), head, ...listBlocks(unl.rows, head, language)];
  const bottom = bodyBottom(letterhead);
  const flow = paginate(blocks, { top: TOP, bottom }, { top: RUNNING_TOP, bottom });
  const running = `${numbers.title} \u00b7 ${facts.account} ${unl.bcn} \u00b7 ${language.longDate(unl.asOf)}`;
  return {
    pages: withFurniture(flow, letterhead, firstHead(letterhead), running),
    title: `${numbers.title} ${unl.bcn}, ${unl.period}`,
    author: entity.name,
    subject: `${facts.account} ${unl.bcn}, ${unl.period}`,
    language: language.code,
    date: unl.asOf,
  };
}

/** Title, whose numbers these are, and how many. */
function summaryBlocks({ accountName, ocn, bcn, asOf, totals, byStatus }: Unl, { brand, language }: Letterhead): Block[] {
  const { numbers, facts } = language.words;
  const count = (value: number): string => decimalText(String(value), language.number);
  const title: Block = {
    height: leading(TITLE) + mm(2),
    items: [textAt(LEFT, baseline(0, TITLE), numbers.title, TITLE, brand.accent)],
    keep: true,
  };
  const name = wrap(accountName, STRONG, WIDTH).map(
    (line): Block => ({ height: leading(STRONG), items: [textAt(LEFT, baseline(0, STRONG), line, STRONG)] }),
  );
  const told = [
    [facts.customer, ocn],
    [facts.account, bcn],
    [numbers.asOf, language.longDate(asOf)],
    [numbers.ranges, count(totals.ranges)],
    [numbers.total, count(totals.numbers)],
    ...Object.entries(byStatus).map(([status, of]) => [numbers.statuses[status as keyof typeof byStatus], count(of.numbers)]),
  ].map(([label = '', value = '']): Block => {
    const y = baseline(0, BODY);
    return { height: leading(BODY), items: [textAt(LEFT, y, label, LABEL, QUIET), textAt(LEFT + mm(45), y, value, BODY)] };
  });
  return [title, ...name, gap(mm(2)), ...told];
}

function headBlock({ words: { numbers } }: Language): Block {
  const y = baseline(2, SMALL);
  const height = leading(SMALL) + 4;
  const labels = (['number', 'country', 'type', 'status', 'service', 'assigned', 'ended'] as const).map((column) =>
    cell(column, y, numbers[column], QUIET),
  );
  return {
    height: height + 2,
    items: [
      ...labels,
      figureEndingAt(COLUMN.size.end, y, COLUMN.size.width, numbers.size, ROW, QUIET),
      rule(LEFT, 0, WIDTH, INK, 0.8),
      rule(LEFT, height, WIDTH, HAIRLINE),
    ],
    keep: true,
  };
}

/** The rows in their order; an address stands once above the neighbours that share it, and again where a page begins among them. */
function listBlocks(rows: readonly UnlRow[], head: Block, language: Language): Block[] {
  const addressed = rows.some(({ address }) => address);
  return neighboursOf(rows).flatMap((own): Block[] => {
    const title = addressed ? addressBlocks(own[0]?.address || language.words.numbers.withoutAddress) : [];
    const again = [head, ...title];
    return [
      ...title.map((block) => ({ ...block, head: [head] })),
      ...own.flatMap((row) => rowBlocks(row, language)).map((block) => ({ ...block, head: again })),
    ];
  });
}

/** Rows that follow each other with one address. */
function neighboursOf(rows: readonly UnlRow[]): UnlRow[][] {
  return rows.reduce<UnlRow[][]>((groups, row) => {
    const last = groups.at(-1);
    if (last && last[0]?.address === row.address) last.push(row);
    else groups.push([row]);
    return groups;
  }, []);
}

function addressBlocks(address: string): Block[] {
  const lines = wrap(address, ADDRESS, WIDTH);
  return lines.map((line, i): Block => {
    const top = i === 0 ? 5 : 0;
    return {
      height: leading(ADDRESS) + top + (i === lines.length - 1 ? 1 : 0),
      items: [textAt(LEFT, baseline(top, ADDRESS), line, ADDRESS, QUIET)],
      keep: true,
    };
  });
}

function rowBlocks(row: UnlRow, language: Language): Block[] {
  const { numbers } = language.words;
  const y = baseline(0, ROW);
  const number = row.to === undefined ? row.from : `${row.from} \u2013 ${row.to}`;
  const figures: Item[] = [
    cell('number', y, number),
    cell('country', y, row.country),
    figureEndingAt(COLUMN.size.end, y, COLUMN.size.width, decimalText(String(row.size), language.number), ROW),
    cell('type', y, numbers.types[row.type]),
    cell('status', y, numbers.statuses[row.status]),
    ...(row.serviceId ? [cell('service', y, row.serviceId)] : []),
    cell('assigned', y, language.shortDate(row.assignedOn)),
    ...(row.endedOn ? [cell('ended', y, language.shortDate(row.endedOn))] : []),
  ];
  const ported = row.portedIn && (row.portedIn === 'yes' ? numbers.portedIn : `${numbers.portedIn} ${language.shortDate(row.portedIn)}`);
  const below = wrap(ported ?? '', EXTRA, WIDTH).map((line): Item => textAt(LEFT, baseline(0, EXTRA), line, EXTRA, QUIET));
  const lines: (readonly Item[])[] = [figures, ...below.map((item) => [item])];
  return lines.map((items, i): Block => {
    const last = i === lines.length - 1;
    const height = (i === 0 ? leading(ROW) : leading(EXTRA)) + (last ? 1.5 : 0);
    return { height, items: last ? [...items, rule(LEFT, height - 0.75, WIDTH, HAIRLINE, 0.25)] : items, keep: !last };
  });
}

function cell(column: Exclude<keyof typeof COLUMN, 'size'>, y: number, text: string, colour = INK): Item {
  const { x, width } = COLUMN[column];
  return textAt(x, y, text, { ...ROW, size: fittingSize(text, ROW, width) }, colour);
}
