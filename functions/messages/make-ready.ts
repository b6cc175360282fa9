import { createHash } from 'node:crypto';
import { bucketNamed } from '../aws/environment.ts';
import { sesMessageIdHeader } from '../aws/mail.ts';
import { getObject } from '../aws/objects.ts';
import { getLegalEntity } from '../directory/read.ts';
import { languageOf } from '../money/format.ts';
import { compose } from './compose.ts';
import type { Composed, Surroundings } from './composed.ts';
import { isAboutWorks, KINDS, type Message } from './message.ts';
import { buildMime } from './mime.ts';
import type { PostSettings } from './post-settings.ts';
import { problemsOf } from './quality.ts';
import type { Recipient } from './recipient.ts';
import { worksFileOf } from './works-file.ts';

/** An email that passed every check. */
export interface Ready {
  readonly raw: Buffer;
  readonly from: string;
}

/** Composes a message for its recipient and checks it; answers the reasons when it must not leave. */
export async function composeFor(
  message: Message,
  { contact, address, preference, timeZone }: Recipient,
  { publicOrigin, linkKeys, senders, unsubscribe }: PostSettings,
  now: Date,
): Promise<Ready | { readonly reasons: string[] }> {
  const legalEntity = await getLegalEntity(message.facts.legalEntityId);
  if (!legalEntity)
    return { reasons: [`legalEntityId is ${JSON.stringify(message.facts.legalEntityId)}: the directory has no such legal entity`] };
  const language = languageOf(preference.language ?? contact.language);
  const file = isAboutWorks(message) ? await worksFileOf(message) : undefined;
  const from = senders[KINDS[message.kind].sender];
  const surroundings: Surroundings = {
    contact,
    legalEntity,
    language,
    timeZone,
    linksOnly: preference.format === 'links-only',
    feed: preference.feed,
    off: preference.off,
    publicOrigin,
    linkKeys,
    from,
    now,
  };
  const mail = composed(() => compose(message, surroundings, file));
  if ('reasons' in mail) return mail;
  const files = await readFiles(mail);
  const reasons = problemsOf({ ...mail, publicOrigin, sha256: hashesOf(files) });
  if (reasons.length > 0) return { reasons };
  const replyTo = mail.replyTo ?? { name: legalEntity.name, email: legalEntity.contact.email };
  const references = file?.firstSesMessageId && sesMessageIdHeader(file.firstSesMessageId);
  const envelope = { from, senderName: legalEntity.name, replyTo, to: address, unsubscribe, messageId: message.messageId, references };
  return { raw: await buildMime(mail, envelope, files), from };
}

/** What cannot be composed waits for a person like what fails a check. */
function composed(act: () => Composed): Composed | { readonly reasons: string[] } {
  try {
    return act();
  } catch (error) {
    return { reasons: [`It cannot be composed: ${(error as Error).message}`] };
  }
}

async function readFiles({ attachments }: Composed): Promise<Map<string, Buffer>> {
  const bucket = bucketNamed('portal');
  const read = await Promise.all(attachments.map(async ({ key }) => [key, await getObject(bucket, key)] as const));
  return new Map(read.flatMap(([key, bytes]) => (bytes ? [[key, bytes] as const] : [])));
}

function hashesOf(files: ReadonlyMap<string, Buffer>): Map<string, string> {
  return new Map([...files].map(([key, bytes]) => [key, createHash('sha256').update(bytes).digest('hex')]));
}
