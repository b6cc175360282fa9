import { card, frame } from '../pages/frame.ts';
import { type Html, html } from '../pages/html.ts';
import { type CheckLine, type CheckOutcome, type CheckReport, countsText, failedChecks, SEVERITIES, titleOf } from './report.ts';

/**
 * The report as a page: what failed with both values, then what passed and what had nothing to compare with.
 * @param sender the legal entity whose billing team reads it
 */
export function reportPage(report: CheckReport, sender: string): string {
  const title = `Checks of ${titleOf(report)}`;
  const intro = html`<section><h1>${title}</h1><p>${countsText(report.counts)}</p></section>`;
  return frame('en', title, card({ sender, body: [intro, ...report.bills.flatMap(billSections)] }));
}

function billSections({ billId, checks }: CheckReport['bills'][number]): Html[] {
  const failed = failedChecks(checks);
  return [
    html`<section><h2>Bill ${billId}</h2><p>${String(failed.length)} of ${String(checks.length)} checks found something.</p></section>`,
    ...failed.map(failedSection),
    ...listed('Passed', 'passed', checks),
    ...listed('Nothing to compare with', 'not-judged', checks),
  ];
}

function failedSection({ severity, sentence, differences }: CheckLine): Html {
  return html`<section><h2>${SEVERITIES[severity]}: ${sentence}</h2>${differences.map(
    ({ what, found, expected }) => html`<p>${what}</p><dl><dt>Found</dt><dd>${found}</dd><dt>Expected</dt><dd>${expected}</dd></dl>`,
  )}</section>`;
}

function listed(heading: string, outcome: CheckOutcome, checks: readonly CheckLine[]): Html[] {
  const lines = checks.filter((line) => line.outcome === outcome);
  if (lines.length === 0) return [];
  return [html`<section><h2>${heading}</h2><ul>${lines.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul></section>`];
}
