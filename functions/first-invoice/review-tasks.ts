import { type NewTask, type TaskKind, taskIdOf } from '../tasks/task.ts';
import { openTask, settleTask } from '../tasks/tasks.ts';
import { nameOf, type Review, type ReviewHistoryLine } from './review.ts';
import type { ReviewState } from './states.ts';

/** What a state asks of the billing team. */
const KINDS: Readonly<Partial<Record<ReviewState, TaskKind>>> = {
  blocked: 'first-invoice-blocked',
  queried: 'first-invoice-queried',
  expired: 'first-invoice-expired',
  rejected: 'first-invoice-rejected',
};

/**
 * Opens the task that a change asks for; undefined when it asks for none. The same change opens the same task.
 * @returns the task's id
 */
export async function openTaskOf(review: Review, line: ReviewHistoryLine, now: Date): Promise<string | undefined> {
  const kind = KINDS[review.state];
  if (!kind || line.trigger === 'warn') return undefined;
  const { bcn, ocn, period, version, revision } = review;
  const contactId = line.actor.kind === 'customer' ? line.actor.contactId : undefined;
  const subject = `${bcn}/${period}#${version}`;
  const task: NewTask = {
    kind,
    cause: `${subject}/${revision}`,
    ocn,
    bcn,
    contactId,
    subject,
    reason: reasonOf(review, line),
    alone: false,
  };
  await openTask(task, now);
  return taskIdOf(task);
}

/** Closes a task that a change made pointless. */
export async function closeTask(taskId: string, line: ReviewHistoryLine | undefined, now: Date): Promise<void> {
  await settleTask(
    taskId,
    { by: 'carrierpost', reason: line ? `the first invoice is ${line.to}: ${line.trigger}` : 'somebody else was first' },
    now,
  );
}

/** The lines and the words of the customer, or what is wrong with the draft. */
function reasonOf(review: Review, { lines = [], reason, actor }: ReviewHistoryLine): string {
  const { period, version, checks, deadlines, fault } = review;
  const draft = `the first invoice, ${period}, version ${version}`;
  const asked = lines.map(({ billId, lineId, reason: words }) => `${lineId === undefined ? billId : `${billId} line ${lineId}`}: ${words}`);
  if (asked.length > 0) return `The customer asks about ${draft}: ${asked.join('; ')}`;
  if (review.state === 'rejected') return `${nameOf(actor)} rejected ${draft}: ${reason ?? ''}`;
  if (fault) return `The newest data of ${draft} make no draft: ${fault}`;
  if (checks.blocks > 0) return `${blockers(review)} ${draft}`;
  return `The customer did not answer about ${draft} by ${deadlines.deadlineAt}`;
}

/** `2 checks block` or, by name, `billing-contact blocks`. */
function blockers({ checks, checkResults = [] }: Review): string {
  const named = checkResults.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'blocks').map(({ check }) => check));
  const names = [...new Set(named)];
  if (names.length === 0) return `${checks.blocks} ${checks.blocks === 1 ? 'check blocks' : 'checks block'}`;
  return `${names.join(', ')} ${names.length === 1 ? 'blocks' : 'block'}`;
}
