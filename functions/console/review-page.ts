import { nameOf, type Review } from '../first-invoice/review.ts';
import { checkReportOf, historyText, waitingBehind } from '../first-invoice/review-report.ts';
import { getReview, historyOf } from '../first-invoice/review-store.ts';
import { stateAfter, type Trigger } from '../first-invoice/states.ts';
import { type CheckReport, countsText, failedChecks, SEVERITIES } from '../invoice-checks/report.ts';
import { type Html, html } from '../pages/html.ts';
import { actForms, missingPage } from './act-form.ts';
import type { ConsolePage, ConsoleRequest } from './console-page.ts';
import { paths } from './links.ts';
import { draftPart } from './review-draft.ts';
import { dueOf, REVIEW_WORDS } from './reviews-page.ts';
import { facts } from './table.ts';
import { link, when } from './words.ts';

/** `GET /reviews/{bcn}/{period}`: the draft of a first invoice, what the checks and the customer say of it, and a person's word. */
export async function reviewPage(request: ConsoleRequest): Promise<ConsolePage> {
  const { bcn = '', period = '' } = request.parameters;
  const review = await getReview(bcn, period);
  if (!review) return missingPage(`Account ${bcn} has no first invoice of ${period} to review.`);
  const [history, report, behind, draft] = await Promise.all([
    historyOf(bcn, period),
    checkReportOf(review),
    waitingBehind(review),
    draftPart(review),
  ]);
  const lines = history.map((line) => html`<li>${when(line.at)} ${historyText(line)}</li>`);
  const body = [
    reviewFacts(review, behind),
    queriesPart(review),
    actsPart(request, review),
    checksPart(report),
    draft,
    html`<h2>History</h2><ol class="history">${lines}</ol>`,
  ];
  return { title: `First invoice of ${bcn}, ${period}`, body };
}

function reviewFacts(review: Review, behind: readonly string[]): Html {
  const { bcn, ocn, state, version, draftedAt, deadlines, fault, numbers, taskId } = review;
  return facts([
    ['State', `${REVIEW_WORDS[state]}, draft ${version}`],
    ['Account', link(paths.account(bcn, { period: review.period }), bcn)],
    ['Customer', link(paths.customer(ocn), ocn)],
    ['Drafted', when(draftedAt)],
    ['Next', dueOf(review)],
    ['Issue by', deadlines.issueBy],
    ['Cannot be billed', fault],
    ['Waits behind it', behind.join(', ')],
    ['Issued as', numbers?.join(', ')],
    ['Task', taskId && link(paths.task(taskId), taskId)],
  ]);
}

/** What the customer asks, in its own words. */
function queriesPart({ answer }: Review): Html {
  if (answer?.trigger !== 'query') return html``;
  const lines = (answer.lines ?? []).map(
    ({ billId, lineId, reason }) => html`<li>${billId}${lineId ? `, line ${lineId}` : ''}: ${reason}</li>`,
  );
  return html`<div class="answer needs-a-person"><p><strong>The customer asks</strong> (${nameOf(answer.actor)}, ${when(answer.at)}):</p><ul>${lines}</ul></div>`;
}

/** Only what may happen now is offered. */
function actsPart(request: ConsoleRequest, { bcn, period, state, version }: Review): Html {
  const path = paths.review(bcn, period);
  const may = (trigger: Trigger) => stateAfter(state, trigger) !== undefined;
  const bound = { version: String(version) };
  const until = html`<label for="until">The last day; empty for five business days</label><input type="date" id="until" name="until">`;
  const acts = [
    { trigger: 'release', act: 'Release', about: 'Billing issues this draft as it is.' },
    { trigger: 'extend', act: 'Give more time', about: 'The customer gets a new deadline, and is told.', fields: [until], isSecond: true },
    { trigger: 'reject', act: 'Reject', about: 'This draft is not issued: it waits for corrected data.', isSecond: true },
  ] as const;
  const possible = acts.filter(({ trigger }) => may(trigger));
  return actForms(
    request,
    possible.map(({ trigger, ...form }) => ({ ...form, to: `${path}/${trigger}`, bound })),
  );
}

function checksPart({ counts, bills }: CheckReport): Html {
  const parts = bills.map(({ billId, checks }) => {
    const failed = failedChecks(checks).map(
      ({ severity, sentence, differences }) =>
        html`<li><strong>${SEVERITIES[severity]}:</strong> ${sentence}${differences.map(
          ({ what, found, expected }) => html`<br>${what}: found ${found}, expected ${expected}`,
        )}</li>`,
    );
    const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
    const list = failed.length === 0 ? html`` : html`<ul>${failed}</ul>`;
    return html`<h3>Bill ${billId}</h3>${list}<p class="quiet">${String(passed)} of ${String(checks.length)} checks have passed.</p>`;
  });
  return html`<h2>Checks</h2><p>${countsText(counts)}</p>${parts}`;
}
