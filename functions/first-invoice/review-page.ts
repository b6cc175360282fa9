import { localDate } from '../calendars/dates.ts';
import { spanText } from '../documents/languages/language.ts';
import { languageOf } from '../documents/languages/languages.ts';
import { formatDate, formatPeriod } from '../money/format.ts';
import { type Html, html } from '../pages/html.ts';
import { dayToAnswer } from './deadlines.ts';
import type { AskedDocument } from './draft-lines.ts';
import { documentSection } from './draft-section.ts';
import { MAX_NAME, MAX_REASON, SEEN, type Standing, WHOLE, type Wish } from './read-form.ts';
import type { LineQuery, Review } from './review.ts';
import { type Reviewer, reviewFrame } from './review-notices.ts';
import { REVIEW_WORDS } from './review-words.ts';
import { stateAfter } from './states.ts';

/** What the page shows besides who reads it. */
export interface ReviewContent {
  readonly review: Review;
  readonly documents: readonly AskedDocument[];
  /** The page's own path: its pictures and files lie below it. */
  readonly path: string;
  readonly now: Date;
}

/** What just happened, told at the top of the page. */
export type Outcome = 'approved' | 'asked' | 'decided-before' | Extract<Wish, { is: 'incomplete' }>;

/** The page on which a customer checks its draft, line by line, and answers. It works without scripts. */
export function reviewPage(reviewer: Reviewer, content: ReviewContent, outcome?: Outcome): string {
  const { review, documents, path } = content;
  const words = REVIEW_WORDS[reviewer.language];
  const { customer, account } = reviewer;
  const typed = typeof outcome === 'object' ? outcome : undefined;
  const seen = standingQuery(review);
  const asked = typed?.lines ?? seen.lines;
  const mayAnswer = stateAfter(review.state, 'approve') !== undefined;
  const sections = documents.map((document) => documentSection(reviewer, document, mayAnswer ? asked : undefined));
  const named = account.name === customer.name ? account.bcn : `${account.bcn} · ${account.name}`;
  return reviewFrame(
    reviewer,
    words.title(formatPeriod(review.period, reviewer.language)),
    html`${outcome ? outcomeNote(reviewer, outcome) : ''}${standing(reviewer, content)}
<dl><dt>${words.customerNumber}</dt><dd>${customer.ocn} · ${customer.name}</dd><dt>${words.account}</dt><dd>${named}</dd></dl>
${waysToSee(reviewer, documents, path)}
${mayAnswer ? html`<form method="post"><input type="hidden" name="${SEEN}" value="${seen.at}">${sections}${answerFields(reviewer, typed?.name ?? reviewer.contact.name, asked)}</form>` : sections}`,
  );
}

/** The questions that stand; none once they were answered. */
export function standingQuery({ answer }: Pick<Review, 'answer'>): Standing {
  return answer?.trigger === 'query' ? { at: answer.at, lines: answer.lines ?? [] } : { at: '', lines: [] };
}

function outcomeNote({ language }: Reviewer, outcome: Outcome): Html {
  const words = REVIEW_WORDS[language];
  if (typeof outcome === 'object') return html`<div class="saved" role="alert"><p>${words.incomplete[outcome.why]}</p></div>`;
  const said = { approved: words.justApproved, asked: words.justAsked, 'decided-before': words.decidedBefore }[outcome];
  return html`<div class="saved" role="status"><p>${said}</p></div>`;
}

/** How the review stands, and what the reader is asked to do. */
function standing({ language, timeZone }: Reviewer, { review, now }: ReviewContent): Html {
  const words = REVIEW_WORDS[language];
  const { answer, state, deadlines } = review;
  const at = answer && momentWords(answer.at, timeZone, language);
  // Who was erased since has no name any more.
  const name = answer?.actor.kind === 'customer' ? answer.actor.name || '–' : undefined;
  if (state === 'approved') {
    const who = name === undefined ? words.released(at ?? '') : words.approvedBy(name, at ?? '');
    return html`<p class="lead"><strong>${who}</strong> ${words.nextIsIssue}</p>`;
  }
  const asked =
    state === 'queried' && name !== undefined
      ? html`<p class="lead"><strong>${words.queriedBy(name, at ?? '')}</strong> ${words.nextIsDraft}</p>`
      : '';
  const isLate = state === 'expired' || now.toISOString() > deadlines.deadlineAt;
  const day = dayToAnswer(review);
  const by = day === undefined ? words.soon : isLate ? words.late : words.answerBy(formatDate(day, language));
  return html`${asked}<p class="lead">${words.lead} <strong>${by}</strong></p>`;
}

/** The pages as pictures, and each document as a file. */
function waysToSee({ language }: Reviewer, documents: readonly AskedDocument[], path: string): Html {
  const words = REVIEW_WORDS[language];
  const { titles } = languageOf(language).words;
  const files = documents.map(
    ({ invoice }, index) =>
      html`<li><a href="${path}/draft-${String(index + 1)}.pdf"><span><strong>${words.download(titles[invoice.kind])}</strong><span>${spanText(invoice.supplyPeriod, languageOf(language))}</span></span><em>${words.open}</em></a></li>`,
  );
  return html`<ul class="files"><li><a href="${path}/page-1"><span><strong>${words.seePages}</strong></span><em>${words.open}</em></a></li>${files}</ul>`;
}

function answerFields({ language }: Reviewer, name: string, asked: readonly LineQuery[]): Html {
  const words = REVIEW_WORDS[language];
  const whole = asked.find(({ lineId }) => lineId === undefined)?.reason ?? '';
  const approval = html`<div><button type="submit" name="decision" value="approve">${words.approve}</button><p>${words.approveAbout}</p></div>`;
  // The first button is the one that Enter presses: it must not be the approval.
  const question = html`<div><button type="submit" name="decision" value="query" class="second">${words.query}</button><p>${words.queryAbout}</p></div>`;
  return html`<fieldset><legend>${words.decide}</legend>
<div class="field"><label for="${WHOLE}">${words.whole}</label><p>${words.wholeAbout}</p><textarea id="${WHOLE}" name="${WHOLE}" rows="4" maxlength="${String(MAX_REASON)}">
${whole}</textarea></div>
<div class="field"><label for="name">${words.name}</label><p>${words.nameAbout}</p><input type="text" id="name" name="name" autocomplete="name" maxlength="${String(MAX_NAME)}" value="${name}"></div>
<div class="answers">${question}${approval}</div></fieldset>`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `4 Nov 2026, 09:30`, in the reader's zone. */
function momentWords(at: string, timeZone: string, language: Reviewer['language']): string {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  const instant = new Date(at);
  return `${formatDate(localDate(instant, timeZone), language)}, ${clock.format(instant)}`;
}
