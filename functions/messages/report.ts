import { queryItems } from '../aws/tables.ts';
import { staysInDoubt } from './counts.ts';
import type { Message, MessageKind } from './message.ts';
import { hasLeft } from './states.ts';
import { WEEK_SHARDS, weekKey } from './store.ts';

/** What became of one kind's messages that were made in a week. */
export interface KindReport {
  readonly kind: MessageKind;
  messages: number;
  /** SES has them, whatever became of them there. */
  sent: number;
  /** Sent with a rule broken, because a person said so. */
  released: number;
  /** Put off at least once: by a brake, a cap, quiet hours. */
  deferred: number;
  inDoubt: number;
  /** Neither sent nor skipped: queued, deferred, held. */
  waiting: number;
  /** How many were held for each rule, also those that left later. */
  readonly heldBy: Record<string, number>;
  readonly skippedBy: Record<string, number>;
}

/**
 * What became of the messages made in a week (UTC), by kind. Reads an index: a change of the last moment may be missing.
 * @param week `2026-W45`
 */
export async function weeklyReport(week: string): Promise<KindReport[]> {
  const reports = new Map<MessageKind, KindReport>();
  await Promise.all(Array.from({ length: WEEK_SHARDS }, (_, shard) => countShard(week, shard, reports)));
  return [...reports.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** Counts one message in; exported for its test. */
export function countIn(report: KindReport, message: Message): void {
  const { state, history, reason = '', released } = message;
  report.messages += 1;
  if (hasLeft(state)) report.sent += 1;
  if (hasLeft(state) && released) report.released += 1;
  if (history.some(({ trigger }) => trigger === 'defer')) report.deferred += 1;
  if (staysInDoubt(message)) report.inDoubt += 1;
  if (['queued', 'deferred', 'held', 'claimed'].includes(state)) report.waiting += 1;
  if (state === 'skipped') add(report.skippedBy, plainReason(reason));
  for (const rule of rulesOf(message)) add(report.heldBy, rule);
}

export function emptyReport(kind: MessageKind): KindReport {
  return { kind, messages: 0, sent: 0, released: 0, deferred: 0, inDoubt: 0, waiting: 0, heldBy: {}, skippedBy: {} };
}

async function countShard(week: string, shard: number, reports: Map<MessageKind, KindReport>): Promise<void> {
  for await (const message of queryItems<Message>('messages', { pk: weekKey(week, shard), index: 'byWeek' })) {
    const report = reports.get(message.kind) ?? emptyReport(message.kind);
    reports.set(message.kind, report);
    countIn(report, message);
  }
}

/** Every rule that ever held the message, once. */
function rulesOf({ history }: Message): string[] {
  const holds = history.filter(({ state }) => state === 'held');
  const rules = holds.flatMap(({ trigger, reason = '' }) =>
    trigger === 'refuse' ? ['SES takes it'] : [...reason.matchAll(/Rule "(.*?)" is broken/g)].map(([, rule = '']) => rule),
  );
  return [...new Set(rules)];
}

/** A reason without what differs from message to message. */
function plainReason(reason: string): string {
  if (reason.startsWith('dropped by ')) return 'dropped by a person';
  return reason.replace(/ on \d{4}-\d{2}-\d{2}|\d{4}-\d{2}-\d{2}/g, '').trim();
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
