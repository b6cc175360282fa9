import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { getBillingAccount, getContact } from '../directory/read.ts';
import { tellChanged } from '../preferences/changed.ts';
import { decideFor } from '../preferences/hand-over.ts';
import { NAMED_SETTINGS } from '../preferences/named-setting.ts';
import { nameOf } from '../preferences/preference.ts';
import { preferenceHistory } from '../preferences/preferences.ts';
import { witnessOf } from '../preferences/witness.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { outcomeOf, printDecisions, recorded, settingAsked } from './decisions.ts';
import { documentsLinkCommand } from './documents-link.ts';
import { Failed, print, printJson } from './output.ts';
import { type Act, actOptions } from './people.ts';
import { preferenceDefaultsCommand } from './preference-defaults.ts';
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
  carrierpost preferences set 100201 K100201-2 invoices to:K100201-1 --bcn B10020101 --reason "on leave"
  carrierpost preferences show 100201 K100201-2
  carrierpost preferences defaults set 100201 documents off --as K100201-1 --reason "nobody reads them"`;

const NOTHING =
  "Nothing was decided: the contact receives everything, with attachments and invitations, unless the customer's defaults say otherwise.";

/** `preferences show|set|defaults`: what a contact wants, as it told the billing team. */
export function preferencesCommand(program: Command): void {
  const preferences = program.command('preferences').description('what a contact wants to receive, and how').addHelpText('after', LESSON);
  preferencesUnsubscribeCommand(preferences);
  documentsLinkCommand(preferences);
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
  preferenceDefaultsCommand(preferences);
}

async function show(ocn: string, contactId: string, { json, ...options }: Options): Promise<void> {
  await openCloud(options);
  await assertContact(ocn, contactId);
  printDecisions(await preferenceHistory(ocn, contactId), NOTHING, json);
}

async function change(
  ocn: string,
  contactId: string,
  { name, value }: { name: string; value: string },
  { by, reason, json, wait, bcn, ...options }: Options & Act & { wait: boolean; bcn?: string },
): Promise<void> {
  const setting = settingAsked(name, value, bcn);
  const cloud = await openCloud(options);
  await assertContact(ocn, contactId);
  if (bcn !== undefined && (await getBillingAccount(bcn))?.ocn !== ocn) throw new Failed(`Customer ${ocn} has no billing account ${bcn}.`);
  const changeId = randomUUID();
  const witness = witnessOf({ by, reason }, { ocn, contactId }, now());
  const decided = { changeId, at: now().toISOString(), by, how: `billing team: ${reason}`, saidNow: true as const, witness };
  const done = await recorded(decideFor(ocn, contactId, setting, decided));
  await tellChanged(ocn, changeId, now());
  if (wait) await waitUntilIdle(cloud);
  if (json) printJson({ setting: nameOf(setting), value: done.stored.value, by, reason, outcome: done.verdict });
  else print(`${contactId} of ${ocn}: ${nameOf(setting)} ${outcomeOf(done)}.`);
}

async function assertContact(ocn: string, contactId: string): Promise<void> {
  if (!(await getContact(ocn, contactId))) throw new Failed(`Customer ${ocn} has no contact ${contactId}.`);
}
