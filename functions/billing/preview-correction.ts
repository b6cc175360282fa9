import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BillDifference } from '../documents/bill-difference.ts';
import type { IssuedFacts } from '../documents/issued-facts.ts';
import { PermanentError } from '../events/failure.ts';
import { monthToCorrect } from './correct.ts';
import { correctable } from './correct-bills.ts';
import type { CorrectionRequested } from './events.ts';
import { mailingsOf, mailsOf } from './mailings.ts';
import { batchRun } from './open-run.ts';
import { tryAccount } from './preview-account.ts';
import { plannedAccounts } from './repair.ts';
import type { RunRequest } from './run.ts';
import { lastSequence } from './run-store.ts';
import { subjectsOf } from './subjects.ts';

/** What a correction would issue. */
export interface CorrectionPreview {
  readonly bills: readonly { readonly billId: string; readonly number: string; readonly difference?: BillDifference | undefined }[];
  /** The credit notes and what replaces the documents; their numbers are bound when they are issued. */
  readonly documents: readonly Pick<IssuedFacts, 'type' | 'gross' | 'currency' | 'corrects'>[];
  readonly emails: number;
}

/**
 * What a correction would do, without doing any of it.
 * @throws PermanentError when it would be refused, or what would be issued is wrong, with the reason
 */
export async function previewCorrection({ period, bcn, reason, requestedBy }: CorrectionRequested, now: Date): Promise<CorrectionPreview> {
  const changed = await correctable(period, bcn);
  const month = await monthToCorrect(period, bcn);
  const request: RunRequest = { eventId: 'preview', bcns: [bcn], reason, requestedBy, resend: 'never', correct: true };
  const run = batchRun(month, (await lastSequence(month)) + 1, request, now);
  const [planned] = await plannedAccounts([bcn]);
  if (!planned) throw new PermanentError(`bcn is "${bcn}": the directory has no such billing account, or not its customer`, 'bcn');
  const { legalEntityId } = planned;
  const spool = await mkdtemp(join(tmpdir(), 'carrierpost-'));
  try {
    const [subject] = await subjectsOf(run, { legalEntityId, accounts: [planned] }, [bcn]);
    const { record } = await tryAccount(run, subject as NonNullable<typeof subject>, undefined, spool);
    if (record.state === 'parked') throw new PermanentError(record.reason ?? 'The correction cannot be billed');
    const [mailing] = await mailingsOf(run, legalEntityId, [record], 'preview');
    return {
      bills: changed.map(({ billId, standing, difference }) => ({ billId, number: standing.facts.number, difference })),
      documents: record.bills.flatMap(({ facts }) => (facts ? [told(facts)] : [])),
      emails: mailing ? mailsOf(run, mailing).length : 0,
    };
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}

function told({ type, gross, currency, corrects }: IssuedFacts): CorrectionPreview['documents'][number] {
  return { type, gross, currency, corrects };
}
