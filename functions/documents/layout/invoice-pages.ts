import type { Invoice } from '../invoice.ts';
import { languageOf } from '../languages/languages.ts';
import { brandOf } from './brand.ts';
import { paginate } from './flow.ts';
import { bodyBottom, firstHead, footerItems, footerOf, type Letterhead, RUNNING_TOP, runningHead } from './letterhead.ts';
import { lineBlocks } from './lines.ts';
import { openingOf } from './opening.ts';
import { type Item, type Layout, mm, type Page } from './page.ts';
import { paperOf } from './paper.ts';
import { remarkBlocks } from './remarks.ts';
import { summaryBlocks } from './summary.ts';

/** Lays a document out: pages of items, measured with the fonts they will be drawn in. Pure: the same document is the same layout. */
export function layoutInvoice(invoice: Invoice): Layout {
  const letterhead = letterheadOf(invoice);
  const opening = openingOf(invoice, letterhead);
  const summary = summaryBlocks(invoice, letterhead);
  const blocks = [
    ...summary.blocks,
    ...remarkBlocks(invoice, letterhead, [...opening.overflow, ...summary.overflow]),
    ...lineBlocks(invoice, letterhead),
  ];
  const bottom = bodyBottom(letterhead);
  const first = { top: Math.max(letterhead.paper.title, opening.bottom + mm(7)), bottom };
  const flow = paginate(blocks, first, { top: RUNNING_TOP, bottom });
  const { titles, facts } = letterhead.language.words;
  const title = `${titles[invoice.kind]} ${invoice.number}`;
  return {
    pages: withFurniture(flow, letterhead, [...firstHead(letterhead), ...opening.items], `${title}  ·  ${facts.account} ${invoice.bcn}`),
    title,
    author: invoice.issuer.name,
    subject: `${facts.account} ${invoice.bcn}, ${invoice.period}`,
    language: invoice.language,
    date: invoice.issueDate,
  };
}

/** Every page with its head and foot; the first one with what stands above the flow. */
export function withFurniture(flow: readonly Item[][], letterhead: Letterhead, opening: readonly Item[], running: string): Page[] {
  return flow.map((items, i) => ({
    items: [...(i === 0 ? opening : runningHead(letterhead, running)), ...items, ...footerItems(letterhead, i + 1, flow.length)],
  }));
}

function letterheadOf({ issuer, language: code }: Invoice): Letterhead {
  const language = languageOf(code);
  return {
    entity: issuer,
    brand: brandOf(issuer.legalEntityId),
    paper: paperOf(issuer.country),
    language,
    footer: footerOf(issuer, language),
  };
}
