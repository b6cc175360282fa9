import { randomBytes } from 'node:crypto';
import { witnessed } from '../audit/trail.ts';
import { expression } from '../aws/expression.ts';
import { expiresAfterDays, KEPT_DAYS } from '../aws/retention.ts';
import { getItem, type Key, queryPage, transact, updateItem } from '../aws/tables.ts';
import type { Approval, ApprovalState, Who } from './approval.ts';
import { doerOf } from './doer.ts';

// APPROVALS / <id>: an act that waits, or waited, for a second person. Ids sort by time.

const ON_A_PAGE = 50;

/** Some of a list, newest first. */
export interface ApprovalPage {
  readonly approvals: readonly Approval[];
  readonly next?: string | undefined;
}

/**
 * Keeps an act for a second person.
 * @returns its id
 */
export async function keepApproval(asked: Omit<Approval, 'id' | 'state' | 'askedAt'>, now: Date): Promise<string> {
  const askedAt = now.toISOString();
  const id = `${askedAt.slice(0, 19).replace(/[-:]/g, '')}-${randomBytes(5).toString('hex')}`;
  const approval: Approval = { ...asked, id, askedAt, state: 'waiting' };
  const { askedBy, reason, subject, sentence } = approval;
  const act = { actId: `approvals/${id}`, what: 'approval.ask', doer: doerOf(askedBy, reason), subject, after: { sentence } } as const;
  const item = { ...keyOf(id), ...approval, expiresAt: expiresAfterDays(askedAt, KEPT_DAYS) };
  await transact([{ table: 'approvals', put: item }, ...witnessed(act, now)]);
  return id;
}

export function findApproval(id: string): Promise<Approval | undefined> {
  return getItem<Approval>('approvals', keyOf(id));
}

/** @param after where the page before it ended */
export async function approvalPage(after: string | undefined): Promise<ApprovalPage> {
  const cursor = after === undefined ? undefined : { ...keyOf(after) };
  const page = await queryPage<Approval>('approvals', { pk: 'APPROVALS', descending: true, pageSize: ON_A_PAGE }, cursor);
  return { approvals: page.items, next: page.cursor && String(page.cursor.sk) };
}

/** Keeps a verdict, provided that there is none yet: of two people who decide at the same time, one does. */
export async function keepVerdict(
  { id, subject, sentence }: Approval,
  state: 'approved' | 'declined',
  by: Who,
  reason: string,
  now: Date,
): Promise<boolean> {
  const decided = { by, reason, at: now.toISOString() };
  const change = expression`SET #state = ${state}, #decided = ${decided}`;
  const what = state === 'approved' ? 'approval.give' : 'approval.decline';
  const act = { actId: `approvals/${id}/verdict`, what, doer: doerOf(by, reason), subject, after: { sentence } } as const;
  const verdict = { table: 'approvals', update: keyOf(id), change, when: expression`#state = ${'waiting'}` } as const;
  return (await transact([verdict, ...witnessed(act, now)])).length === 0;
}

/** Keeps what an approved act came to. */
export async function keepOutcome(id: string, state: Extract<ApprovalState, 'done' | 'refused'>, outcome: string): Promise<void> {
  const change = expression`SET #state = ${state}, #outcome = ${outcome}`;
  await updateItem('approvals', keyOf(id), change, expression`#state = ${'approved'}`);
}

function keyOf(id: string): Key {
  return { pk: 'APPROVALS', sk: id };
}
