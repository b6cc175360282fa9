import * as z from 'zod';
import type { Finding } from './check.ts';
import type { CheckResult } from './check-document.ts';

/** Findings of one account that are kept; the counts are complete. */
const KEPT = 100;
/** Longer values help nobody. */
const LONGEST = 300;
/** Differences that a run's list tells of an account. */
const WARNED = 3;

const severity = z.enum(['blocks', 'asks', 'notes']);
const finding = z.object({
  check: z.string(),
  severity,
  sentence: z.string(),
  what: z.string(),
  found: z.string(),
  expected: z.string(),
});
const count = z.int().min(0);

/** The checks of everything that is billed to an account in a period, as they are kept and as events carry them. */
export const accountChecks = z.object({
  counts: z.object({ blocks: count, asks: count, notes: count }),
  results: z.array(z.object({ billId: z.string(), findings: z.array(finding), notJudged: z.array(z.string()) })),
});

export type AccountChecks = z.output<typeof accountChecks>;
export type CheckCounts = AccountChecks['counts'];

/** Puts the results of an account's bills together. Of very many findings the first are kept, those that block before the others. */
export function checksOf(results: readonly CheckResult[]): AccountChecks {
  let left = KEPT;
  const kept = results.map(({ billId, findings, notJudged }) => {
    const own = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]).slice(0, left);
    left -= own.length;
    return { billId, findings: own.map(shortened), notJudged: [...notJudged] };
  });
  return { counts: countsOf(results.flatMap(({ findings }) => findings)), results: kept };
}

/** The warnings of an account in one line; undefined where nothing asks for a look. */
export function warningOf({ results }: AccountChecks): string | undefined {
  const findings = results.flatMap((result) => result.findings.filter((each) => each.severity !== 'notes'));
  if (findings.length === 0) return undefined;
  const told = findings.slice(0, WARNED).map(sentenceOf).join(' ');
  return findings.length > WARNED ? `${told} And ${findings.length - WARNED} more.` : told;
}

/** A finding as one sentence. */
export function sentenceOf({ sentence, what, found, expected }: Finding): string {
  return `${sentence}: ${what} is ${found}, expected is ${expected}.`;
}

const ORDER: Readonly<Record<Finding['severity'], number>> = { blocks: 0, asks: 1, notes: 2 };

function countsOf(findings: readonly Finding[]): CheckCounts {
  const of = (name: Finding['severity']): number => findings.filter((each) => each.severity === name).length;
  return { blocks: of('blocks'), asks: of('asks'), notes: of('notes') };
}

function shortened({ what, found, expected, ...rest }: Finding): Finding {
  const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text);
  return { ...rest, what: cut(what), found: cut(found), expected: cut(expected) };
}
