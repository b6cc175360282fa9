import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { erasePerson } from '../privacy/erase-person.ts';
import { exportPerson, handOutPerson } from '../privacy/export-person.ts';
import { type CloudOptions, openCloud, waitUntilIdle } from './cloud.ts';
import { Failed, print, printJson } from './output.ts';
import { type Act, actOptions, mayGiveReason } from './people.ts';

type Options = CloudOptions & { readonly json: boolean };

const LESSON = `
Erasing takes a contact's name and address out of everything. What stays: which
document was mailed when, as the law wants it; what the contact switched off; the
hash of an address that bounced or complained. Emails that wait are not sent any
more, and a diary keeps the works that it has.

  carrierpost privacy export 100201 K100201-2 > person.json
  carrierpost privacy erase 100201 K100201-2 --reason "request of 5 Nov, ticket 4711"`;

/** `privacy export|erase OCN CONTACT`. */
export function privacyCommand(program: Command): void {
  const privacy = program.command('privacy').description('what is known of a contact, and its erasure').addHelpText('after', LESSON);
  const contact = (command: Command) => command.argument('<OCN>', 'a customer number').argument('<CONTACT>', 'a contact id');
  mayGiveReason(contact(privacy.command('export').description('everything that is known of a contact, as JSON'))).action(
    async (ocn: string, contactId: string, _: unknown, command: Command) => show(ocn, contactId, command.optsWithGlobals<Options & Act>()),
  );
  actOptions(contact(privacy.command('erase').description('erase a contact; saying it again goes on where it was cut short'))).action(
    async (ocn: string, contactId: string, _: unknown, command: Command) => erase(ocn, contactId, command.optsWithGlobals<Options & Act>()),
  );
}

async function show(ocn: string, contactId: string, { json: _json, by, reason, ...options }: Options & Act): Promise<void> {
  await openCloud(options);
  const person = await handOutPerson(ocn, contactId, { by, reason }, now());
  if (!person) throw new Failed(`Nothing is known of a contact ${contactId} of customer ${ocn}.`);
  printJson(person);
}

async function erase(ocn: string, contactId: string, { by, reason, json, ...options }: Options & Act): Promise<void> {
  const cloud = await openCloud(options);
  if (!(await exportPerson(ocn, contactId, now()))) throw new Failed(`Nothing is known of a contact ${contactId} of customer ${ocn}.`);
  const erased = await erasePerson(ocn, contactId, { by, reason }, now());
  await waitUntilIdle(cloud);
  if (json) printJson({ ...erased, by, reason });
  else
    print(
      `${contactId} of ${ocn} is erased: ${erased.messages} emails, ${erased.works} lines of planned works, ${erased.preferences} settings and decisions, ${erased.tasks} tasks, the name in ${erased.answers} answers about first invoices.`,
    );
}
