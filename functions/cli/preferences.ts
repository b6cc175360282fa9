import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { getContact } from '../directory/read.ts';
import { LANGUAGE_CODES } from '../money/format.ts';
import { reconsider } from '../planned-works/reconsider.ts';
import type { Category } from '../preferences/categories.ts';
import { documentFormat, nameOf, type Setting, type SettingChange, worksChannel, worksGrouping } from '../preferences/preference.ts';
import { preferenceHistory, setPreference } from '../preferences/preferences.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson, printTable, UsageError } from './output.ts';
import { type Act, actOptions } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

/** A setting as a person names it: what values it takes, and what is kept. */
interface Named {
  readonly values: readonly string[] | 'zone';
  readonly setting: (value: string, bcn: string) => Setting;
}

const onOff = ['on', 'off'] as const;
const category = (name: Category): Named => ({
  values: onOff,
  setting: (value, bcn) => ({ name: 'category', bcn, category: name, value: value === 'off' ? 'off' : 'on' }),
});

/** Every setting that the billing team may make for a contact who asked for it. */
const SETTINGS: Readonly<Record<string, Named>> = {
  language: { values: LANGUAGE_CODES, setting: (value) => ({ name: 'language', value }) },
  'time-zone': { values: 'zone', setting: (value) => ({ name: 'timeZone', value }) },
  format: { values: documentFormat.options, setting: (value, bcn) => ({ name: 'format', bcn, value: documentFormat.parse(value) }) },
  documents: category('documents'),
  'other-works': category('other-works'),
  works: { values: worksChannel.options, setting: (value, bcn) => ({ name: 'works', bcn, value: worksChannel.parse(value) }) },
  grouping: { values: worksGrouping.options, setting: (value) => ({ name: 'grouping', value: worksGrouping.parse(value) }) },
  reminders: { values: onOff, setting: (value) => ({ name: 'reminders', value: value === 'on' ? 'on' : 'off' }) },
};

/** Settings that are one for all accounts. */
const OF_CONTACT: ReadonlySet<string> = new Set(['language', 'time-zone', 'grouping', 'reminders']);

const LESSON = `
Settings and their values:
${Object.entries(SETTINGS)
  .map(([name, { values }]) => `  ${name.padEnd(12)} ${values === 'zone' ? 'an IANA zone, such as Europe/Berlin' : values.join(' | ')}`)
  .join('\n')}

What the law makes us tell (invoices, works that touch a service, emergencies) cannot be switched off.

  carrierpost preferences set 100201 K100201-2 works data-only --reason "asked for by telephone"
  carrierpost preferences show 100201 K100201-2`;

/** `preferences show|set`: what a contact wants, as it told the billing team. */
export function preferencesCommand(program: Command): void {
  const preferences = program.command('preferences').description('what a contact wants to receive, and how').addHelpText('after', LESSON);
  const contact = (command: Command) => command.argument('<OCN>', 'a customer number').argument('<CONTACT>', 'a contact id');
  contact(preferences.command('show').description('every decision of a contact, the newest last')).action(
    async (ocn: string, contactId: string, _: unknown, command: Command) => show(ocn, contactId, command.optsWithGlobals<Options>()),
  );
  actOptions(
    contact(preferences.command('set').description('decide for a contact who asked for it'))
      .argument('<SETTING>', Object.keys(SETTINGS).join(', '))
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
  const setting = settingOf(name, value, bcn);
  const cloud = await openCloud(options);
  await assertContact(ocn, contactId);
  const changeId = randomUUID();
  await setPreference(ocn, contactId, setting, { changeId, at: now().toISOString(), by, how: `billing team: ${reason}` });
  await reconsider({ ocns: [ocn] }, `preference ${changeId}`, now());
  if (wait) await waitUntilIdle(cloud);
  if (json) printJson({ setting: nameOf(setting), value, by, reason });
  else print(`${contactId} of ${ocn}: ${nameOf(setting)} is ${value} now.`);
}

function settingOf(name: string, value: string, bcn: string | undefined): Setting {
  const named = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (!named) throw new UsageError(`SETTING is ${JSON.stringify(name)}: one of ${Object.keys(SETTINGS).join(', ')} is expected`);
  const isRight = named.values === 'zone' ? isZone(value) : named.values.includes(value);
  const expected = named.values === 'zone' ? 'an IANA zone such as Europe/Berlin' : `one of ${named.values.join(', ')}`;
  if (!isRight) throw new UsageError(`VALUE is ${JSON.stringify(value)}: ${expected} is expected for ${name}`);
  if (bcn !== undefined && OF_CONTACT.has(name)) throw new UsageError(`${name} is the same for all billing accounts: leave out --bcn`);
  return named.setting(value, bcn ?? '*');
}

function isZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}

async function assertContact(ocn: string, contactId: string): Promise<void> {
  if (!(await getContact(ocn, contactId))) throw new Failed(`Customer ${ocn} has no contact ${contactId}.`);
}

function rowOf({ at, setting, value, before, by, how }: SettingChange) {
  return { at, setting, value, before: before ?? null, by, how };
}
