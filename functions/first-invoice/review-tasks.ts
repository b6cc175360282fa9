import type { Write } from '../aws/tables.ts';
import { oneLine } from '../messages/words.ts';
import { type NewTask, type TaskKind, taskIdOf } from '../tasks/task.ts';
import { closingWrites, openingWrite } from '../tasks/tasks.ts';
import { type LineQuery, nameOf, type Review, type ReviewHistoryLine } from './review.ts';
import type { Change } from './review-store.ts';
import type { ReviewState } from './states.ts';

/** What a state asks of the billing team. */
const KINDS: Readonly<Partial<Record<ReviewState, TaskKind>>> = {
  blocked: 'first-invoice-blocked',
  queried: 'first-invoice-queried',
  expired: 'first-invoice-expired',
  rejected: 'first-invoice-rejected',
};

/**
 * What a change does to the tasks of the billing team: it opens the one that its state asks for, and closes the one before it.
 * @returns the task that stands after it, if any, and the writes that belong into the transaction of the change
 */
export async function taskChanges(before: Review | undefined, { review, line }: Change, now: Date) {
  const task = taskOf(review, line);
  const taskId = task ? taskIdOf(task) : review.state === before?.state ? before.taskId : undefined;
  const over = before?.taskId === taskId ? undefined : before?.taskId;
  const end = { by: 'carrierpost', reason: `the first invoice is ${line.to}: ${line.trigger}` };
  const closing = over === undefined ? [] : await closingWrites(over, end, now);
  const writes: Write[] = [...(task ? [openingWrite(task, now)] : []), ...closing];
  return { taskId, writes };
}

/** The task that a change asks for; undefined when it asks for none. */
function taskOf(review: Review, line: ReviewHistoryLine): NewTask | undefined {
  const kind = KINDS[review.state];
  if (!kind || line.trigger === 'warn') return undefined;
  const { bcn, ocn, period, version, revision } = review;
  const contactId = line.actor.kind === 'customer' ? line.actor.contactId : undefined;
  const subject = `${bcn}/${period}#${version}`;
  return { kind, cause: `${subject}/${revision}`, ocn, bcn, contactId, subject, reason: reasonOf(review, line), alone: false };
}

/** The lines and the words of the customer, or what is wrong with the draft. */
function reasonOf(review: Review, { lines = [], reason, actor }: ReviewHistoryLine): string {
  const { period, version, checks, deadlines, fault } = review;
  const draft = `the first invoice, ${period}, version ${version}`;
  const asked = lines.map(askedOf);
  if (asked.length > 0) return `The customer asks about ${draft}: ${asked.join('; ')}`;
  if (review.state === 'rejected') return `${nameOf(actor)} rejected ${draft}: ${reason ?? ''}`;
  if (fault) return `The newest data of ${draft} make no draft: ${fault}`;
  if (checks.blocks > 0) return `${blockers(review)} ${draft}`;
  const { noTime, issueBy } = deadlines;
  if (noTime) return `The law wants ${draft} issued by ${issueBy ?? ''}: the customer has it, but no time is left to wait for an answer`;
  return `The customer did not answer about ${draft} by ${deadlines.deadlineAt}`;
}

/** What a customer asks, as one line: whatever was typed, it cannot look like a line of ours. */
export function askedOf({ billId, lineId, reason }: LineQuery): string {
  return `${lineId === undefined ? billId : `${billId} line ${lineId}`}: ${oneLine(reason)}`;
}

/** `2 checks block` or, by name, `billing-contact blocks`. */
function blockers({ checks, checkResults = [] }: Review): string {
  const named = checkResults.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'blocks').map(({ check }) => check));
  const names = [...new Set(named)];
  if (names.length === 0) return `${checks.blocks} ${checks.blocks === 1 ? 'check blocks' : 'checks block'}`;
  return `${names.join(', ')} ${names.length === 1 ? 'blocks' : 'block'}`;
}
