import type { AccountChecks, CheckCounts } from './account-checks.ts';
import type { Difference, Severity } from './check.ts';
import { CHECKS } from './check-document.ts';

/** Whose documents the report is about. */
export interface ReportSubject {
  readonly bcn: string;
  readonly accountName: string;
  readonly period: string;
  /** Of the draft, where it is one. */
  readonly version?: number | undefined;
}

export type CheckOutcome = 'passed' | 'failed' | 'not-judged';

/** One check of one bill. */
export interface CheckLine {
  readonly check: string;
  readonly sentence: string;
  readonly severity: Severity;
  readonly outcome: CheckOutcome;
  readonly differences: readonly Difference[];
}

/** What a billing person reads before a document goes out; as JSON it is what `--json` prints. */
export interface CheckReport extends ReportSubject {
  readonly counts: CheckCounts;
  readonly bills: readonly { readonly billId: string; readonly checks: readonly CheckLine[] }[];
}

/** How a severity is said where it stands alone. */
export const SEVERITIES: Readonly<Record<Severity, string>> = { blocks: 'Blocks', asks: 'Asks', notes: 'Note' };

const ORDER: readonly Severity[] = ['blocks', 'asks', 'notes'];
const INDENT = ' '.repeat(10);

/** The report of an account's checks: every check of every bill with its outcome. */
export function reportOf({ bcn, accountName, period, version }: ReportSubject, { counts, results }: AccountChecks): CheckReport {
  const bills = results.map(({ billId, findings, notJudged }) => ({
    billId,
    checks: CHECKS.map(({ name, sentence, severity }): CheckLine => {
      const own = findings.filter((finding) => finding.check === name);
      const outcome = own.length > 0 ? 'failed' : notJudged.includes(name) ? 'not-judged' : 'passed';
      const differences = own.map(({ what, found, expected }) => ({ what, found, expected }));
      return { check: name, sentence, severity, outcome, differences };
    }),
  }));
  return { bcn, accountName, period, version, counts, bills };
}

/** The checks of a bill that failed, those that block first. */
export function failedChecks(checks: readonly CheckLine[]): CheckLine[] {
  return ORDER.flatMap((severity) => checks.filter((line) => line.outcome === 'failed' && line.severity === severity));
}

/** `B4711 (Example Ltd), 2026-10, draft 2`. */
export function titleOf({ bcn, accountName, period, version }: ReportSubject): string {
  return `${bcn} (${accountName}), ${period}${version === undefined ? '' : `, draft ${version}`}`;
}

/** `1 blocks, 2 ask, no notes`: what the findings come to. */
export function countsText({ blocks, asks, notes }: CheckCounts): string {
  if (blocks + asks + notes === 0) return 'Every check that applies has passed.';
  const found = [
    ...(blocks > 0 ? [`${blocks} ${blocks === 1 ? 'finding blocks' : 'findings block'}`] : []),
    ...(asks > 0 ? [`${asks} ${asks === 1 ? 'asks' : 'ask'} for a look`] : []),
    ...(notes > 0 ? [`${notes} ${notes === 1 ? 'note' : 'notes'}`] : []),
  ];
  return `${found.join(', ')}.`;
}

/** The report as lines of plain text. */
export function reportText(report: CheckReport): string[] {
  return [titleOf(report), countsText(report.counts), ...report.bills.flatMap(({ billId, checks }) => ['', ...billText(billId, checks)])];
}

function billText(billId: string, checks: readonly CheckLine[]): string[] {
  const named = (outcome: CheckOutcome): string[] => checks.filter((line) => line.outcome === outcome).map(({ check }) => check);
  const rest = [
    ['passed', named('passed')],
    ['not judged', named('not-judged')],
  ] as const;
  return [
    `Bill ${billId}`,
    ...failedChecks(checks).flatMap(failedText),
    ...rest.flatMap(([label, names]) => (names.length > 0 ? [`  ${names.length} ${label}: ${names.join(', ')}`] : [])),
  ];
}

function failedText({ severity, sentence, differences }: CheckLine): string[] {
  return [
    `  ${SEVERITIES[severity].padEnd(INDENT.length - 2)}${sentence}`,
    ...differences.flatMap(({ what, found, expected }) => [
      `${INDENT}${what}`,
      `${INDENT}  found     ${found}`,
      `${INDENT}  expected  ${expected}`,
    ]),
  ];
}
