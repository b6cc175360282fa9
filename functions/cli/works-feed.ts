import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { now } from '../aws/clock.ts';
import { optionalSetting } from '../aws/environment.ts';
import { secret } from '../aws/secrets.ts';
import { getContact } from '../directory/read.ts';
import { feedUrls } from '../messages/links.ts';
import { preferencesOf, setPreference } from '../preferences/preferences.ts';
import { witnessOf } from '../preferences/witness.ts';
import { parseTokenKeys } from '../tokens/token-keys.ts';
import { type CloudOptions, openCloud } from './cloud.ts';
import { Failed, print, printJson, UsageError } from './output.ts';
import { loginName } from './people.ts';

interface Options extends CloudOptions {
  readonly json: boolean;
  readonly bcn?: string;
  readonly revoke?: boolean;
  readonly reason?: string;
  readonly by: string;
}

const LESSON = `
The addresses are secret: whoever has one sees the contact's works. --revoke ends all that the contact has, and prints new ones.

  carrierpost works feed 100201 K100201-2
  carrierpost works feed 100201 K100201-2 --revoke --reason "the link was forwarded"`;

/** `works feed OCN CONTACT`: the addresses of a contact's calendar feed. */
export function worksFeedCommand(works: Command): void {
  works
    .command('feed')
    .description("the addresses of a contact's calendar feed, https and webcal")
    .argument('<OCN>', 'a customer number')
    .argument('<CONTACT>', 'a contact id')
    .option('--bcn <BCN>', 'of one billing account alone')
    .option('--revoke', 'end the addresses that are known, and make new ones')
    .option('--reason <TEXT>', 'why they are revoked; it is kept')
    .option('--by <NAME>', 'who does this', loginName())
    .addHelpText('after', LESSON)
    .action(async (ocn: string, contactId: string, _: unknown, command: Command) =>
      show(ocn, contactId, command.optsWithGlobals<Options>()),
    );
}

async function show(ocn: string, contactId: string, { json, bcn, revoke, reason, by, ...options }: Options): Promise<void> {
  if (revoke && !reason) throw new UsageError('--revoke needs --reason TEXT: it is kept with the change');
  const { stage } = await openCloud(options);
  if (!(await getContact(ocn, contactId))) throw new Failed(`Customer ${ocn} has no contact ${contactId}.`);
  if (revoke) {
    const witness = witnessOf({ by, reason }, { ocn, contactId }, now());
    const decided = { changeId: randomUUID(), at: now().toISOString(), by, how: `revoked: ${reason}`, saidNow: true as const, witness };
    await setPreference(ocn, contactId, { name: 'feed', value: randomUUID().slice(0, 8) }, decided);
  }
  const origin = optionalSetting('PUBLIC_ORIGIN');
  if (!origin)
    throw new Failed(`The public origin of stage ${stage} is not known here: set PUBLIC_ORIGIN, for example https://post.carrier.example`);
  const keys = parseTokenKeys(await secret(`carrierpost-${stage}-link-keys`), now());
  const urls = feedUrls(origin, { ocn, contactId, bcn, number: (await preferencesOf(ocn, contactId))().feed }, keys);
  if (json) return printJson(urls);
  print(`https   ${urls.https}`);
  print(`webcal  ${urls.webcal}`);
}
