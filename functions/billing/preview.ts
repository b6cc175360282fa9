import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountPage } from '../directory/account-pages.ts';
import type { AccountRecord } from './account.ts';
import { accountRecords, CHUNK_SIZE, chunksOf } from './chunk.ts';
import { chunksInto, type PlannedAccount, type PlannedChunk } from './chunking.ts';
import type { RunRequested } from './events.ts';
import { mailingsOf, mailsOf } from './mailings.ts';
import { batchRun } from './open-run.ts';
import { type BillPreview, type RerunOutcome, type TriedAccount, tryAccount } from './preview-account.ts';
import { plannedAccounts } from './repair.ts';
import { type MonthAsked, monthsAsked } from './rerun-accounts.ts';
import { isPublished, type Run, type RunRequest } from './run.ts';
import { lastSequence } from './run-store.ts';
import { subjectsOf } from './subjects.ts';

/** What a rerun would do with an account. */
export interface AccountPreview {
  readonly calendar: string;
  readonly bcn: string;
  readonly ocn: string;
  /** The gravest of its bills and files. */
  readonly outcome: RerunOutcome;
  readonly bills: readonly BillPreview[];
  /** Files that would become a version, such as `B4711/2026-10/unl-B4711.csv`. */
  readonly documents: readonly string[];
  readonly emails: number;
}

type Asked = Pick<RunRequested, 'period' | 'calendar' | 'bcns' | 'ocns' | 'only' | 'resend'>;

const GRAVITY: readonly RerunOutcome[] = ['broken', 'refused', 'held', 'new', 'changed', 'unchanged'];
const BATCH = 100;

/**
 * What a rerun would do, account by account, without doing any of it: everything is prepared and rendered as the run would, and thrown away.
 * @throws PermanentError when the rerun would be refused, with the reason
 */
export async function* previewRerun(asked: Asked, now: Date): AsyncGenerator<AccountPreview> {
  const months = await monthsAsked(asked);
  for (const each of months) {
    const run = await runOf(each, { resend: asked.resend }, now);
    for await (const accounts of accountsOf(each)) yield* previewOf(run, accounts);
  }
}

/** The run that would do it: the month's own until it is published, then a late batch. */
export async function runOf({ month, bcns }: MonthAsked, request: Pick<RunRequest, 'resend' | 'correct'>, now: Date): Promise<Run> {
  if (!isPublished(month.stage)) return month;
  const preview: RunRequest = { eventId: 'preview', bcns, reason: 'preview', requestedBy: 'preview', ...request };
  return batchRun(month, (await lastSequence(month)) + 1, preview, now);
}

/** The accounts of a chunk at a time would make; those of the directory's calendar where none are named. */
async function* accountsOf({ month, bcns }: MonthAsked): AsyncGenerator<PlannedAccount[]> {
  if (bcns) {
    for (let from = 0; from < bcns.length; from += BATCH) yield plannedAccounts(bcns.slice(from, from + BATCH));
  } else if (isPublished(month.stage)) {
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await accountPage(month.calendar, cursor);
      yield page.accounts;
      cursor = page.cursor;
    }
  } else {
    for await (const { legalEntityId, accounts } of chunksOf(month.runId)) yield accounts.map((account) => ({ ...account, legalEntityId }));
  }
}

/** Of some accounts. */
export async function* previewOf(run: Run, accounts: readonly PlannedAccount[]): AsyncGenerator<AccountPreview> {
  const spool = await mkdtemp(join(tmpdir(), 'carrierpost-'));
  try {
    for (const chunk of chunksInto(accounts, CHUNK_SIZE)) yield* previewChunk(run, chunk, spool);
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}

async function* previewChunk(run: Run, { legalEntityId, accounts }: PlannedChunk, spool: string): AsyncGenerator<AccountPreview> {
  const bcns = accounts.map(({ bcn }) => bcn);
  const before = await accountRecords(run.runId, bcns);
  const tried: TriedAccount[] = [];
  for (const subject of await subjectsOf(run, { legalEntityId, accounts }, bcns)) {
    tried.push(await tryAccount(run, subject, before.get(subject.bcn), spool));
  }
  const emails = run.sequence > 1 ? await emailsOf(run, legalEntityId, tried) : new Map<string, number>();
  for (const { record, bills } of tried) yield accountPreview(run, record, bills, emails.get(record.bcn) ?? 0);
}

/** Before the publication a rerun mails nobody: the emails are the month's. */
async function emailsOf(run: Run, legalEntityId: string, tried: readonly TriedAccount[]): Promise<Map<string, number>> {
  const records = tried.map(({ record }) => record);
  const mailings = await mailingsOf(run, legalEntityId, records, 'preview');
  return new Map(mailings.map((mailing) => [mailing.record.bcn, mailsOf(run, mailing).length]));
}

function accountPreview({ calendar }: Run, record: AccountRecord, bills: readonly BillPreview[], emails: number): AccountPreview {
  const { bcn, ocn, documents, state } = record;
  const fresh = state === 'parked' ? [] : documents.flatMap(({ fresh: isNew, documentId, kind }) => (isNew ? [{ documentId, kind }] : []));
  const files = fresh.filter(({ kind }) => kind === 'cdr' || kind === 'unl').map(({ documentId }) => documentId);
  const outcomes: RerunOutcome[] = [...bills.map(({ outcome }) => outcome), ...(files.length > 0 ? ['changed' as const] : [])];
  return { calendar, bcn, ocn, outcome: gravest(outcomes), bills, documents: files, emails };
}

function gravest(outcomes: readonly RerunOutcome[]): RerunOutcome {
  return GRAVITY.find((outcome) => outcomes.includes(outcome)) ?? 'unchanged';
}
