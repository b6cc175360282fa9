import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type NewTask, taskIdOf } from '../../../functions/tasks/task.ts';
import { finishTask, getTask, getTasks, listTasks, openTask, settleTask, tasksOfContact } from '../../../functions/tasks/tasks.ts';
import { useCloud } from '../../emulators/cloud.ts';

useCloud();

const NOW = new Date('2026-11-05T09:00:00Z');
const LATER = new Date('2026-11-06T09:00:00Z');
const JANE = { by: 'Jane Clerk', reason: 'called, new address follows' };
const SOMEBODY = { by: 'Bob Clerk', reason: 'nothing to do' };

let task: NewTask;
beforeEach(() => {
  const contactId = `C-${randomUUID()}`;
  const about = { ocn: '100234', bcn: 'B4711', contactId, messageId: 'm1', subject: 'doc' };
  task = { kind: 'not-delivered', cause: 'm1', reason: 'not delivered: bounce', alone: true, ...about };
});

const open = () => Array.fromAsync(listTasks('open'));

describe('a task', () => {
  test('of one cause is opened once, however many say so at once', async () => {
    const news = await Promise.all(Array.from({ length: 8 }, () => openTask(task, NOW)));
    expect(news.filter(Boolean)).toHaveLength(1);
    expect(await Array.fromAsync(tasksOfContact(task.ocn, task.contactId ?? ''))).toEqual([
      { ...task, taskId: taskIdOf(task), state: 'open', openedAt: NOW.toISOString() },
    ]);
  });

  test.each([
    ['kind', { kind: 'complaint' as const }],
    ['cause', { cause: 'm2' }],
    ['contact', { contactId: 'another' }],
    ['customer', { ocn: '100235' }],
  ])('of another %s is another one', (_, changes) => {
    expect(taskIdOf({ ...task, ...changes })).not.toBe(taskIdOf(task));
  });

  test('that is done leaves the list of what is to be done, and is not opened again', async () => {
    const taskId = taskIdOf(task);
    await openTask(task, NOW);
    expect((await open()).map((one) => one.taskId)).toContain(taskId);
    const done = { ...JANE, at: LATER.toISOString() };
    expect(await finishTask(taskId, JANE, LATER)).toMatchObject({ state: 'done', done });
    expect(await finishTask(taskId, JANE, LATER), 'said twice').toMatchObject({ done });
    expect((await open()).map((one) => one.taskId)).not.toContain(taskId);
    expect((await Array.fromAsync(listTasks('done'))).map((one) => one.taskId)).toContain(taskId);
    expect(await openTask(task, LATER)).toBe(false);
    expect(await getTask(taskId)).toMatchObject({ state: 'done' });
  });

  test('is done by one person, and an event closes none that a person has done', async () => {
    const taskId = taskIdOf(task);
    await openTask(task, NOW);
    await finishTask(taskId, JANE, NOW);
    await expect(finishTask(taskId, SOMEBODY, LATER)).rejects.toThrow('was done by Jane Clerk at 2026-11-05T09:00:00.000Z');
    expect(await settleTask(taskId, { by: 'SES', reason: 'delivery' }, LATER)).toBeUndefined();
    expect((await getTasks([taskId, 'T-UNKNOWN'])).map((one) => one.done?.by)).toEqual(['Jane Clerk']);
  });

  test('that does not exist is named', async () => {
    await expect(finishTask('T-1', JANE, NOW)).rejects.toThrow('taskId is "T-1": there is no such task');
  });
});
