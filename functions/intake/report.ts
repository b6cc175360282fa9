import { putObject } from '../aws/objects.ts';
import { findingsOf, type ImportState } from './import-state.ts';
import type { Finding, Tally } from './progress.ts';

/** What a person reads after an import: `reports/<importId>.json` in the intake bucket. */
export interface ImportReport {
  readonly importId: string;
  readonly source: string;
  readonly eventId: string;
  readonly time: string;
  readonly prefix: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Counts by file or folder of the export. */
  readonly files: readonly ({ readonly file: string } & Tally)[];
  readonly rejected: number;
  readonly rejections: readonly Told<'rejection'>[];
  /** Files of known accounts that nobody can make an invoice of: the accounts are parked. */
  readonly unreadable: readonly Told<'unreadable'>[];
  readonly checksums: readonly Told<'checksum'>[];
  readonly remarks: readonly Told<'remark'>[];
  readonly unknownFields: readonly { readonly file: string; readonly fields: readonly string[] }[];
  /** True when there was more to tell than a report tells; the counts are exact all the same. */
  readonly shortened: boolean;
}

type Told<Is extends Finding['is']> = Omit<Extract<Finding, { is: Is }>, 'is'>;

const MOST_TOLD = 10_000;

/** Where an import's report lies in the intake bucket. */
export function reportKey(importId: string): string {
  return `reports/${importId}.json`;
}

/** Writes the report; the same import gives the same report, but for `finishedAt`. */
export async function writeReport(state: ImportState, finishedAt: Date): Promise<ImportReport> {
  const findings: Finding[] = [];
  for await (const finding of findingsOf(state.importId)) findings.push(finding);
  const report = reportOf(state, findings, finishedAt);
  await putObject({
    bucket: state.bucket,
    key: reportKey(state.importId),
    body: Buffer.from(JSON.stringify(report, null, 2)),
    contentType: 'application/json',
  });
  return report;
}

/** The report of an import with what it found. */
export function reportOf(state: ImportState, findings: readonly Finding[], finishedAt: Date): ImportReport {
  const { importId, source, eventId, time, prefix, startedAt } = state;
  const files = Object.entries(state.tallies).map(([file, tally]) => ({ file, ...tally }));
  return {
    importId,
    source,
    eventId,
    time,
    prefix,
    startedAt,
    finishedAt: finishedAt.toISOString(),
    files,
    rejected: files.reduce((sum, { rejected }) => sum + rejected, 0),
    rejections: told(findings, 'rejection', ({ file, line, field, value, expected }) => ({ file, line, field, value, expected })),
    unreadable: told(findings, 'unreadable', ({ file, reason }) => ({ file, reason })),
    checksums: told(findings, 'checksum', ({ file, announced, found }) => ({ file, announced, found })),
    remarks: told(findings, 'remark', ({ file, line, text }) => ({ file, line, text })),
    unknownFields: Object.entries(state.unknownFields).map(([file, fields]) => ({ file, fields })),
    shortened: findings.length >= MOST_TOLD,
  };
}

function told<Is extends Finding['is']>(
  findings: readonly Finding[],
  is: Is,
  fieldsOf: (finding: Extract<Finding, { is: Is }>) => Told<Is>,
): Told<Is>[] {
  return findings.filter((finding): finding is Extract<Finding, { is: Is }> => finding.is === is).map(fieldsOf);
}
