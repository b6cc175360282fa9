import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { PermanentError } from '../events/failure.ts';
import { liftSuppression, type SuppressionRecord, suppressionRecord } from '../preferences/suppression.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { Failed, print, printJson, printTable, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

const LESSON = `
An address that bounced, or whose reader complained, gets nothing more. It is kept as a hash: you have to know it to ask about it.

  carrierpost suppression show anna@acme.example
  carrierpost suppression lift anna@acme.example --reason "the mailbox exists again"
  carrierpost suppression lift anna@acme.example --reason "clicked by mistake" --asked-by "Anna Beispiel, by telephone on 5 Nov"`;

/** `suppression show|lift`: addresses that nothing is mailed to any more. */
export function suppressionCommand(program: Command): void {
  const suppression = program
    .command('suppression')
    .description('addresses that nothing is mailed to any more')
    .addHelpText('after', LESSON);
  suppression
    .command('show')
    .description('why nothing is mailed to an address, and what was lifted before')
    .argument('<ADDRESS>', 'an email address, however it is spelt')
    .action(async (address: string, _: unknown, command: Command) => show(addressGiven(address), command.optsWithGlobals<Options>()));
  actOptions(suppression.command('lift').description('let an address be written to again').argument('<ADDRESS>', 'an email address'))
    .option('--asked-by <WHO>', "the contact's own word, which alone lifts a complaint: who asked, when and how")
    .action(async (address: string, _: unknown, command: Command) =>
      lift(addressGiven(address), command.optsWithGlobals<Options & Act & { askedBy?: string }>()),
    );
}

async function show(address: string, { json, ...options }: Options): Promise<void> {
  await openCloud(options);
  const record = await suppressionRecord(address);
  if (json) printJson({ standing: record.standing ?? null, lifted: record.lifted });
  else printRecord(record);
}

async function lift(address: string, { by, reason, askedBy, json, ...options }: Options & Act & { askedBy?: string }): Promise<void> {
  await openCloud(options);
  const lifted = await liftSuppression(address, { by, reason, askedBy }, now()).catch((error: Error) => {
    throw error instanceof PermanentError ? new Failed(error.message) : error;
  });
  if (json) printJson({ lifted, by, reason, askedBy: askedBy ?? null });
  else print(`The address is written to again. Optional mail that a complaint switched off stays off until the contact wants it.`);
}

function printRecord({ standing, lifted }: SuppressionRecord): void {
  if (standing) print(`Nothing is mailed there since ${standing.at}: ${standing.reason}, message ${standing.messageId}.`);
  else print('The address is not suppressed.');
  printTable(
    ['was suppressed', 'for', 'lifted', 'by', 'reason', 'asked by'],
    lifted.map(({ at, reason, lift: act }) => [at, reason, act.at, act.by, act.reason, act.askedBy ?? '']),
  );
}

function addressGiven(address: string): string {
  if (/^\s*\S.*@\S+\s*$/.test(address)) return address;
  throw new UsageError(`ADDRESS is ${JSON.stringify(address)}: an email address such as anna@acme.example is expected`);
}
