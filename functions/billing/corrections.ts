import { putItem, queryItems, removeItem } from '../aws/tables.ts';
import { type NewTask, taskIdOf } from '../tasks/task.ts';
import { openTask, settleTask } from '../tasks/tasks.ts';
import type { AfterIssue } from './after-issue.ts';

// CORRECTIONS#<period>#<calendar> / <bcn>#<bill>: a bill that is not what was issued of it, until it is.

/** A bill that a person has to look at after the publication. */
export interface Correction {
  readonly bcn: string;
  readonly ocn?: string | undefined;
  readonly billId: string;
  /** Of the file that was delivered, and when it came: another delivery is another task. */
  readonly sha256?: string | undefined;
  readonly receivedAt?: string | undefined;
  readonly kind?: 'late' | 'changed' | 'broken' | undefined;
  readonly reason: string;
  /** The event that brought the change. */
  readonly cause: string;
  readonly at: string;
}

/** The corrections of a period that are open, by account. */
export async function* correctionsOf(period: string, calendar: string, bcn?: string): AsyncGenerator<Correction> {
  const beginsWith = bcn === undefined ? '' : `${bcn}#`;
  yield* queryItems<Correction>('billing', { pk: partition(period, calendar), beginsWith });
}

/** Whose bills are compared, and the event that asked for it. */
interface About {
  readonly period: string;
  readonly calendar: string;
  readonly bcn: string;
  readonly ocn: string;
  readonly cause: string;
}

/**
 * Keeps what a person has to do about bills that are not what was issued of them, and opens a task where figures changed. The same bill again
 * is the same task; one that is as it was issued, or was issued meanwhile, needs nobody any more.
 * @param known what was open of the account before
 */
export async function keepCorrections(about: About, found: readonly AfterIssue[], known: readonly Correction[], now: Date): Promise<void> {
  for (const each of found) {
    const before = known.find(({ billId }) => billId === each.billId);
    if (each.kind === 'same') {
      if (before) await end(about, before, each, now);
    } else await keep(about, each, before, now);
  }
}

async function end({ period, calendar, bcn }: About, before: Correction, found: AfterIssue, now: Date): Promise<void> {
  await close(period, before, endOf(found), now);
  await removeItem('billing', { pk: partition(period, calendar), sk: `${bcn}#${before.billId}` });
}

async function keep(about: About, found: Exclude<AfterIssue, { kind: 'same' }>, before: Correction | undefined, now: Date): Promise<void> {
  const { period, calendar, bcn, ocn, cause } = about;
  const { kind, billId } = found;
  const { sha256, receivedAt } = found.received;
  if (before && before.sha256 !== sha256) await close(period, before, endOf(found), now);
  const reason = reasonOf(found);
  if (kind === 'changed') await openTask(taskOf(period, { bcn, ocn, billId, receivedAt, reason }), now);
  if (before?.sha256 === sha256 && before.kind === kind) return;
  const correction: Correction = { bcn, ocn, billId, sha256, receivedAt, kind, reason, cause, at: now.toISOString() };
  await putItem('billing', { pk: partition(period, calendar), sk: `${bcn}#${billId}`, ...correction });
}

async function close(period: string, { bcn, ocn, billId, receivedAt, reason, kind }: Correction, end: string, now: Date): Promise<void> {
  if (kind !== 'changed' || !ocn || !receivedAt) return;
  await settleTask(taskIdOf(taskOf(period, { bcn, ocn, billId, receivedAt, reason })), { by: 'carrierpost', reason: end }, now);
}

function endOf(each: AfterIssue): string {
  if (each.kind !== 'same') return 'the bill was delivered once more, with other figures';
  const { number } = each.standing.facts;
  return each.standing.round > 0 ? `corrected by ${number}` : `the bill is again as it was issued, as ${number}`;
}

function taskOf(period: string, about: { bcn: string; ocn: string; billId: string; receivedAt: string; reason: string }): NewTask {
  const { bcn, ocn, billId, receivedAt, reason } = about;
  const subject = `${bcn}/${period}/${billId}`;
  return { kind: 'correction-needed', cause: `${subject}/${receivedAt}`, ocn, bcn, subject, reason, alone: false };
}

/** The sentence for a bill that is not what was issued of it. */
export function reasonOf(found: Exclude<AfterIssue, { kind: 'same' }>): string {
  const { kind, billId } = found;
  if (kind === 'late') return `Bill ${billId} came, or came right, after the period was published: a rerun issues it`;
  const { number, gross, currency } = found.standing.facts;
  if (kind === 'broken')
    return `Bill ${billId} changed after it was issued as ${number}, and what came cannot be billed: the issued figures stay. ${found.reason}`;
  const { taxIncludedAmount: now } = found.bill.customerBill;
  const figures = `gross ${gross} ${currency} became ${now.value} ${now.unit}`;
  return `Bill ${billId} changed after it was issued as ${number} (${figures}): issued figures stay, a credit note and a new invoice are needed`;
}

function partition(period: string, calendar: string): string {
  return `CORRECTIONS#${period}#${calendar}`;
}
