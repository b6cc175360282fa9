import { type Html, html } from '../pages/html.ts';
import { isTaskKind, TASK_KINDS, type Task, type TaskKind } from '../tasks/task.ts';
import { doneTaskPage, openTaskPage } from '../tasks/task-lists.ts';
import { finishTask, getTask } from '../tasks/tasks.ts';
import { actForms, missingPage, wordOf } from './act-form.ts';
import type { ConsoleAct, ConsolePage, ConsoleRequest } from './console-page.ts';
import { asked, paths } from './links.ts';
import { facts, moves, tabs } from './table.ts';
import { TASK_WORDS, taskTable } from './task-table.ts';
import { link, when } from './words.ts';

/** Subjects about an account's month begin with both: `B4711/2026-10`. */
const MONTH_OF = /^[^/]+\/(\d{4}-\d{2})(?!\d)/;

const PARTS = { open: 'To do', done: 'Done' } as const;

/** `GET /tasks`: what people have to do, the oldest first; by kind. */
export async function tasksPage({ query: { after, kind, show } }: ConsoleRequest): Promise<ConsolePage> {
  const part = show === 'done' ? 'done' : 'open';
  const only = part === 'open' && kind !== undefined && isTaskKind(kind) ? kind : undefined;
  const { rows, next } = part === 'done' ? await doneTaskPage(after) : await openTaskPage(only, after);
  const path = (cursor: string | undefined) => `/tasks${asked({ show: part === 'done' ? part : undefined, kind: only, after: cursor })}`;
  const body = [
    tabs(PARTS, part, (name) => `/tasks${asked({ show: name === 'done' ? name : undefined })}`),
    part === 'open' ? kindsPart(only) : html``,
    taskTable(rows, part === 'open' ? 'Nothing is to be done.' : 'No task is done yet.'),
    moves(path, after, next),
  ];
  return { title: 'Tasks', body };
}

/** `GET /tasks/{taskId}`: what went wrong, and what is to be done. */
export async function taskPage(request: ConsoleRequest): Promise<ConsolePage> {
  const { taskId = '' } = request.parameters;
  const task = await getTask(taskId);
  if (!task) return missingPage(`There is no task ${taskId}.`);
  const { kind, state, openedAt, ocn, bcn, contactId, messageId, subject, reason, done } = task;
  const about = facts([
    ['Why', reason],
    ['To do', state === 'open' ? TASK_KINDS[kind] : undefined],
    ['Done', done && html`by ${done.by}, ${when(done.at)}: ${done.reason}`],
    ['Go on', whereToGoOn(task)],
    ['Account', link(paths.account(bcn), bcn)],
    ['Customer', link(paths.customer(ocn), ocn)],
    ['Contact', contactId && link(paths.customer(ocn, { show: 'contacts', contact: contactId }), contactId)],
    ['Email', messageId && link(paths.message(messageId), 'what became of it')],
    ['About', subject],
    ['Since', when(openedAt)],
  ]);
  const act = { to: `${paths.task(taskId)}/done`, act: 'It is done', about: 'Say what came of it: it is kept with the task.' };
  return { title: `Task: ${TASK_WORDS[kind]}`, body: [about, actForms(request, state === 'open' ? [act] : [])] };
}

/** `POST /tasks/{taskId}/done`: a named person did it. */
export const finishOneTask: ConsoleAct = async (request, form) => {
  const { taskId = '' } = request.parameters;
  await finishTask(taskId, wordOf(request, form), request.now);
  return { to: '/tasks', said: `Task ${taskId} is done.` };
};

/** The page on which it is done, where the console has one. */
function whereToGoOn({ kind, bcn, subject }: Task): Html | undefined {
  const period = MONTH_OF.exec(subject)?.[1];
  if (period === undefined) return undefined;
  if (kind === 'correction-needed') return link(paths.correct({ bcn, period }), 'look at the correction');
  return kind.startsWith('first-invoice-') ? link(paths.review(bcn, period), 'the review of the first invoice') : undefined;
}

function kindsPart(only: TaskKind | undefined): Html {
  const kinds = Object.entries(TASK_WORDS).map(([kind, words]) => oneKind(kind, words, only));
  return html`<nav class="moves kinds" aria-label="Kinds of tasks">${[oneKind(undefined, 'all kinds', only), ...kinds]}</nav>`;
}

function oneKind(kind: string | undefined, words: string, only: TaskKind | undefined): Html {
  const path = `/tasks${asked({ kind })}`;
  return kind === only ? html`<a href="${path}" aria-current="true">${words}</a>` : link(path, words);
}
