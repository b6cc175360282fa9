import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { PermanentError } from '../events/failure.ts';
import { isTaskKind, TASK_KINDS, type Task, type TaskKind } from '../tasks/task.ts';
import { finishTask, getTask, listTasks } from '../tasks/tasks.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { colors, Failed, print, printJson, printParagraph, printTable, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };
type ListOptions = Options & { readonly kind?: string; readonly done?: boolean };

const LESSON = `
Kinds, and what is to be done:
${Object.entries(TASK_KINDS)
  .map(([kind, advice]) => `  ${kind.padEnd(24)} ${advice}`)
  .join('\n')}

  carrierpost tasks list --kind not-delivered
  carrierpost tasks done T-3F2A9C01B77D --reason "new address asked for, comes with the next export"`;

/** `tasks list|show|done`: what people have to do because mail did not arrive or was not wanted, a first invoice waits, or an issued figure changed. */
export function tasksCommand(program: Command): void {
  const tasks = program
    .command('tasks')
    .description('what people have to do: mail that did not arrive, complaints, corrections')
    .addHelpText('after', LESSON);
  tasks
    .command('list')
    .description('open tasks, oldest first')
    .option('--kind <KIND>', `one of ${Object.keys(TASK_KINDS).join(', ')}`)
    .option('--done', 'those that are done')
    .action(async (_: unknown, command: Command) => list(command.optsWithGlobals<ListOptions>()));
  tasks
    .command('show')
    .description('one task, with what it is about')
    .argument('<TASK>', 'its id')
    .action(async (taskId: string, _: unknown, command: Command) => show(taskId, command.optsWithGlobals<Options>()));
  actOptions(tasks.command('done').description('note that a task is done, and what came of it').argument('<TASK>', 'its id')).action(
    async (taskId: string, _: unknown, command: Command) => done(taskId, command.optsWithGlobals<Options & Act>()),
  );
}

async function list({ json, kind, done: areDone, ...options }: ListOptions): Promise<void> {
  const wanted = kindOf(kind);
  await openCloud(options);
  const all = await Array.fromAsync(listTasks(areDone ? 'done' : 'open'));
  const tasks = all.filter((task) => wanted === undefined || task.kind === wanted);
  if (json) printJson(tasks);
  else if (tasks.length === 0) print(areDone ? 'No task is done yet.' : 'Nothing is to be done.');
  else
    printTable(
      ['task', 'kind', 'since', 'OCN', 'BCN', 'contact', 'reason'],
      tasks.map((task) => [task.taskId, task.kind, task.openedAt, task.ocn, task.bcn, task.contactId ?? '', task.reason]),
    );
}

async function show(taskId: string, { json, ...options }: Options): Promise<void> {
  await openCloud(options);
  const task = await getTask(taskId);
  if (!task) throw new Failed(`There is no task ${taskId}.`);
  if (json) printJson(task);
  else printTask(task);
}

async function done(taskId: string, { by, reason, json, ...options }: Options & Act): Promise<void> {
  await openCloud(options);
  const task = await finishTask(taskId, { by, reason }, now()).catch((error: Error) => {
    throw error instanceof PermanentError ? new Failed(error.message) : error;
  });
  if (json) printJson(task);
  else print(`Task ${taskId} is done.`);
}

function printTask({ taskId, kind, state, openedAt, ocn, bcn, contactId, messageId, subject, reason, done: act }: Task): void {
  print(colors.bold(`${taskId}: ${kind}, ${state}`));
  print(`  since ${openedAt}, customer ${ocn}, account ${bcn}${contactId ? `, contact ${contactId}` : ''}`);
  print(`  ${messageId ? `message ${messageId} ` : ''}about ${subject}`);
  printParagraph(`  ${reason}`, 4);
  if (act) printParagraph(`  done by ${act.by} at ${act.at}: ${act.reason}`, 4);
  else printParagraph(`  to do: ${TASK_KINDS[kind]}`, 4);
}

function kindOf(kind: string | undefined): TaskKind | undefined {
  if (kind === undefined || isTaskKind(kind)) return kind;
  throw new UsageError(`--kind is ${JSON.stringify(kind)}: one of ${Object.keys(TASK_KINDS).join(', ')} is expected`);
}
