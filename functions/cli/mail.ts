import { type Command, InvalidArgumentError } from 'commander';
import { now } from '../aws/clock.ts';
import { queueUrlOf } from '../aws/environment.ts';
import { depthOf } from '../aws/queues.ts';
import { type Brake, brakes, countWaiting, pauseSending, queueWaiting, resumeSending } from '../messages/brakes.ts';
import { countWaitingForInstant } from '../messages/due.ts';
import { isMessageKind, KINDS, type MessageKind } from '../messages/message.ts';
import { estimatedSeconds } from '../messages/slots.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { mailReportCommand } from './mail-report.ts';
import { Failed, print, printJson, printTable, progressBar } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

const MAIL_QUEUES = ['mail-emergency', 'mail-works', 'mail-invoices', 'mail-other'] as const;
const AT_ONCE = 1000;

const LESSON = `
Kinds: ${Object.keys(KINDS).join(', ')}; without one: everything.

Paused messages wait, nothing counts as failed, and after a resume nobody gets
anything twice:
  carrierpost mail pause invoice --reason "wrong bank details on invoices"
  carrierpost mail status
  carrierpost mail resume invoice --reason "corrected"`;

/** `mail pause|resume [KIND]`, the brake on sending, `mail status`, and `mail report`. */
export function mailCommand(program: Command): void {
  const mail =
    program.commands.find((command) => command.name() === 'mail') ??
    program.command('mail').description('emails: the brake on sending, and what was sent');
  mail.addHelpText('after', LESSON);
  const kind = ['[KIND]', 'one kind of message; without it: everything', parseKind] as const;
  actOptions(
    mail
      .command('pause')
      .description('stop sending')
      .argument(...kind),
  ).action(async (one: MessageKind | undefined, _, command: Command) => pause(one, command.optsWithGlobals<Options & Act>()));
  actOptions(
    mail
      .command('resume')
      .description('go on sending')
      .argument(...kind),
  )
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (one: MessageKind | undefined, _, command: Command) =>
      resume(one, command.optsWithGlobals<Options & Act & { wait: boolean }>()),
    );
  mail
    .command('status')
    .description('brakes, waiting messages and how long they will take')
    .action(async (_, command: Command) => status(command.optsWithGlobals<Options>()));
  mailReportCommand(mail);
}

async function pause(kind: MessageKind | undefined, { by, reason, json, ...options }: Options & Act): Promise<void> {
  await openCloud(options);
  await pauseSending(kind, { by, reason }, now());
  if (json) printJson({ paused: kind ?? 'all', by, reason });
  else print(`Sending of ${nameOf(kind)} is paused. Messages wait until \`carrierpost mail resume${kind ? ` ${kind}` : ''}\`.`);
}

async function resume(
  kind: MessageKind | undefined,
  { by, reason, json, wait, ...options }: Options & Act & { wait: boolean },
): Promise<void> {
  const cloud = await openCloud(options);
  if (!(await resumeSending(kind, { by, reason }, now()))) throw new Failed(`Sending of ${nameOf(kind)} is not paused.`);
  const queued = await queueAll(`mail resume by ${by}`);
  if (wait) await waitUntilIdle(cloud);
  const seconds = await estimatedSeconds(queued);
  if (json) printJson({ resumed: kind ?? 'all', queued, estimatedSeconds: seconds ?? null });
  else print(`Sending of ${nameOf(kind)} goes on: ${queued} waiting messages were queued, ${duration(seconds)}.`);
}

async function queueAll(cause: string): Promise<number> {
  const waiting = await waitingBehind((await brakes()).filter(({ state }) => state === 'released'));
  const bar = progressBar('Queueing', waiting);
  let queued = 0;
  for (;;) {
    const count = await queueWaiting(AT_ONCE, cause, now());
    queued += count;
    bar.update(queued);
    if (count < AT_ONCE) break;
  }
  bar.stop();
  return queued;
}

async function status({ json, ...options }: Options): Promise<void> {
  await openCloud(options);
  const on = await brakes();
  const rows = await Promise.all(
    on.map(async ({ sk, state, by, reason, since }) => ({ brake: sk, state, waiting: await countWaiting(sk), by, reason, since })),
  );
  const depths = await Promise.all(MAIL_QUEUES.map(depthOfQueue));
  const queued = depths.reduce((sum, depth) => sum + depth, 0);
  const waiting = rows.reduce((sum, row) => sum + row.waiting, 0);
  const seconds = await estimatedSeconds(queued + waiting);
  const { waiting: deferred, next } = await countWaitingForInstant();
  if (json) return printJson({ brakes: rows, queued, waiting, deferred, nextDeferred: next ?? null, estimatedSeconds: seconds ?? null });
  printTable(
    ['brake', 'state', 'waiting', 'by', 'since', 'reason'],
    rows.map((row) => [row.brake, row.state, row.waiting, row.by, row.since, row.reason]),
  );
  print(`${queued} queued, ${waiting} waiting behind brakes: ${duration(seconds)}.`);
  if (next) print(`${deferred} waiting for their contacts (quiet hours, caps), the first until ${next}.`);
}

async function depthOfQueue(name: (typeof MAIL_QUEUES)[number]): Promise<number> {
  const { waiting, inFlight, delayed } = await depthOf(queueUrlOf(name));
  return waiting + inFlight + delayed;
}

async function waitingBehind(released: readonly Brake[]): Promise<number> {
  const counts = await Promise.all(released.map(({ sk }) => countWaiting(sk)));
  return counts.reduce((sum, count) => sum + count, 0);
}

function parseKind(text: string): MessageKind {
  if (isMessageKind(text)) return text;
  throw new InvalidArgumentError(`It must be one of ${Object.keys(KINDS).join(', ')}.`);
}

function nameOf(kind: MessageKind | undefined): string {
  return kind ? `"${kind}"` : 'every kind';
}

function duration(seconds: number | undefined): string {
  if (seconds === undefined) return 'how long they take is known when the first has left';
  if (seconds < 120) return `about ${seconds} seconds of sending`;
  return seconds < 7200 ? `about ${Math.ceil(seconds / 60)} minutes of sending` : `about ${Math.ceil(seconds / 3600)} hours of sending`;
}
