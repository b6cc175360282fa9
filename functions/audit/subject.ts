import type { Subject } from './human-act.ts';

/** So many accounts or customers of one request are found by their own name; the request itself names them all. */
const MOST_NAMED = 20;

/**
 * The names under which an act is found: `100201`, `B10020101`, `100201/K100201-2`, `2026-10`, `2026-10.DE`, `2026-10.DE.1`, and the ids of
 * messages, tasks, works and queues as they are; `mail-invoice` for a brake.
 */
export function namesOf(subject: Subject): string[] {
  const { ocn, bcn, contactId, period, calendar, runId, messageId, taskId, worksId, queue, sending, bcns = [], ocns = [] } = subject;
  const contact = ocn !== undefined && contactId !== undefined ? `${ocn}/${contactId}` : undefined;
  const month = period !== undefined && calendar !== undefined ? `${period}.${calendar}` : undefined;
  // What concerns one account is found there; a month's own acts stay few enough to read.
  const wholePeriod = bcn === undefined ? period : undefined;
  const named = [...bcns, ...ocns].slice(0, MOST_NAMED);
  const brake = sending && `mail-${sending}`;
  const all = [ocn, bcn, contact, wholePeriod, month, runId, messageId, taskId, worksId, queue, brake, ...named];
  return [...new Set(all.filter((name) => name !== undefined))];
}

/** The subject in words, for a person: `customer 100201, account B10020101`. */
export function describeSubject(subject: Subject): string {
  const { ocn, bcn, contactId, period, calendar, runId, messageId, taskId, worksId, queue, sending, bcns, ocns } = subject;
  const words = (what: string, id: string | undefined) => (id === undefined ? [] : [`${what} ${id}`]);
  const counted = (what: string, ids: readonly string[] | undefined) =>
    ids === undefined ? [] : ids.length === 1 ? [`${what} ${ids[0]}`] : [`${ids.length} ${what}s`];
  return [
    ...words('customer', ocn),
    ...words('account', bcn),
    ...words('contact', contactId),
    ...(runId === undefined ? [...words('period', period), ...words('calendar', calendar)] : words('run', runId)),
    ...words('message', messageId),
    ...words('task', taskId),
    ...words('works', worksId),
    ...words('queue', queue),
    ...words('sending of', sending),
    ...counted('account', bcns),
    ...counted('customer', ocns),
  ].join(', ');
}
