import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { getContact } from '../directory/read.ts';
import { PermanentError } from '../events/failure.ts';
import { reconsider } from '../planned-works/reconsider.ts';
import { decideFor } from '../preferences/hand-over.ts';
import { NAMED_SETTINGS, settingOf } from '../preferences/named-setting.ts';
import { nameOf, type SettingChange } from '../preferences/preference.ts';
import { preferenceHistory } from '../preferences/preferences.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson, printTable, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';
import { preferencesUnsubscribeCommand } from './preferences-unsubscribe.ts';

type Options = CloudOptions & { readonly json: boolean };

const LESSON = `
Settings and their values:
${Object.entries(NAMED_SETTINGS)
  .map(([name, { values }]) => `  ${name.padEnd(12)} ${values}`)
  .join('\n')}

What the law makes us tell (invoices, works that touch a service, emergencies) cannot be switched off; a billing contact may name
another contact of the customer who gets the invoices instead.

  carrierpost preferences set 100201 K100201-2 works data-only --reason "asked for by telephone"
  carrierpost preferences show 100201 K100201-2`;

/** `preferences show|set`: what a contact wants, as it told the billing team. */
export function preferencesCommand(program: Command): void {
  const preferences = program.command('preferences').description('what a contact wants to receive, and how').addHelpText('after', LESSON);
  preferencesUnsubscribeCommand(preferences);
  const contact = (command: Command) => command.argument('<OCN>', 'a customer number').argument('<CONTACT>', 'a contact id');
  contact(preferences.command('show').description('every decision of a contact, the newest last')).action(
    async (ocn: string, contactId: string, _: unknown, command: Command) => show(ocn, contactId, command.optsWithGlobals<Options>()),
  );
  actOptions(
    contact(preferences.command('set').description('decide for a contact who asked for it'))
      .argument('<SETTING>', Object.keys(NAMED_SETTINGS).join(', '))
      .argument('<VALUE>')
      .option('--bcn <BCN>', 'for one billing account; without it for all of them'),
  )
    .option('--no-wait', 'do not wait until the queues are empty')
    .action(async (ocn: string, contactId: string, name: string, value: string, _: unknown, command: Command) =>
      change(ocn, contactId, { name, value }, command.optsWithGlobals<Options & Act & { wait: boolean; bcn?: string }>()),
    );
}

async function show(ocn: string, contactId: string, { json, ...options }: Options): Promise<void> {
  await openCloud(options);
  await assertContact(ocn, contactId);
  const history = (await preferenceHistory(ocn, contactId)).map(rowOf);
  if (json) printJson(history);
  else if (history.length === 0) print('Nothing was decided: the contact receives everything, with attachments and invitations.');
  else
    printTable(
      ['at', 'setting', 'value', 'before', 'by', 'how'],
      history.map(({ at, setting, value, before, by, how }) => [at, setting, value, before ?? '', by, how]),
    );
}

async function change(
  ocn: string,
  contactId: string,
  { name, value }: { name: string; value: string },
  { by, reason, json, wait, bcn, ...options }: Options & Act & { wait: boolean; bcn?: string },
): Promise<void> {
  const setting = asked(() => settingOf(name, value, bcn));
  const cloud = await openCloud(options);
  await assertContact(ocn, contactId);
  const changeId = randomUUID();
  const decided = { changeId, at: now().toISOString(), by, how: `billing team: ${reason}`, saidNow: true as const };
  await allowed(decideFor(ocn, contactId, setting, decided));
  await reconsider({ ocns: [ocn] }, `preference ${changeId}`, now());
  if (wait) await waitUntilIdle(cloud);
  if (json) printJson({ setting: nameOf(setting), value, by, reason });
  else print(`${contactId} of ${ocn}: ${nameOf(setting)} is ${value} now.`);
}

/** What is wrong with a setting is wrong with the command. */
function asked<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof PermanentError) throw new UsageError(error.message);
    throw error;
  }
}

/** What the rules do not allow did not work. */
async function allowed<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof PermanentError) throw new Failed(error.message);
    throw error;
  }
}

async function assertContact(ocn: string, contactId: string): Promise<void> {
  if (!(await getContact(ocn, contactId))) throw new Failed(`Customer ${ocn} has no contact ${contactId}.`);
}

function rowOf({ at, setting, value, before, by, how }: SettingChange) {
  return { at, setting, value, before: before ?? null, by, how };
}
