import { layoutDraft } from '../documents/layout/draft-pages.ts';
import type { Page } from '../documents/layout/page.ts';
import { draftPdf } from '../documents/pdf.ts';
import type { FormFields } from '../pages/form-body.ts';
import type { Outcome as Acted } from './act.ts';
import { approve, query } from './answer.ts';
import { allLines } from './draft-lines.ts';
import { isSameQuery, type Wish, wishOf } from './read-form.ts';
import { correctedPage, issuedPage, linkSentPage, newerPage, notUnderstoodPage, tooOldPage } from './review-notices.ts';
import { type Outcome, reviewPage, standingQuery } from './review-page.ts';
import { sheetPage } from './sheet-page.ts';
import { mailNewLink, tellQueryReceived } from './tell-customer.ts';
import type { Visit } from './visit-review.ts';

/** A page or a file, and how the request for it went. */
export type Answer =
  | { readonly status: 200 | 400 | 404; readonly html: string }
  | { readonly status: 200; readonly pdf: Buffer; readonly filename: string };

/** What was posted; `fields` is undefined for something that is no form. Missing: the page was only asked for. */
export interface Said {
  readonly fields: FormFields | undefined;
}

type Open = Extract<Visit, { opens: 'draft' }>;

/**
 * The page of a draft: shown, or answered.
 * @param path of the page itself
 */
export async function answerVisit(visit: Visit, said: Said | undefined, path: string, now: Date): Promise<Answer> {
  const { reviewer } = visit;
  if (visit.opens === 'draft') return said ? answerForm(visit, said, path, now) : shown(visit, path, now);
  const asksForLink = said?.fields?.get('link') === 'mail';
  switch (visit.opens) {
    case 'newer':
    case 'too-old':
      if (asksForLink) return sendLink(visit, now);
      // The draft behind the link is gone, which programs should hear as well.
      return visit.opens === 'newer' ? { status: 404, html: newerPage(reviewer) } : ok(tooOldPage(reviewer));
    case 'corrected':
      return ok(correctedPage(reviewer));
    case 'issued':
      return ok(issuedPage(reviewer, visit.review.numbers ?? []));
  }
}

/**
 * A page of the draft as a picture (`page-3`), or one of its documents as a file (`draft-1.pdf`).
 * @returns undefined when the draft has no such part
 */
export async function answerPart(visit: Visit, part: string, path: string): Promise<Answer | undefined> {
  if (visit.opens !== 'draft') return undefined;
  const { reviewer, review, documents } = visit;
  const file = /^draft-(\d{1,3})\.pdf$/.exec(part)?.[1];
  const chosen = file === undefined ? undefined : documents[Number(file) - 1];
  if (chosen) {
    const filename = `draft-${review.bcn}-${review.period}-${file}.pdf`;
    return { status: 200, pdf: await draftPdf(chosen.invoice), filename };
  }
  const at = Number(/^page-(\d{1,5})$/.exec(part)?.[1]);
  const pages: Page[] = documents.flatMap(({ invoice }) => [...layoutDraft(invoice).pages]);
  const page = pages[at - 1];
  return page && ok(sheetPage(reviewer, { page, at, of: pages.length, period: review.period, path }));
}

async function answerForm(visit: Open, { fields }: Said, path: string, now: Date): Promise<Answer> {
  const { reviewer, review, documents } = visit;
  const wish = fields && wishOf(fields, allLines(documents), review.bills, standingQuery(review));
  if (!wish) return { status: 400, html: notUnderstoodPage(reviewer) };
  switch (wish.is) {
    case 'mail-link':
      return sendLink(visit, now);
    case 'incomplete':
      return { status: 400, html: pageOf(visit, path, now, wish) };
    case 'approve':
      return answered(visit, await approve(review, signed(visit, wish.name), now), 'approved', path, now);
    case 'query':
      return asked(visit, wish, path, now);
  }
}

/** The same questions once more, from a page that was loaded again, are the same questions. */
async function asked(visit: Open, { name, lines }: Extract<Wish, { is: 'query' }>, path: string, now: Date): Promise<Answer> {
  const { reviewer, review } = visit;
  const isKnown = isSameQuery(lines, standingQuery(review).lines);
  const acted = isKnown ? { kind: 'changes' as const, review } : await query(review, signed(visit, name), lines, now);
  // Also when they are known: a first try may have been cut short here.
  if (acted.kind === 'changes') await tellQueryReceived(reviewer, acted.review, now);
  return answered(visit, acted, 'asked', path, now);
}

/** What became of an answer: of two at once one counts, and the other reads whose. */
async function answered(visit: Open, acted: Acted, did: 'approved' | 'asked', path: string, now: Date): Promise<Answer> {
  const { review } = acted;
  if (review.version !== visit.review.version) return { status: 404, html: newerPage(visit.reviewer) };
  if (review.state === 'issued') return ok(issuedPage(visit.reviewer, review.numbers ?? []));
  if (review.state === 'blocked' || review.state === 'rejected') return ok(correctedPage(visit.reviewer));
  const isOwn = acted.kind === 'changes' || (did === 'approved' && isBy(review, visit));
  return ok(pageOf({ ...visit, review }, path, now, isOwn ? did : 'decided-before'));
}

/** A page that was loaded again says again what the same contact has said. */
function isBy({ answer }: Open['review'], { reviewer }: Open): boolean {
  return answer?.trigger === 'approve' && answer.actor.kind === 'customer' && answer.actor.contactId === reviewer.contact.contactId;
}

async function sendLink({ reviewer, review }: Visit, now: Date): Promise<Answer> {
  await mailNewLink(reviewer, review, now);
  return ok(linkSentPage(reviewer));
}

function signed({ reviewer }: Open, name: string) {
  return { contactId: reviewer.contact.contactId, name };
}

function shown(visit: Open, path: string, now: Date): Answer {
  return ok(pageOf(visit, path, now));
}

function pageOf({ reviewer, review, documents }: Open, path: string, now: Date, outcome?: Outcome): string {
  return reviewPage(reviewer, { review, documents, path, now }, outcome);
}

function ok(html: string): Answer {
  return { status: 200, html };
}
