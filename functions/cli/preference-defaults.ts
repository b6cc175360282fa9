import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { getCustomer } from '../directory/read.ts';
import { tellChanged } from '../preferences/changed.ts';
import { defaultsHistory, setDefault } from '../preferences/defaults.ts';
import { nameOf } from '../preferences/preference.ts';
import { witnessOf } from '../preferences/witness.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { outcomeOf, printDecisions, recorded, settingAsked } from './decisions.ts';
import { Failed, print, printJson } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };
type SetOptions = Options & Act & { readonly wait: boolean; readonly as: string; readonly bcn?: string };

/** `preferences defaults show|set`: what holds for the contacts of a customer who decided nothing themselves. */
export function preferenceDefaultsCommand(preferences: Command): void {
  const defaults = preferences.command('defaults').description("what a customer's administrator wants for all its contacts");
  defaults
    .command('show')
    .description('every decision about the defaults, the newest last')
    .argument('<OCN>', 'a customer number')
    .action(async (ocn: string, _: unknown, command: Command) => show(ocn, command.optsWithGlobals<Options>()));
  actOptions(
    defaults
      .command('set')
      .description('decide for all contacts who decided nothing themselves')
      .argument('<OCN>', 'a customer number')
      .argument('<SETTING>', "one of those of `preferences set`; language, zone and invoices are each contact's own")
      .argument('<VALUE>')
      .requiredOption('--as <CONTACT>', 'the contact of role administrator who asked for it')
      .option('--bcn <BCN>', 'for one billing account; without it for all of them'),
  )
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (ocn: string, name: string, value: string, _: unknown, command: Command) =>
      change(ocn, { name, value }, command.optsWithGlobals<SetOptions>()),
    );
}

async function show(ocn: string, { json, ...options }: Options): Promise<void> {
  await openCloud(options);
  await assertCustomer(ocn);
  printDecisions(await defaultsHistory(ocn), `Customer ${ocn} has no defaults of its own.`, json);
}

async function change(
  ocn: string,
  { name, value }: { name: string; value: string },
  { as, by, reason, json, wait, bcn, ...options }: SetOptions,
): Promise<void> {
  const setting = settingAsked(name, value, bcn);
  const cloud = await openCloud(options);
  await assertCustomer(ocn);
  const changeId = randomUUID();
  const witness = witnessOf({ by, reason }, { ocn }, now());
  const decided = { changeId, at: now().toISOString(), by, how: `billing team for ${as}: ${reason}`, saidNow: true as const, witness };
  const done = await recorded(setDefault(ocn, as, setting, decided));
  await tellChanged(ocn, changeId, now());
  if (wait) await waitUntilIdle(cloud);
  if (json) printJson({ setting: nameOf(setting), value: done.stored.value, as, by, reason, outcome: done.verdict });
  else print(`${ocn}, who decided nothing: ${nameOf(setting)} ${outcomeOf(done)}.`);
}

async function assertCustomer(ocn: string): Promise<void> {
  if (!(await getCustomer(ocn))) throw new Failed(`There is no customer ${ocn}.`);
}
