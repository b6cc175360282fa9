import { queueUrlOf } from '../aws/environment.ts';
import { sendEvent } from '../aws/queues.ts';
import { dueDateOf } from '../documents/due-date.ts';
import { ownEvent } from '../events/cloud-event.ts';
import type { AccountRecord } from './account.ts';
import type { Draft } from './draft.ts';
import type { InvoiceDrafted, InvoiceIssued } from './events.ts';
import {
  draftsOf,
  type HeldDraft,
  isToCome,
  keepDraft,
  nextWaiting,
  noteIssued,
  noteTold,
  type Release,
  wasInvoiced,
} from './held-drafts.ts';
import { askAgain, redraft } from './redraft.ts';
import type { Run } from './run.ts';

/**
 * What a published run did to first invoices, told to those who look after them: what it drafted, and what it issued. Told
 * again, it is the same.
 */
export async function tellFirst(run: Run, records: readonly AccountRecord[], now: Date): Promise<void> {
  for (const record of records) {
    const answered = record.release ?? record.waited;
    if (answered && record.state === 'numbered') await tellIssued(run, record, answered, now);
    else if (record.draft) await tellDrafted(run, record, record.draft, now);
  }
}

async function tellDrafted(
  run: Run,
  { bcn, ocn, legalEntityId, checks }: AccountRecord,
  found: NonNullable<AccountRecord['draft']>,
  now: Date,
) {
  const { period, calendar, sequence } = run;
  const draft = await keepDraft({ bcn, ocn, legalEntityId, period, calendar, ...found }, sequence);
  if (!draft) return;
  // What was delivered since this run was prepared is told as the next version.
  if (await redraft(draft, now)) return;
  if (!draft.told) {
    const drafts = await draftsOf(bcn);
    // The invoice before it may have been issued while this run was prepared: then nothing holds this one.
    if (await wasInvoiced(bcn)) return issueNext(drafts, period, now);
    // What waits behind a first invoice is issued after it, without a review of its own.
    if (drafts.some((other) => other.period < period && isToCome(other))) return;
    await noteTold(bcn, period);
  }
  await tell('invoice.drafted', bcn, `${period}/${draft.version}/${run.runId}`, { ...draftedData(draft), checks }, now);
}

async function tellIssued(run: Run, { bcn, bills, release }: AccountRecord, { version, terms }: Release, now: Date): Promise<void> {
  const { runId, period, issueDate } = run;
  const numbers = bills.flatMap(({ number }) => number ?? []);
  const dueDate = bills[0]?.facts?.dueDate ?? dueDateOf(issueDate, terms);
  await noteIssued(bcn, period, { runId, numbers, issueDate, dueDate });
  const data: InvoiceIssued = { schemaVersion: 1, bcn, period, version, numbers, issueDate, dueDate };
  // What waited had no review that could hear of it.
  if (release) await tell('invoice.issued', bcn, `${period}/${version}`, data, now);
  await issueNext(await draftsOf(bcn), period, now);
}

/** What waited behind the first invoice comes next, the oldest period first: each one asks for the one after it. */
async function issueNext(drafts: readonly HeldDraft[], issued: string, now: Date): Promise<void> {
  const next = nextWaiting(drafts);
  if (!next) return;
  const { bcn, period, version } = next;
  const reason = `the first invoice of ${bcn} is issued, and this one waited behind it`;
  await askAgain(next, reason, `behind/${bcn}/${issued}/${period}/${version}`, now);
}

async function tell(type: string, bcn: string, key: string, data: InvoiceDrafted | InvoiceIssued, now: Date): Promise<void> {
  const event = ownEvent(type, `${bcn}/${key}`, data, now);
  await sendEvent(queueUrlOf('first-invoices.fifo'), { event, group: bcn, deduplicationId: event.id });
}

function draftedData({ bcn, ocn, legalEntityId, period, calendar, version, fingerprint, bills, intraEu, fault }: Draft): InvoiceDrafted {
  const plain = bills.map(({ billId, revision, bucket, key, sha256 }) => ({ billId, revision, bucket, key, sha256 }));
  return { schemaVersion: 1, bcn, ocn, legalEntityId, period, calendar, version, fingerprint, bills: plain, intraEu, fault };
}
