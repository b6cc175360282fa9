import { addressLine } from '../../directory/home-address.ts';
import { isDraft } from '../draft.ts';
import type { Invoice } from '../invoice.ts';
import { type Language, spanText } from '../languages/language.ts';
import { lawOf } from '../legal/law.ts';
import { honoured, nameStandsLast } from '../postal-address.ts';
import { fittingSize, printable, shortened, type TextStyle, wrap } from '../typesetting/wrap.ts';
import { baseline, bottomOf, linesAt, textAt, textEndingAt } from './cells.ts';
import type { Letterhead } from './letterhead.ts';
import { type Item, mm } from './page.ts';
import { correctionLabel } from './remarks.ts';
import { BODY, LABEL, leading, QUIET, STRONG, TINY } from './style.ts';

/** Everything above the title, where it ends, and what had no room there. */
export interface Opening {
  readonly items: readonly Item[];
  readonly bottom: number;
  /** Told in the remarks instead. */
  readonly overflow: readonly string[];
}

const ADDRESS: TextStyle = { weight: 'regular', size: 9.5 };
const ADDRESS_NAME: TextStyle = { weight: 'bold', size: 9.5 };

/** The return line is not set smaller than this; a longer one takes two lines. */
const SMALLEST = 5.5;

/** Lines that an address window shows. */
const NAME_LINES = 3;
const STREET_LINES = 2;

/** A reference longer than this many lines is told in the remarks. */
const FACT_LINES = 3;

/** The recipient in the envelope's window, the return line above, the facts beside. */
export function openingOf(invoice: Invoice, letterhead: Letterhead): Opening {
  const window = windowOf(invoice.recipient, letterhead);
  const facts = factsOf(invoice, letterhead);
  const items = [...window.items, ...facts.items];
  return { items, bottom: bottomOf(items, letterhead.paper.address.bottom), overflow: [...window.overflow, ...facts.overflow] };
}

/** The address as the post reads it, in the window of the envelope. */
export function windowOf(recipient: Invoice['recipient'], { entity, paper, language }: Letterhead): Omit<Opening, 'bottom'> {
  const { x, top, width } = paper.address;
  const nameLast = nameStandsLast(recipient.address);
  const sender = returnLine(`${entity.name}, ${addressLine(entity.address)}`, width);
  const name = shortened(nameLast ? honoured(recipient.name) : recipient.name, ADDRESS_NAME, width, NAME_LINES);
  const address = recipient.address.map((line) => shortened(line, ADDRESS, width, STREET_LINES));
  const lines = address.flatMap((line) => line.lines);
  const [nameTop, addressTop] = nameLast
    ? [top + lines.length * leading(ADDRESS), top]
    : [top, top + name.lines.length * leading(ADDRESS_NAME)];
  const overflow = [
    ...(name.cut ? [`${language.words.fullName}${language.colon}${recipient.name}`] : []),
    ...recipient.address.filter((_, i) => address[i]?.cut),
  ];
  return {
    items: [
      ...sender.lines.toReversed().map((line, i) => textAt(x, top - mm(3.2) - i * leading(sender.style), line, sender.style, QUIET)),
      ...linesAt(x, nameTop, name.lines, ADDRESS_NAME),
      ...linesAt(x, addressTop, lines, ADDRESS),
    ],
    overflow,
  };
}

/** The sender above the address, small, for the post that cannot deliver it. */
function returnLine(text: string, width: number): { lines: string[]; style: TextStyle } {
  const style = { ...TINY, size: Math.max(SMALLEST, fittingSize(printable(text), TINY, width)) };
  return { lines: shortened(text, style, width, 2).lines, style };
}

function factsOf(invoice: Invoice, { paper, language }: Letterhead): Omit<Opening, 'bottom'> {
  const { x, top, width } = paper.facts;
  const column = width - mm(28);
  const items: Item[] = [];
  const overflow: string[] = [];
  let y = top;
  for (const { label, value, strong } of factRows(invoice, language)) {
    const style = strong ? STRONG : BODY;
    const lines = wrap(value, style, column);
    if (lines.length > FACT_LINES) {
      overflow.push(`${label}${language.colon}${value}`);
      continue;
    }
    items.push(textAt(x, baseline(y, BODY), label, LABEL, QUIET));
    for (const line of lines) {
      items.push(textEndingAt(x + width, baseline(y, style), line, style));
      y += leading(style);
    }
  }
  return { items, overflow };
}

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
}

function factRows(invoice: Invoice, language: Language): Fact[] {
  const { number, issueDate, supplyPeriod, ocn, bcn, recipient, references, corrects } = invoice;
  const { facts, preceding } = language.words;
  const [first, ...more] = corrects?.invoices ?? [];
  const rows: { label: string; value: string | undefined; strong?: boolean }[] = [
    { label: facts.number, value: number, strong: true },
    { label: facts.issueDate, value: isDraft(invoice) ? undefined : language.longDate(issueDate) },
    { label: facts.supplyPeriod, value: spanText(supplyPeriod, language) },
    { label: facts.customer, value: ocn },
    { label: facts.account, value: bcn },
    { label: lawOf(recipient.country).tax === 'vat' ? facts.vatId : facts.registration, value: recipient.vatId },
    { label: facts.registration, value: recipient.registration },
    { label: facts.buyerReference, value: references.buyerReference },
    { label: facts.customerReference, value: references.customerReference },
    { label: facts.purchaseOrder, value: references.purchaseOrder },
    { label: facts.agreement, value: references.agreement },
    {
      label: correctionLabel(invoice, language),
      value: first && more.length === 0 ? preceding(first.number, language.shortDate(first.issueDate)) : undefined,
    },
  ];
  return rows.flatMap(({ label, value, strong }) => (value ? [{ label, value, strong: strong ?? false }] : []));
}
