import type { LegalEntity } from '../../directory/records.ts';
import type { Language } from '../languages/language.ts';
import { lawOf } from '../legal/law.ts';
import { addressLine } from '../postal-address.ts';
import { shortened, type TextStyle, wrap } from '../typesetting/wrap.ts';
import { type Brand, markAt } from './brand.ts';
import { baseline, linesAt, rule, textAt, textEndingAt } from './cells.ts';
import { type Item, mm } from './page.ts';
import { FOLDS, type Paper } from './paper.ts';
import { HAIRLINE, INK, LEFT, leading, PAGE, QUIET, RIGHT, SMALL, TINY, WIDTH } from './style.ts';

/** The paper of a legal entity: what its pages carry beside the document itself. */
export interface Letterhead {
  readonly entity: LegalEntity;
  readonly brand: Brand;
  readonly paper: Paper;
  readonly language: Language;
  /** Lines of the footer, by column. */
  readonly footer: readonly (readonly string[])[];
}

/** The name's sizes, from the one that is wanted to the one that always does. */
const NAME_SIZES = [13, 11, 9];
const NAME_LINES = 2;
const RUNNING: TextStyle = { weight: 'bold', size: 8.5 };
const MARK = mm(12);
const FOOTER_BOTTOM = PAGE.height - mm(9);
const FOOTER_GAP = mm(6);
const FOOTER_COLUMN = (WIDTH - 2 * FOOTER_GAP) / 3;

/** Most lines of a footer column and of one entry in it; longer ones end in an ellipsis. */
const FOOTER_LINES = 9;
const ENTRY_LINES = 3;

/** Puts the legal footer's lines into three columns: who, where registered, tax and contact. */
export function footerOf(entity: LegalEntity, language: Language): string[][] {
  const { footer } = language.words;
  const { court, number, directors, capital } = entity.legalFooter ?? {};
  const taxLabel = lawOf(entity.country).tax === 'vat' ? footer.vatId : footer.consumptionTaxId;
  const columns = [
    [entity.name, addressLine(entity.address)],
    [
      entity.registration,
      [court, number].filter(Boolean).join(' '),
      directors ? `${footer.directors}: ${directors}` : '',
      capital ? `${footer.capital}: ${capital}` : '',
    ],
    [
      entity.vatId ? `${taxLabel}: ${entity.vatId}` : '',
      entity.contact.email,
      `${footer.phone}: ${entity.contact.phone}`,
      entity.web ?? '',
    ],
  ];
  return columns.map((column) =>
    column
      .filter((entry) => entry !== '' && entry !== undefined)
      .flatMap((entry) => shortened(entry, TINY, FOOTER_COLUMN, ENTRY_LINES).lines)
      .slice(0, FOOTER_LINES),
  );
}

/** Where the flow of a page has to end. */
export function bodyBottom({ footer }: Letterhead): number {
  return footerTop(footer) - mm(5);
}

/** The head of the first page: mark, name, and how to reach the sender. */
export function firstHead({ entity, brand, paper }: Letterhead): Item[] {
  const { x, width } = paper.letterhead;
  const top = mm(13);
  const text = x + MARK + mm(3.5);
  const { lines, style } = nameOf(entity.name, width - MARK - mm(3.5));
  const nameTop = top + (MARK - lines.length * leading(style)) / 2;
  return [
    { kind: 'box', x: 0, y: 0, width: PAGE.width, height: mm(2.4), colour: brand.accent },
    ...markAt(x, top, MARK, brand),
    ...linesAt(text, nameTop, lines, style, INK),
    ...FOLDS.map((y) => rule(mm(6), y, mm(4), HAIRLINE)),
  ];
}

function nameOf(name: string, width: number): { lines: string[]; style: TextStyle } {
  const styles = NAME_SIZES.map((size): TextStyle => ({ weight: 'bold', size }));
  const style = styles.find((candidate) => wrap(name, candidate, width).length <= NAME_LINES) ?? { weight: 'bold', size: 9 };
  return { lines: shortened(name, style, width, NAME_LINES + 1).lines, style };
}

/** The head of every further page: whose document this is, in one line. */
export function runningHead({ entity, brand }: Letterhead, what: string): Item[] {
  const size = mm(6);
  const top = mm(11);
  const y = baseline(top + (size - leading(RUNNING)) / 2, RUNNING);
  const { lines } = shortened(entity.name, RUNNING, WIDTH / 2 - size - mm(2.5), 1);
  return [
    { kind: 'box', x: 0, y: 0, width: PAGE.width, height: mm(2.4), colour: brand.accent },
    ...markAt(LEFT, top, size, brand),
    ...lines.map((line) => textAt(LEFT + size + mm(2.5), y, line, RUNNING)),
    ...shortened(what, SMALL, WIDTH / 2 - mm(4), 1).lines.map((line) => textEndingAt(RIGHT, y, line, SMALL, QUIET)),
    rule(LEFT, top + size + mm(3), WIDTH, HAIRLINE),
  ];
}

/** Where the flow begins under a running head. */
export const RUNNING_TOP = mm(25);

/** The legal footer with the page's number. */
export function footerItems({ footer, language }: Letterhead, page: number, pages: number): Item[] {
  const top = footerTop(footer);
  const columns = footer.flatMap((lines, i) => linesAt(LEFT + i * (FOOTER_COLUMN + FOOTER_GAP), top + mm(2), lines, TINY, QUIET));
  const number = textEndingAt(RIGHT, FOOTER_BOTTOM, language.words.pageOf(page, pages), SMALL, QUIET);
  return [rule(LEFT, top, WIDTH, HAIRLINE), ...columns, number];
}

function footerTop(footer: Letterhead['footer']): number {
  const lines = Math.max(...footer.map((column) => column.length), 1);
  return FOOTER_BOTTOM - mm(4) - lines * leading(TINY) - mm(2);
}
