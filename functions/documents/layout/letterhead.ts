import { addressLine } from '../../directory/home-address.ts';
import type { LegalEntity } from '../../directory/records.ts';
import type { Language } from '../languages/language.ts';
import { lawOf } from '../legal/law.ts';
import { widthOf } from '../typesetting/shape.ts';
import { printable, shortened, type TextStyle, wrap } from '../typesetting/wrap.ts';
import { type Brand, brandOf, markAt } from './brand.ts';
import { baseline, linesAt, rule, textAt, textEndingAt } from './cells.ts';
import { type Item, mm } from './page.ts';
import { FOLDS, type Paper, paperOf } from './paper.ts';
import { HAIRLINE, INK, LEFT, leading, PAGE, QUIET, RIGHT, SMALL, TINY, WIDTH } from './style.ts';

/** The paper of a legal entity: what its pages carry beside the document itself. */
export interface Letterhead {
  readonly entity: LegalEntity;
  readonly brand: Brand;
  readonly paper: Paper;
  readonly language: Language;
  /** Lines of the footer, by column. */
  readonly footer: readonly (readonly string[])[];
  /** What of the entity's data had no room in head and footer: told in the remarks. */
  readonly overflow: readonly string[];
}

/** The name's sizes, from the one that is wanted to the one that always does. */
const NAME_SIZES = [13, 11, 10, 9];
const NAME_LINES = 2;
const RUNNING: TextStyle = { weight: 'bold', size: 8.5 };
const MARK = mm(12);
const MARK_GAP = mm(3.5);
const FOOTER_BOTTOM = PAGE.height - mm(9);
const FOOTER_GAP = mm(6);
const FOOTER_COLUMN = (WIDTH - 2 * FOOTER_GAP) / 3;

/** Most lines of one entry of the footer; a longer one ends in an ellipsis. */
const ENTRY_LINES = 3;

/** The paper of a legal entity, in the document's language. */
export function letterheadOf(entity: LegalEntity, language: Language): Letterhead {
  const paper = paperOf(entity.country);
  const footer = footerOf(entity, language);
  const name = nameOf(entity.name, nameWidth(paper));
  return {
    entity,
    brand: brandOf(entity.legalEntityId),
    paper,
    language,
    footer: footer.columns,
    overflow: [...(name.cut ? [`${language.words.fullName}${language.colon}${entity.name}`] : []), ...footer.overflow],
  };
}

/** The legal footer's lines in three columns: who, where registered, tax and contact. */
function footerOf(entity: LegalEntity, language: Language): { columns: string[][]; overflow: string[] } {
  const { footer } = language.words;
  const { directors, capital } = entity.legalFooter ?? {};
  const labelled = (label: string, text: string | undefined): string => (text ? `${label}${language.colon}${text}` : '');
  const taxLabel = lawOf(entity.country).tax === 'vat' ? footer.vatId : footer.consumptionTaxId;
  const columns = [
    [entity.name, addressLine(entity.address)],
    [...registersOf(entity), labelled(footer.directors, directors), labelled(footer.capital, capital)],
    [labelled(taxLabel, entity.vatId), entity.contact.email, labelled(footer.phone, entity.contact.phone), entity.web ?? ''],
  ];
  const entries = columns.map((column) =>
    column.filter((text) => text !== '').map((text) => ({ text, ...shortened(text, TINY, FOOTER_COLUMN, ENTRY_LINES) })),
  );
  return {
    columns: entries.map((column) => column.flatMap(({ lines }) => lines)),
    overflow: entries
      .flat()
      .filter(({ cut, text }) => cut && text !== entity.name)
      .map(({ text }) => text),
  };
}

/** Where the entity is registered. Where its registration names the court's number too, the longer of the two says it all. */
function registersOf({ registration, legalFooter }: LegalEntity): string[] {
  const { court, number } = legalFooter ?? {};
  const register = [court, number].filter(Boolean).join(' ');
  if (!number || !registration.includes(number)) return [registration, register];
  return [registration.length > register.length ? registration : register];
}

/** Where the flow of a page has to end. */
export function bodyBottom({ footer }: Letterhead): number {
  return footerTop(footer) - mm(5);
}

/** The head of the first page: mark, name, and how to reach the sender. */
export function firstHead({ entity, brand, paper }: Letterhead): Item[] {
  const { x } = paper.letterhead;
  const top = mm(13);
  const text = x + MARK + MARK_GAP;
  const { lines, style } = nameOf(entity.name, nameWidth(paper));
  const nameTop = top + (MARK - lines.length * leading(style)) / 2;
  return [
    { kind: 'box', x: 0, y: 0, width: PAGE.width, height: mm(2.4), colour: brand.accent },
    ...markAt(x, top, MARK, brand),
    ...linesAt(text, nameTop, lines, style, INK),
  ];
}

/** Where a letter is folded in three. */
export function foldMarks(): Item[] {
  return FOLDS.map((y) => rule(mm(6), y, mm(4), HAIRLINE));
}

function nameWidth({ letterhead }: Paper): number {
  return letterhead.width - MARK - MARK_GAP;
}

function nameOf(name: string, width: number): { lines: string[]; cut: boolean; style: TextStyle } {
  const styles = NAME_SIZES.map((size): TextStyle => ({ weight: 'bold', size }));
  const fits = (style: TextStyle): boolean => wrap(name, style, width).length <= NAME_LINES;
  // Japanese may end a line anywhere, but a company's name does not: where its words fit whole, they stay whole.
  const whole = (style: TextStyle): boolean => name.split(' ').every((word) => widthOf(printable(word), style.weight, style.size) <= width);
  const style = styles.find((candidate) => fits(candidate) && whole(candidate)) ?? styles.find(fits) ?? { weight: 'bold', size: 9 };
  return { ...shortened(name, style, width, NAME_LINES + 1), style };
}

/** The head of every further page: whose document this is, in one line. */
export function runningHead({ entity, brand }: Letterhead, what: string): Item[] {
  const size = mm(6);
  const top = mm(11);
  const y = baseline(top + (size - leading(RUNNING)) / 2, RUNNING);
  const [told = ''] = shortened(what, SMALL, WIDTH / 2 - mm(4), 1).lines;
  const { lines } = shortened(entity.name, RUNNING, WIDTH - widthOf(told, SMALL.weight, SMALL.size) - size - mm(6.5), 1);
  return [
    { kind: 'box', x: 0, y: 0, width: PAGE.width, height: mm(2.4), colour: brand.accent },
    ...markAt(LEFT, top, size, brand),
    ...lines.map((line) => textAt(LEFT + size + mm(2.5), y, line, RUNNING)),
    textEndingAt(RIGHT, y, told, SMALL, QUIET),
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
