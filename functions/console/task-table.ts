import { type Html, html } from '../pages/html.ts';
import type { Task } from '../tasks/task.ts';
import { paths } from './links.ts';
import { type Column, table } from './table.ts';
import { link, when } from './words.ts';

/** Tasks; each leads to what is to be done. */
export function taskTable(tasks: readonly Task[], nothing: string): Html {
  const columns: Column<Task>[] = [
    { head: 'Task', cell: ({ taskId }) => link(paths.task(taskId), taskId) },
    { head: 'Kind', cell: ({ kind }) => TASK_WORDS[kind] },
    { head: 'Since', cell: ({ openedAt }) => when(openedAt) },
    { head: 'Account', cell: ({ bcn }) => link(paths.account(bcn), bcn) },
    { head: 'Why', cell: ({ reason }) => reason },
    { head: 'Done', cell: ({ done }) => (done ? html`by ${done.by} ${when(done.at)}: ${done.reason}` : '') },
  ];
  return table('Tasks', columns, tasks, nothing);
}

/** A task's kind, as the billing team reads it. */
export const TASK_WORDS: Readonly<Record<Task['kind'], string>> = {
  'not-delivered': 'nobody could be told',
  'address-bounced': 'address does not exist',
  delayed: 'mailbox takes nothing',
  complaint: 'called spam',
  'still-in-doubt': 'in doubt',
  'first-invoice-queried': 'first invoice: customer asks',
  'first-invoice-expired': 'first invoice: no answer',
  'first-invoice-rejected': 'first invoice: rejected',
  'first-invoice-blocked': 'first invoice: blocked by a check',
  'correction-needed': 'correction needed',
};
