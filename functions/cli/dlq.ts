import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import type { QueueName } from '../aws/resources.ts';
import { type DeadLetter, peek, queueGiven, redrive } from '../dead-letters/dead-letters.ts';
import { PermanentError } from '../events/failure.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson, printTable, UsageError } from './output.ts';
import { type Act, mayGiveReason } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

const LESSON = `
  carrierpost dlq list intake
  carrierpost dlq show planned-works.fifo
  carrierpost dlq redrive billing`;

/** `dlq list|show|redrive QUEUE`: what no function could handle, and why. */
export function dlqCommand(program: Command): void {
  const dlq = program
    .command('dlq')
    .description('dead letters: messages that could not be handled, with their reasons')
    .addHelpText('after', LESSON);
  dlq
    .command('list')
    .description('one line for each')
    .argument('<QUEUE>', 'the queue they were meant for, such as intake or planned-works.fifo')
    .action(async (queue: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const letters = await lettersOf(queue, options);
      if (options.json) printJson(letters.map(({ messageId, eventId, reason, failedAt }) => ({ messageId, eventId, reason, failedAt })));
      else if (letters.length === 0) print(`No dead letters of ${queue}.`);
      else
        printTable(
          ['message', 'event', 'failed', 'reason'],
          letters.map((letter) => [letter.messageId, letter.eventId, letter.failedAt, letter.reason]),
        );
    });
  dlq
    .command('show')
    .description('each with its body')
    .argument('<QUEUE>', 'the queue they were meant for')
    .argument('[MESSAGE_ID]', 'only this one')
    .action(async (queue: string, messageId: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const letters = (await lettersOf(queue, options)).filter((letter) => messageId === undefined || letter.messageId === messageId);
      if (messageId !== undefined && letters.length === 0) {
        throw new Failed(`No dead letter of ${queue} is ${messageId}: \`dlq list ${queue}\` shows those that are.`);
      }
      if (options.json) printJson(letters);
      else if (letters.length === 0) print(`No dead letters of ${queue}.`);
      else for (const letter of letters) printLetter(letter);
    });
  mayGiveReason(dlq.command('redrive'))
    .description('send them back to their queue, as new messages')
    .argument('<QUEUE>', 'the queue they were meant for')
    .argument('[MESSAGE_ID...]', 'only these')
    .option('--no-wait', 'do not wait until the local cloud is idle')
    .action(async (queue: string, messageIds: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options & Act & { wait: boolean }>();
      const name = queueNamed(queue);
      const cloud = await openCloud(options);
      const redriven = await redrive(name, messageIds.length > 0 ? messageIds : undefined, options, now());
      if (options.wait) await waitUntilIdle(cloud);
      const asked = new Set(messageIds).size;
      if (redriven < asked) {
        throw new Failed(
          `${redriven} of ${asked} sent back to ${name}; the others are not there: \`dlq list ${name}\` shows those that are.`,
        );
      }
      if (options.json) printJson({ redriven });
      else print(`${redriven} sent back to ${name}.`);
    });
}

async function lettersOf(queue: string, options: Options): Promise<DeadLetter[]> {
  const name = queueNamed(queue);
  await openCloud(options);
  return peek(name);
}

/** A wrong name is wrong with the command. */
function queueNamed(queue: string): QueueName {
  try {
    return queueGiven(queue);
  } catch (error) {
    throw error instanceof PermanentError ? new UsageError(error.message) : error;
  }
}

function printLetter({ messageId, eventId, reason, failedAt, field, body }: DeadLetter): void {
  print(`${messageId}  ${failedAt}`);
  print(`  event   ${eventId}`);
  print(`  reason  ${reason}`);
  if (field) print(`  field   ${field}`);
  print(`  body    ${body}\n`);
}
