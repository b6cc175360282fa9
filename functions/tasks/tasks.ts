import type { Person } from '../audit/human-act.ts';
import { witnessed } from '../audit/trail.ts';
import { type Expression, expression } from '../aws/expression.ts';
import { expiresAfterMonths, LOG_MONTHS } from '../aws/retention.ts';
import { getItem, getItems, putItem, queryItems, removeItem, transact, updateItem, type Write } from '../aws/tables.ts';
import { PermanentError } from '../events/failure.ts';
import { type NewTask, type Task, type TaskKind, taskIdOf } from './task.ts';

// TASK#<id> / TASK; index byState: STATE#<open | done> / <opened at>#<id>; index byPerson: CONTACT#<ocn>#<contact id> / <opened at>#<id>;
// index byKind, open ones alone: KIND#<kind> / <opened at>#<id>; index byBcn: ACCOUNT#<bcn> / <opened at>#<id>.

/**
 * Opens a task. One of the same cause stays as it is, also when it is done.
 * @returns true when it is new
 */
export function openTask(task: NewTask, now: Date): Promise<boolean> {
  return putItem('tasks', opened(task, now), expression`attribute_not_exists(#pk)`);
}

/** Opens a task in the transaction of a change that can happen only once, and so needs it only once. */
export function openingWrite(task: NewTask, now: Date): Write {
  return { table: 'tasks', put: opened(task, now) };
}

/** Reads a task, consistently. */
export async function getTask(taskId: string): Promise<Task | undefined> {
  const item = await getItem<Task>('tasks', keyOf(taskId));
  return item && taskOf(item);
}

/** Those of the tasks that exist, in no particular order. */
export async function getTasks(taskIds: readonly string[]): Promise<Task[]> {
  return (await getItems<Task>('tasks', taskIds.map(keyOf))).map(taskOf);
}

/** The tasks of a state, oldest first. Reads an index: a change of the last moment may be missing. */
export async function* listTasks(state: Task['state']): AsyncGenerator<Task> {
  for await (const item of queryItems<Task>('tasks', { pk: stateKey(state), index: 'byState' })) yield taskOf(item);
}

/** The tasks about a contact, oldest first. Reads an index. */
export async function* tasksOfContact(ocn: string, contactId: string): AsyncGenerator<Task> {
  for await (const item of queryItems<Task>('tasks', { pk: personKey({ ocn, contactId }), index: 'byPerson' })) yield taskOf(item);
}

/**
 * Removes what there is to do about a contact who was erased.
 * @returns how many tasks were removed
 */
export async function eraseTasks(ocn: string, contactId: string): Promise<number> {
  let removed = 0;
  for await (const { taskId } of tasksOfContact(ocn, contactId)) {
    await removeItem('tasks', keyOf(taskId));
    removed += 1;
  }
  return removed;
}

/**
 * Notes that a named person did a task, and what came of it. Saying it twice changes nothing.
 * @throws PermanentError when there is no such task, or somebody else has done it
 */
export async function finishTask(taskId: string, act: Person, now: Date): Promise<Task> {
  const before = await getTask(taskId);
  if (before?.state === 'open') {
    const { ocn, bcn, contactId, messageId } = before;
    const subject = { taskId, ocn, bcn, contactId, messageId };
    const states = { before: { state: 'open' }, after: { state: 'done' } };
    const told = witnessed({ actId: `tasks/${taskId}`, what: 'task.done', doer: act, subject, ...states }, now);
    const done = { update: keyOf(taskId), table: 'tasks', change: doneBy(act, now), when: isOpen() } as const;
    await transact([done, ...told]);
  }
  const task = await getTask(taskId);
  if (!task) throw new PermanentError(`taskId is ${JSON.stringify(taskId)}: there is no such task`, 'taskId');
  if (task.done?.by === act.by && task.done.reason === act.reason) return task;
  throw new PermanentError(`Task ${taskId} was done by ${task.done?.by ?? 'nobody'} at ${task.done?.at ?? ''}: ${task.done?.reason ?? ''}`);
}

/** Closes a task that an event made pointless; undefined when it was not open. */
export async function settleTask(taskId: string, act: Person, now: Date): Promise<Task | undefined> {
  const item = await updateItem<Task>('tasks', keyOf(taskId), doneBy(act, now), isOpen());
  return item && taskOf(item);
}

/**
 * Closes a task in the transaction of the change that made it pointless; no write when it is not open any more.
 * The write fails when somebody finishes the task meanwhile: ask again.
 */
export async function closingWrites(taskId: string, act: Person, now: Date): Promise<Write[]> {
  if ((await getTask(taskId))?.state !== 'open') return [];
  return [{ table: 'tasks', update: keyOf(taskId), change: doneBy(act, now), when: isOpen() }];
}

function opened(task: NewTask, now: Date) {
  const taskId = taskIdOf(task);
  const openedAt = now.toISOString();
  const sk = `${openedAt}#${taskId}`;
  const item: Task = { ...task, taskId, state: 'open', openedAt };
  const { ocn, bcn, contactId, kind } = task;
  const ofPerson = contactId === undefined ? {} : { byPersonPk: personKey({ ocn, contactId }), byPersonSk: sk };
  const ofAll = { byStatePk: stateKey('open'), byStateSk: sk, byKindPk: kindKey(kind), byKindSk: sk };
  return { ...keyOf(taskId), ...item, ...ofAll, byBcnPk: accountKey(bcn), byBcnSk: sk, ...ofPerson };
}

function doneBy({ by, reason }: Person, now: Date): Expression {
  const at = now.toISOString();
  const expiresAt = expiresAfterMonths(at, LOG_MONTHS);
  return expression`SET #state = ${'done'}, #byStatePk = ${stateKey('done')}, #done = ${{ by, reason, at }}, #expiresAt = ${expiresAt} REMOVE #byKindPk, #byKindSk`;
}

function isOpen(): Expression {
  return expression`#state = ${'open'}`;
}

/** A task as it is told, without the keys that it is found by. */
export function taskOf({ taskId, kind, cause, ocn, bcn, contactId, messageId, subject, reason, alone, state, openedAt, done }: Task): Task {
  return { taskId, kind, state, openedAt, cause, ocn, bcn, contactId, messageId, subject, reason, alone, ...(done ? { done } : {}) };
}

function keyOf(taskId: string) {
  return { pk: `TASK#${taskId}`, sk: 'TASK' };
}

/** Under which the index byState has the tasks of a state. */
export function stateKey(state: Task['state']): string {
  return `STATE#${state}`;
}

/** Under which the index byKind has the open tasks of a kind. */
export function kindKey(kind: TaskKind): string {
  return `KIND#${kind}`;
}

/** Under which the index byBcn has an account's tasks. */
export function accountKey(bcn: string): string {
  return `ACCOUNT#${bcn}`;
}

function personKey({ ocn, contactId }: { ocn: string; contactId: string }): string {
  return `CONTACT#${ocn}#${contactId}`;
}
