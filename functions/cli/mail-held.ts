import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { listRuns } from '../billing/run-store.ts';
import { isPeriod } from '../calendars/dates.ts';
import { PermanentError } from '../events/failure.ts';
import { heldMessages, releaseHeld } from '../messages/held.ts';
import { isAboutWorks, type Message } from '../messages/message.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson, printTable, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

/** Adds `held [PERIOD]` and `release MESSAGE...` to `mail`: emails that a check, or SES, refused. */
export function mailHeldCommands(mail: Command): void {
  mail
    .command('held')
    .description('emails that wait for a person, each with what is wrong with it')
    .argument('[PERIOD]', 'a month such as 2026-10; without it all of them')
    .action(async (period: string | undefined, _: unknown, command: Command) => list(period, command.optsWithGlobals<Options>()));
  actOptions(mail.command('release').description('send held emails after all: each is checked again').argument('<MESSAGE...>', 'their ids'))
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (ids: string[], _: unknown, command: Command) =>
      release(ids, command.optsWithGlobals<Options & Act & { wait: boolean }>()),
    );
}

async function list(period: string | undefined, { json, ...options }: Options): Promise<void> {
  if (period !== undefined && !isPeriod(period))
    throw new UsageError(`PERIOD is ${JSON.stringify(period)}: a month such as 2026-10 is expected`);
  await openCloud(options);
  const held: Message[] = [];
  for await (const { runId } of listRuns(period)) held.push(...(await Array.fromAsync(heldMessages(runId))));
  const rows = held.map((message) => {
    const { messageId, kind, ocn, bcn, contactId, reason = '', history } = message;
    return { messageId, kind, ocn, bcn, contactId, number: numberOf(message), heldAt: history.at(-1)?.at ?? '', reason };
  });
  if (json) printJson(rows);
  else if (rows.length === 0) print('No email is held.');
  else
    printTable(
      ['message', 'kind', 'OCN', 'BCN', 'number', 'since', 'reason'],
      rows.map((row) => [row.messageId, row.kind, row.ocn, row.bcn, row.number, row.heldAt, row.reason]),
    );
}

/** What a person calls the thing that the email is about. */
function numberOf(message: Message): string {
  if (isAboutWorks(message) || message.kind === 'settings-link') return message.subject;
  return message.facts.number ?? '';
}

async function release(ids: readonly string[], { by, reason, json, wait, ...options }: Options & Act & { wait: boolean }): Promise<void> {
  const cloud = await openCloud(options);
  const refused: string[] = [];
  for (const messageId of ids) {
    try {
      await releaseHeld(messageId, { by, reason }, now());
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      refused.push(error.message);
    }
  }
  if (wait) await waitUntilIdle(cloud);
  if (refused.length > 0) throw new Failed(refused.join('\n'));
  if (json) printJson({ released: ids, by, reason });
  else
    print(
      `${ids.length} ${ids.length === 1 ? 'email is' : 'emails are'} checked again and sent; \`carrierpost mail held\` lists what is still wrong.`,
    );
}
