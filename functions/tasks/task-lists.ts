import { cursorText, type Listed, ROWS, readCursor } from '../aws/page-cursor.ts';
import { queryPage } from '../aws/tables.ts';
import type { Task, TaskKind } from './task.ts';
import { accountKey, getTasks, kindKey, stateKey, taskOf } from './tasks.ts';

/** An account has a handful. */
const OF_ACCOUNT = 50;

/** A page of the open tasks, oldest first; of one kind, or all. Reads an index: a change of the last moment may be missing. */
export async function openTaskPage(kind: TaskKind | undefined, after: string | undefined): Promise<Listed<Task>> {
  if (kind === undefined) return statePage('open', after);
  const pk = kindKey(kind);
  const page = await queryPage<Led>('tasks', { pk, index: 'byKind', pageSize: ROWS }, readCursor(after, pk));
  return { rows: await led(page.items), next: cursorText(page.cursor) };
}

/** A page of the tasks that are done, the newest first. */
export function doneTaskPage(after: string | undefined): Promise<Listed<Task>> {
  return statePage('done', after);
}

/** The newest tasks about an account, open and done. */
export async function tasksOfAccount(bcn: string): Promise<Task[]> {
  const range = { pk: accountKey(bcn), index: 'byBcn', descending: true, pageSize: OF_ACCOUNT };
  return (await led((await queryPage<Led>('tasks', range)).items)).reverse();
}

async function statePage(state: Task['state'], after: string | undefined): Promise<Listed<Task>> {
  const pk = stateKey(state);
  const range = { pk, index: 'byState', descending: state === 'done', pageSize: ROWS };
  const page = await queryPage<Task>('tasks', range, readCursor(after, pk));
  return { rows: page.items.map(taskOf), next: cursorText(page.cursor) };
}

interface Led {
  /** `TASK#<id>` */
  readonly pk: string;
}

/** The tasks that an index led to, oldest first. */
async function led(items: readonly Led[]): Promise<Task[]> {
  const tasks = await getTasks(items.map(({ pk }) => pk.slice('TASK#'.length)));
  return tasks.sort((a, b) => (a.openedAt + a.taskId < b.openedAt + b.taskId ? -1 : 1));
}
