import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { optionalSetting } from '../aws/environment.ts';
import { secret } from '../aws/secrets.ts';
import { localDate } from '../calendars/dates.ts';
import { getContact } from '../directory/read.ts';
import { overviewPath } from '../messages/links.ts';
import { preferencesOf, setPreference } from '../preferences/preferences.ts';
import { witnessOf } from '../preferences/witness.ts';
import { parseTokenKeys } from '../tokens/token-keys.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { Failed, print, printJson, UsageError } from './output.ts';
import { loginName } from './people.ts';

interface Options extends CloudOptions {
  readonly json: boolean;
  readonly revoke?: boolean;
  readonly reason?: string;
  readonly by: string;
}

const LESSON = `
The link is secret: whoever has it sees the contact's documents for 90 days. --revoke ends all that the contact has.

  carrierpost preferences documents-link 100201 K100201-1
  carrierpost preferences documents-link 100201 K100201-1 --revoke --reason "the link was forwarded"`;

/** `preferences documents-link OCN CONTACT`: the page with all of a contact's documents. */
export function documentsLinkCommand(preferences: Command): void {
  preferences
    .command('documents-link')
    .description("the link to the page with all of a contact's documents")
    .argument('<OCN>', 'a customer number')
    .argument('<CONTACT>', 'a contact id')
    .option('--revoke', 'end the links that are known, and make a new one')
    .option('--reason <TEXT>', 'why they are revoked; it is kept')
    .option('--by <NAME>', 'who does this', loginName())
    .addHelpText('after', LESSON)
    .action(async (ocn: string, contactId: string, _: unknown, command: Command) =>
      show(ocn, contactId, command.optsWithGlobals<Options>()),
    );
}

async function show(ocn: string, contactId: string, { json, revoke, reason, by, ...options }: Options): Promise<void> {
  if (revoke && !reason) throw new UsageError('--revoke needs --reason TEXT: it is kept with the change');
  const { stage } = await openCloud(options);
  if (!(await getContact(ocn, contactId))) throw new Failed(`Customer ${ocn} has no contact ${contactId}.`);
  if (revoke) {
    const witness = witnessOf({ by, reason }, { ocn, contactId }, now());
    const decided = { changeId: randomUUID(), at: now().toISOString(), by, how: `revoked: ${reason}`, saidNow: true as const, witness };
    await setPreference(ocn, contactId, { name: 'documentsLink', value: randomUUID().slice(0, 8) }, decided);
  }
  const origin = optionalSetting('PUBLIC_ORIGIN');
  if (!origin)
    throw new Failed(`The public origin of stage ${stage} is not known here: set PUBLIC_ORIGIN, for example https://post.carrier.example`);
  const keys = parseTokenKeys(await secret(`carrierpost-${stage}-link-keys`), now());
  const number = (await preferencesOf(ocn, contactId))().documentsLink;
  const url = `${origin}${overviewPath({ ocn, contactId, number, on: localDate(now(), 'UTC') }, keys)}`;
  if (json) printJson({ url });
  else print(url);
}
