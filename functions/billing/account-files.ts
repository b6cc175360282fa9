import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { logger } from '../aws/log.ts';
import { getObjectStream } from '../aws/objects.ts';
import { CALENDARS } from '../calendars/calendars.ts';
import { type AccountNumbers, accountNumbers } from '../directory/account-numbers.ts';
import type { BillingAccount, LegalEntity } from '../directory/records.ts';
import { isLayout, LAYOUTS } from '../documents/cdr/layouts.ts';
import type { Packed } from '../documents/cdr/pack.ts';
import { type CdrSummary, writeCdr } from '../documents/cdr/write-cdr.ts';
import { type Manifest, manifestOf } from '../documents/manifest.ts';
import type { DocumentDraft, DocumentFormat, DocumentKind } from '../documents/records.ts';
import { buildUnl, unlCsv } from '../documents/unl.ts';
import { renderUnl } from '../documents/unl-pdf.ts';
import { PermanentError } from '../events/failure.ts';
import type { ReceivedUsage } from './received.ts';
import type { Run } from './run.ts';

/** A document whose bytes are ready: in memory, or spooled to disk when they may be many. */
export interface AccountFile {
  readonly draft: DocumentDraft;
  readonly open: () => Buffer | Readable;
  readonly spooled: number;
}

export interface AccountFiles {
  readonly files: readonly AccountFile[];
  /** Of the call records and numbers; its documents are listed when all are rendered. */
  readonly manifest: Manifest;
  /** All calls of the period, published or not: the bill's usage lines are checked against them. */
  readonly usage: CdrSummary | undefined;
  readonly numbers: AccountNumbers;
}

/** The call records and the number list of an account, as far as it has any. */
export async function accountFiles(
  run: Run,
  account: BillingAccount,
  legalEntity: LegalEntity,
  usage: ReceivedUsage | undefined,
  spool: string,
): Promise<AccountFiles> {
  const cdr = usage && (await cdrOf(run, account, legalEntity, usage, spool));
  const held = await accountNumbers(account.bcn);
  const unl = buildUnl(account, held.ranges, run.period, held.ownerOf);
  if (unl.problems.length > 0) logger.warn('A number list has faults', { bcn: account.bcn, period: run.period, problems: unl.problems });
  const holdsNumbers = unl.rows.length > 0;
  const numbers = holdsNumbers
    ? [inMemory(run, account, 'csv', unlCsv(unl)), inMemory(run, account, 'pdf', await renderUnl(unl, legalEntity, account.language))]
    : [];
  const calls = cdr?.file ? [spooled(run, account, cdr.file)] : [];
  return {
    files: [...calls, ...numbers],
    manifest: manifestOf({ account, period: run.period, documents: [], cdr, unl: holdsNumbers ? unl : undefined }),
    usage: cdr,
    numbers: held,
  };
}

function spooled(run: Run, account: BillingAccount, { file, bytes, sha256Packed }: Packed): AccountFile {
  const draft = draftOf(run, account, 'cdr', 'csv.gz', { sha256: sha256Packed, bytes });
  return { draft, open: () => createReadStream(file), spooled: bytes };
}

/** Names the document that some bytes become. */
export function draftOf(
  { period, runId }: Pick<Run, 'period' | 'runId'>,
  { ocn, bcn }: Pick<BillingAccount, 'ocn' | 'bcn'>,
  kind: DocumentKind | 'manifest',
  format: DocumentFormat,
  { sha256, bytes }: { sha256: string; bytes: number },
): DocumentDraft {
  return { ocn, bcn, period, kind, format, sha256, bytes, publicationId: runId };
}

function inMemory(run: Run, account: BillingAccount, format: 'csv' | 'pdf', body: Buffer): AccountFile {
  const facts = { sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length };
  return { draft: draftOf(run, account, 'unl', format, facts), open: () => body, spooled: 0 };
}

async function cdrOf(
  run: Run,
  account: BillingAccount,
  legalEntity: LegalEntity,
  usage: ReceivedUsage,
  spool: string,
): Promise<CdrSummary> {
  const { bucket, key, layout, unreadable } = usage;
  if (unreadable) throw new PermanentError(unreadable, key);
  if (!isLayout(layout)) {
    throw new PermanentError(`layout is ${JSON.stringify(layout)}: one of ${Object.keys(LAYOUTS).join(', ')} is expected`, 'layout');
  }
  const input = await getObjectStream(bucket, key);
  if (!input) throw new PermanentError(`${key} is missing: the usage of ${account.bcn} was delivered there`, key);
  const summary = await writeCdr({
    input,
    layout,
    account,
    period: run.period,
    lateUsageDays: legalEntity.lateUsageDays,
    timeZone: CALENDARS[run.calendar].timeZone,
    spool,
    name: key,
  });
  if (summary.problemCount === 0) return summary;
  const rest = summary.problemCount - summary.problems.length;
  throw new PermanentError(
    [...summary.problems.map(({ reason }) => reason), ...(rest > 0 ? [`and ${rest} more like these`] : [])].join('; '),
    key,
  );
}
