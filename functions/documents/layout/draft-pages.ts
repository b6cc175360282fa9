import { draftOf } from '../draft.ts';
import type { Invoice } from '../invoice.ts';
import { languageOf } from '../languages/languages.ts';
import { widthOf } from '../typesetting/shape.ts';
import { layoutInvoice } from './invoice-pages.ts';
import type { Colour, Layout, Page, TextItem } from './page.ts';
import { PAGE } from './style.ts';

/** Seen at once, and what stands over it is read without effort. */
const PALE: Colour = [226, 229, 235];
const ANGLE = 52;
/** Of the page's diagonal. */
const LENGTH = 0.78;
/** Half the height of capitals: the mark's middle lies on the page's middle. */
const HALF_CAPITAL = 0.35;

/**
 * The pages of the invoice as they will be, and across each of them that this is a draft. No number, no dates, no way to pay.
 * @param invoice built with any placeholder for its number
 */
export function layoutDraft(invoice: Invoice): Layout {
  const { draft } = languageOf(invoice.language).words;
  const mark = markAcross(draft.mark);
  const layout = layoutInvoice(draftOf(invoice));
  return { ...layout, pages: layout.pages.map((page) => marked(page, mark)) };
}

/** Over the panels, under everything that is read. */
function marked({ items }: Page, mark: TextItem): Page {
  const isPanel = ({ kind }: Page['items'][number]): boolean => kind === 'box';
  return { items: [...items.filter(isPanel), mark, ...items.filter((item) => !isPanel(item))] };
}

function markAcross(text: string): TextItem {
  const length = Math.hypot(PAGE.width, PAGE.height) * LENGTH;
  const size = length / widthOf(text, 'bold', 1);
  const angle = (ANGLE * Math.PI) / 180;
  const down = size * HALF_CAPITAL;
  return {
    kind: 'text',
    x: PAGE.width / 2 - (length / 2) * Math.cos(angle) + down * Math.sin(angle),
    y: PAGE.height / 2 + (length / 2) * Math.sin(angle) + down * Math.cos(angle),
    text,
    weight: 'bold',
    size,
    colour: PALE,
    turned: ANGLE,
  };
}
