import { isDraft } from '../draft.ts';
import type { Invoice } from '../invoice.ts';
import { languageOf } from '../languages/languages.ts';
import { paginate } from './flow.ts';
import { withFurniture } from './furniture.ts';
import { bodyBottom, firstHead, foldMarks, letterheadOf, RUNNING_TOP } from './letterhead.ts';
import { lineBlocks } from './lines.ts';
import { openingOf } from './opening.ts';
import { type Layout, mm } from './page.ts';
import { remarkBlocks } from './remarks.ts';
import { summaryBlocks } from './summary.ts';
import { usageBlocks } from './usage.ts';

/** Lays a document out: pages of items, measured with the fonts they will be drawn in. Pure: the same document is the same layout. */
export function layoutInvoice(invoice: Invoice): Layout {
  const letterhead = letterheadOf(invoice.issuer, languageOf(invoice.language));
  const opening = openingOf(invoice, letterhead);
  const summary = summaryBlocks(invoice, letterhead);
  const blocks = [
    ...summary.blocks,
    ...remarkBlocks(invoice, letterhead, [...letterhead.overflow, ...opening.overflow, ...summary.overflow]),
    ...usageBlocks(invoice, letterhead),
    ...lineBlocks(invoice, letterhead),
  ];
  const bottom = bodyBottom(letterhead);
  const first = { top: Math.max(letterhead.paper.title, opening.bottom + mm(6)), bottom };
  const flow = paginate(blocks, first, { top: RUNNING_TOP, bottom });
  const { titles, facts, draft } = letterhead.language.words;
  const title = `${titles[invoice.kind]} ${isDraft(invoice) ? draft.mark : invoice.number}`;
  return {
    pages: withFurniture(
      flow,
      letterhead,
      [...firstHead(letterhead), ...foldMarks(), ...opening.items],
      `${title}  ·  ${facts.account} ${invoice.bcn}`,
    ),
    title,
    author: invoice.issuer.name,
    subject: `${facts.account} ${invoice.bcn}, ${invoice.period}`,
    language: invoice.language,
    date: invoice.issueDate,
  };
}
