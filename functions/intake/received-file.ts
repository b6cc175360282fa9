import type { Reception } from '../billing/received.ts';
import type { FieldIssue } from '../events/cloud-event.ts';
import { type Finding, type Progress, tallyOf } from './progress.ts';

/** What became of a bill's or usage file. */
export interface ReceivedFile {
  readonly file: string;
  readonly kind: 'bill' | 'usage';
  readonly bcn: string;
  readonly bytes: number;
  readonly outcome: Reception | 'rejected';
  readonly issues?: readonly FieldIssue[];
  /** The calendar of the file's account. */
  readonly calendar?: string | undefined;
  readonly checksum?: { readonly announced: string; readonly found: string } | undefined;
  /** Why its account will be parked. */
  readonly unreadable?: string | undefined;
}

/** What a refused checksum reads like, in the report and as the reason for which the account is parked. */
export function checksumReason(announced: string, found: string): string {
  return `The file's SHA-256 is ${found}: ${announced} was announced in the period's complete file`;
}

/** What a piece of a period's files means for the import. */
export function progressOf(piece: {
  readonly period: string;
  readonly file: string;
  readonly files: readonly ReceivedFile[];
  readonly after: string;
  readonly again: boolean;
}): Progress {
  const { period, file, files, after, again } = piece;
  const counted = files.filter(({ outcome }) => outcome === 'new' || outcome === 'changed' || (again && outcome !== 'rejected'));
  const bcns = [...new Set(counted.map(({ bcn }) => bcn))];
  return {
    at: { after },
    file,
    tally: tallyOf(files.map(({ outcome }) => outcome)),
    findings: files.flatMap(findingsOf),
    changed: bcns.length > 0 ? { period, bcns } : undefined,
    delivered: deliveredBy(period, files),
    bytes: { done: files.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
}

function findingsOf({ file, issues = [], checksum, unreadable }: ReceivedFile): Finding[] {
  const findings: Finding[] = issues.map((issue) => ({ is: 'rejection', file, ...issue }));
  if (checksum) findings.push({ is: 'checksum', file, ...checksum });
  else if (unreadable !== undefined) findings.push({ is: 'unreadable', file, reason: unreadable });
  return findings;
}

function deliveredBy(period: string, files: readonly ReceivedFile[]): NonNullable<Progress['delivered']> {
  const delivered: Record<string, { bills: number; usageFiles: number }> = {};
  for (const { calendar, kind } of files) {
    if (calendar === undefined) continue;
    const name = `${period}/${calendar}`;
    const sum = delivered[name] ?? { bills: 0, usageFiles: 0 };
    delivered[name] = kind === 'bill' ? { ...sum, bills: sum.bills + 1 } : { ...sum, usageFiles: sum.usageFiles + 1 };
  }
  return delivered;
}
